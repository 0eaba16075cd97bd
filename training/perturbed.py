"""Judges a run on copies of the sessions as they come in practice: transcribed by a machine, typed.

Each copy keeps its targets. It is read by the graph of the fold that leaves its session out, with
the settings that the other folds gave as they were written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from holdfast.coding.decode import KINDS, chosen_label, probabilities
from holdfast.runtime import Card
from holdfast.runtime.card import read_card
from holdfast.runtime.folder import CARD
from training.corpora import Example
from training.encoded import encode
from training.judge import f1_by_label, macro_f1
from training.outcome import fitted_cards
from training.tasks import TASKS
from training.unseen import Logits, out_of_fold

LABELS = {task.name: task.labels for task in TASKS}
WHICH, WHETHER, LAYER = ("behaviour", "talk"), "present", ("said", "heard")

SHORT = {
    "i dont know": "idk",
    "to be honest": "tbh",
    "going to": "gonna",
    "want to": "wanna",
    "you": "u",
    "your": "ur",
    "are": "r",
    "thanks": "thx",
    "thank you": "thx",
    "please": "pls",
    "because": "cuz",
    "people": "ppl",
    "okay": "ok",
    "though": "tho",
    "really": "rly",
    "something": "smth",
    "tomorrow": "tmrw",
}
SHORTENED, MISTYPED = 0.5, 0.02
"""How often a phrase that has a short form is shortened, and a word mistyped."""

VERBS = (
    *("apolog", "critic", "emphas", "hospital", "minim", "organ", "priorit", "real", "recogn"),
    *("social", "stabil", "traumat", "util"),
)
NOUNS = ("behavi", "col", "fav", "flav", "harb", "hon", "hum", "lab", "neighb", "rum")
DOUBLED = ("cancel", "counsel", "fuel", "label", "level", "model", "quarrel", "signal", "travel")
SINGLE = {
    "ageing": "aging",
    "analyse": "analyze",
    "analysed": "analyzed",
    "analysing": "analyzing",
    "centre": "center",
    "cosy": "cozy",
    "defence": "defense",
    "enrol": "enroll",
    "favourite": "favorite",
    "fulfil": "fulfill",
    "grey": "gray",
    "judgement": "judgment",
    "learnt": "learned",
    "licence": "license",
    "mum": "mom",
    "mums": "moms",
    "paediatrician": "pediatrician",
    "programme": "program",
    "programmes": "programs",
    "pyjamas": "pajamas",
    "sceptical": "skeptical",
    "theatre": "theater",
    "towards": "toward",
}
BRITISH = (
    SINGLE
    | {f"{verb}is{end}": f"{verb}iz{end}" for verb in VERBS for end in ("e", "ed", "es", "ing")}
    | {f"{noun}our{end}": f"{noun}or{end}" for noun in NOUNS for end in ("", "s", "ed", "ing")}
    | {f"{word}l{end}": f"{word}{end}" for word in DOUBLED for end in ("ed", "ing", "or", "ors")}
)
OTHER_SPELLING = BRITISH | {american: british for british, american in BRITISH.items()}

NO_NAMES = (
    "Mondays? Tuesdays? Wednesdays? Thursdays? Fridays? Saturdays? Sundays? January February March "
    "April May June July August September October November December Christmas Easter Internet "
    "English French American British Indian God Mrs? Ms Dr Doctor Mom Mum Dad Okay Oh Uh Mm Well "
    "Yeah Yes No And But So It The They You"
).replace(" ", "|")
NAME = re.compile(rf"(?<=[a-z,] )(?!(?:{NO_NAMES})\b)[A-Z][a-z]+\b")

CUT_FROM = 4
"""Words from which an utterance is cut."""


class Copy(NamedTuple):
    """A session in another shape; ``places`` says of which utterance each of its is a part."""

    example: Example
    places: tuple[int, ...]


def spoken(text: str, _chance: Random) -> str:
    """Return words as an automatic transcript may write them: no punctuation, no capitals.

    Examples
    --------
    >>> spoken("Well… I don't know, Ann. Twenty-two?", Random(0))
    "well i don't know ann twenty two"
    """
    words = re.findall(r"\w+(?:'\w+)*", text.lower().replace("’", "'"))
    return " ".join(words) or text


def typed(text: str, chance: Random) -> str:
    """Return words as they are typed in a chat, with a slip here and there.

    Examples
    --------
    >>> typed("Thanks! I don't know what you want to do, because you're late.", Random(3))
    'thx! i dont knwo what u want to do, because youre late'
    """
    plain = re.sub("['’]", "", text.lower()).strip().removesuffix(".")
    longest = sorted(SHORT, key=len, reverse=True)
    short = re.sub(
        rf"\b(?:{'|'.join(longest)})\b",
        lambda found: SHORT[found[0]] if chance.random() < SHORTENED else found[0],
        plain,
    )
    return re.sub(
        r"[a-z]{4,}",
        lambda found: slip(found[0], chance) if chance.random() < MISTYPED else found[0],
        short,
    )


def slip(word: str, chance: Random) -> str:
    """Return a word with two neighbouring letters exchanged, its first left where it is.

    Examples
    --------
    >>> slip("garden", Random(0))
    'gardne'
    """
    place = chance.randint(1, len(word) - 2)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def respelled(text: str, _chance: Random) -> str:
    """Return British words in American spelling, and American ones in British.

    Examples
    --------
    >>> respelled("My neighbour realized that grey is Mom's favourite.", Random(0))
    "My neighbor realised that gray is Mum's favorite."
    """

    def other(found: re.Match[str]) -> str:
        word = found[0]
        new = OTHER_SPELLING.get(word.lower(), word)
        return new.capitalize() if word[0].isupper() and new != word else new

    return re.sub(r"[A-Za-z]+", other, text)


def masked(text: str, _chance: Random) -> str:
    """Return words with ``[name]`` for each name inside a sentence: of people, places, products.

    Any capitalised word is taken for one but days, months and a few more. A name that opens a
    sentence stays, since nothing tells it from other words.

    Examples
    --------
    >>> masked("On Friday I told Maria that Tom's sister, Ann, had rung. Nobody knew.", Random(0))
    "On Friday I told [name] that [name]'s sister, [name], had rung. Nobody knew."
    """
    return NAME.sub("[name]", text)


def cut(text: str, chance: Random) -> tuple[str, ...]:
    """Return an utterance in two parts, or whole where it is short.

    Examples
    --------
    >>> cut("It was late and nobody had rung.", Random(1))
    ('It was', 'late and nobody had rung.')
    >>> cut("Nobody had rung.", Random(1))
    ('Nobody had rung.',)
    """
    words = text.split()
    if len(words) < CUT_FROM:
        return (text,)
    place = chance.randint(1, len(words) - 1)
    return " ".join(words[:place]), " ".join(words[place:])


def as_written(example: Example) -> Copy:
    """Return the session itself."""
    return Copy(example, tuple(range(len(example.utterances))))


def rewritten(how: Callable[[str, Random], str]) -> Callable[[Example], Copy]:
    """Return what copies a session with each utterance's words written in another way."""

    def copy(example: Example) -> Copy:
        chance = Random(example.name)
        lines = tuple(replace(one, text=how(one.text, chance)) for one in example.utterances)
        return as_written(replace(example, utterances=lines))

    return copy


