"""Reads ESConv and EPITOME, which may judge and may not train what ships (../shared/DATA.md).

Both become sessions of one shape with the other corpora: whoever seeks support is the client,
whoever gives it the therapist.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.corpora import Example, Labelled, one_hot, rows

SUPPORT = ("esconv", "epitome")
"""Folders of corpora that may be used for academic research only: no part of the model saw them."""
STRATEGIES = (
    "Question",
    "Restatement or Paraphrasing",
    "Reflection of feelings",
    "Self-disclosure",
    "Affirmation and Reassurance",
    "Providing Suggestions",
    "Information",
    "Others",
)
LEVELS = ("0", "1", "2")
MECHANISMS = {
    "emotional_reaction": "emotional-reactions",
    "interpretation": "interpretations",
    "exploration": "explorations",
}
"""EPITOME's three ways of showing empathy by our words, each with the beginning of its file."""

Pair = tuple[str, str]
Numbers = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Said:
    """Utterances that people labelled.

    Attributes
    ----------
    truth
        The label of each, as a number.
    rows
        What a network makes of each, ``[n, outputs]``.
    group
        A number for what each belongs to: a conversation, or a post.
    """

    truth: NDArray[np.int64]
    rows: Numbers
    group: NDArray[np.int64]


def esconv(folder: Path, split: str) -> list[Example]:
    """Read one official split: conversations, with the strategy of each supporter's turn.

    Parameters
    ----------
    folder
        ESConv's folder.
    split
        ``"train"``, ``"valid"`` or ``"test"``.
    """
    with (folder / f"{split}.txt").open(encoding="utf-8") as file:
        dialogues = [json.loads(line)["dialog"] for line in file]
    return [
        Example(f"esconv-{split}-{place}", tuple(turn(one) for one in dialogue))
        for place, dialogue in enumerate(dialogues)
    ]


def turn(given: Mapping[str, Any]) -> Labelled:
    """Return one turn of ESConv.

    Examples
    --------
    >>> turn({"speaker": "usr", "text": "My dog died."})
    Labelled(role='client', text='My dog died.', targets={})
    """
    if given["speaker"] == "usr":
        return Labelled("client", given["text"], {})
    target = one_hot(given["strategy"], STRATEGIES)
    return Labelled("therapist", given["text"], {"strategy": target})


def epitome(folder: Path) -> list[Example]:
    """Read every pair of a post and a reply once, with the reply's three levels.

    The three files are joined by the ids of post and reply. Some pairs stand in them twice, and
    not always with the same level: the first counts.
    """
    first, *others = (dict(once(folder / f"{name}-reddit.csv")) for name in MECHANISMS.values())
    return [
        exchange(pair, row, dict(zip(MECHANISMS, levels, strict=True)))
        for pair, row in first.items()
        for levels in [[row["level"], *(table[pair]["level"] for table in others)]]
    ]


def once(path: Path) -> Iterator[tuple[Pair, dict[str, str]]]:
    """Yield the rows of a file of EPITOME by the ids of post and reply, the first of each."""
    seen: set[Pair] = set()
    for row in rows(path):
        pair = row["sp_id"], row["rp_id"]
        if pair not in seen:
            seen.add(pair)
            yield pair, row


def exchange(pair: Pair, row: Mapping[str, str], levels: Mapping[str, str]) -> Example:
    """Return a post and its reply; the example is named after both."""
    targets = {name: one_hot(level, LEVELS) for name, level in levels.items()}
    said = (
        Labelled("client", row["seeker_post"], {}),
        Labelled("therapist", row["response_post"], targets),
    )
    return Example("/".join(pair), said)


def post_of(example: Example) -> str:
    """Return the id of the post that a pair answers: several replies may share one.

    Examples
    --------
    >>> post_of(Example("9ab/c1d", ()))
    '9ab'
    """
    return example.name.partition("/")[0]


def labelled(
    examples: Sequence[Example],
    rows: Sequence[Numbers],
    task: str,
    group: Callable[[Example], str] = lambda one: one.name,
) -> Said:
    """Return all utterances that have a label of a task, with what a network makes of them."""
    found = [
        (row, group(one))
        for one, own in zip(examples, rows, strict=True)
        for said, row in zip(one.utterances, own, strict=True)
        if task in said.targets
    ]
    kept, names = zip(*found, strict=True)
    return Said(truth_of(examples, task), np.array(kept), np.unique(names, return_inverse=True)[1])


def truth_of(examples: Sequence[Example], task: str) -> NDArray[np.int64]:
    """Return the label of every utterance that has one, as a number."""
    return np.array(
        [
            int(np.argmax(said.targets[task]))
            for one in examples
            for said in one.utterances
            if task in said.targets
        ]
    )