def halved(example: Example) -> Copy:
    """Return the session with its utterances cut in two; both halves keep the targets."""
    chance = Random(example.name)
    parts = [
        (place, replace(one, text=part))
        for place, one in enumerate(example.utterances)
        for part in cut(one.text, chance)
    ]
    return Copy(
        replace(example, utterances=tuple(part for _, part in parts)),
        tuple(place for place, _ in parts),
    )


WRITTEN = "as written"
COPIES: Mapping[str, Callable[[Example], Copy]] = {
    WRITTEN: as_written,
    "no punctuation or case": rewritten(spoken),
    "typed chat": rewritten(typed),
    "British and American spelling swapped": rewritten(respelled),
    "names masked": rewritten(masked),
    "utterances cut in two": halved,
}


def robustness(
    run_folder: Path,
    sessions: Sequence[Example],
    tokenizer: Tokenizer,
    usable: Collection[str] | None = None,
) -> dict[str, dict[str, float]]:
    """Return, for each copy of the sessions, how well the run's graphs hear the codes.

    Parameters
    ----------
    run_folder
        With the folds' graphs (``fold-0``, …) and the final model (``all``).
    sessions
        With the layer's targets; each in a fold.
    tokenizer
        The base's.
    usable
        The layer's labels to judge; by default those that the final model's card calls usable.

    Returns
    -------
    dict
        By copy: macro-F1 of ``behaviour``, ``talk``, ``reflection``, ``question`` and ``input``
        (the last three as present or not), and of ``said`` and ``heard`` the mean F1 of their
        usable labels. What has no targets, or no usable label, is left out.
    """
    if usable is None:
        layer = read_card(run_folder / "all" / CARD).accuracy.get("layer", {})
        usable = {label for label, one in layer.items() if one["usable"]}
    plain = encode(sessions, tokenizer)
    logits = out_of_fold(run_folder, sessions, plain)
    cards = fitted_cards(sessions, plain, logits, {})
    found = {}
    for name, copy in COPIES.items():
        copies = [copy(one) for one in sessions]
        if name != WRITTEN:
            others = encode([one.example for one in copies], tokenizer)
            logits = out_of_fold(run_folder, sessions, others)
        heard = [
            decided(rows, one.places, cards[one.example.fold])
            for rows, one in zip(logits, copies, strict=True)
        ]
        found[name] = figures(sessions, heard, usable)
    return found


def decided(logits: Logits, places: Sequence[int], card: Card) -> dict[str, NDArray[Any]]:
    """Return what is heard in each whole utterance, its parts joined.

    Of labels that exclude each other, the one with the highest sum of the parts' log
    probabilities is chosen: their logits' sum says the same. The others hold if a part holds them.
    """
    whole = np.asarray(places)
    count = int(whole.max()) + 1
    summed = np.zeros((count, logits.shape[1]), dtype=np.float64)
    np.add.at(summed, whole, logits)
    found: dict[str, NDArray[Any]] = {name: likeliest(summed, name, card) for name in WHICH}
    for name in (WHETHER, *LAYER):
        head = card.heads[name]
        yes = probabilities(logits, head) >= np.array(head.thresholds)
        if name == WHETHER:
            main = likeliest(logits, "behaviour", card)
            yes |= main[:, None] == [LABELS["behaviour"].index(kind) for kind in KINDS]
        found[name] = np.zeros((count, len(head.labels)), dtype=bool)
        np.logical_or.at(found[name], whole, yes)
    return found


def likeliest(logits: NDArray[Any], name: str, card: Card) -> NDArray[np.int64]:
    """Return the place of the label that decoding chooses in each row."""
    head = card.heads[name]
    return np.array([chosen_label(p, head) for p in probabilities(logits, head)])


def figures(
    sessions: Sequence[Example],
    heard: Sequence[Mapping[str, NDArray[Any]]],
    usable: Collection[str],
) -> dict[str, float]:
    """Return the figures of one copy."""
    found = {}
    for name in WHICH:
        truth, said = pairs(sessions, heard, name)
        if len(truth):
            count = len(LABELS[name])
            found[name] = macro_f1(truth.argmax(1), said.astype(np.int64), count)
    truth, said = pairs(sessions, heard, WHETHER)
    if len(truth):
        each = two_way(truth, said).mean(1)
        found |= zip(KINDS, each.tolist(), strict=True)
    for name in LAYER:
        truth, said = pairs(sessions, heard, name)
        judged = [place for place, label in enumerate(LABELS[name]) if label in usable]
        if len(truth) and judged:
            found[name] = float(two_way(truth, said)[judged, 1].mean())
    return {name: round(value, 3) for name, value in found.items()}


def pairs(
    sessions: Sequence[Example], heard: Sequence[Mapping[str, NDArray[Any]]], name: str
) -> tuple[NDArray[np.float64], NDArray[Any]]:
    """Return a task's targets, and what was heard, of all utterances whose target is known."""
    known = [
        (said.targets[name], found[name][place])
        for one, found in zip(sessions, heard, strict=True)
        for place, said in enumerate(one.utterances)
        if name in said.targets
    ]
    return np.array([truth for truth, _ in known]), np.array([found for _, found in known])


def two_way(truth: NDArray[np.float64], said: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return F1 of no and of yes for each label, ``[labels, 2]``."""
    wanted, given = (truth > 0.5).astype(np.int64), said.astype(np.int64)
    return np.array([f1_by_label(*both, 2) for both in zip(wanted.T, given.T, strict=True)])
