"""Threads: what a client raised in an earlier session and nobody came back to.

A thread is an opening for empathy that was *left*: missed, only acknowledged, or without an answer;
in any session but the latest. Its *words* are the stems of the client's utterance, without those
that everybody says of everything (``thread_words.toml``); there must be two. It was *taken up*, and
is no thread, if afterwards

- the therapist says one of its words in that session, or
- one turn of either speaker, in that session or a later one, holds two of them, or
- half of them come up at all.

Not validated; what was read of it, and what was tried and left out, stands in
``docs/validity/threads.md``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from holdfast.indicators.opened import Opening, Response
from holdfast.indicators.turns import Turn, turns
from holdfast.indicators.words import content_stems, empty_words, pieces, stem
from holdfast.session import Role, Session

MOST = 5
FEWEST_WORDS = 2
SHORTEST = 4
"""Letters that a stem must have."""
LEFT = {
    Response.MISSED: "A feeling showed here, and the answer went past it",
    Response.ACKNOWLEDGED: "A feeling showed here, and was only acknowledged",
    None: "A feeling showed here, and no answer followed",
}
"""How an opening must have been answered to be left, and how that is said."""
SINCE = "; its words hardly come up again."


@dataclass(frozen=True, slots=True)
class Told:
    """A session and its openings for empathy.

    Attributes
    ----------
    number
        Of the session, from 1.
    session
        With its roles.
    openings
        As :func:`holdfast.indicators.opened.openings` found them.
    """

    number: int
    session: Session
    openings: tuple[Opening, ...] = ()


@dataclass(frozen=True, slots=True)
class Thread:
    """Something that was raised and not taken up.

    Attributes
    ----------
    number
        Of the session.
    index
        The client's utterance.
    words
        What was looked for afterwards: stems, in alphabetical order.
    why
        Why it was chosen, a sentence.
    """

    number: int
    index: int
    words: tuple[str, ...]
    why: str


def threads(told: Iterable[Told], *, most: int = MOST) -> tuple[Thread, ...]:
    """Return what was raised in earlier sessions and not taken up, the newest first.

    Parameters
    ----------
    told
        Sessions of one client, in order.
    most
        How many at most.

    Examples
    --------
    >>> from holdfast.session import Utterance
    >>> said = "My brother sold our boat, and I was furious."
    >>> first = Session((Utterance(0, "Lee", said, 1, role=Role.CLIENT),))
    >>> then = Session((Utterance(0, "Lee", "I slept well.", 1, role=Role.CLIENT),))
    >>> missed = Opening(0, "stated", None, None)
    >>> [one.words for one in threads([Told(1, first, (missed,)), Told(2, then)])]
    [('boat', 'brother', 'furious')]
    >>> threads([Told(1, first, (missed,))])  # there was no later session
    ()
    """
    known = [_Heard.of(one) for one in told]
    found: list[Thread] = []
    for place in range(len(known) - 2, -1, -1):
        later = [words for one in known[place + 1 :] for words in one.words]
        found += sorted(_left(known[place], later), key=lambda one: -one.index)
    return tuple(found[:most])


@dataclass(frozen=True, slots=True)
class _Heard:
    """A session's turns, each with the words that tell topics apart."""

    told: Told
    turns: tuple[Turn, ...]
    words: tuple[frozenset[str], ...]

    @classmethod
    def of(cls, told: Told) -> _Heard:
        talk = turns(told.session)
        words = (telling(" ".join(one.text for one in turn.utterances)) for turn in talk)
        return cls(told, tuple(talk), tuple(words))

    def answered(self, place: int) -> frozenset[str]:
        """Return the words of others than the client from a turn on."""
        after = zip(self.turns[place:], self.words[place:], strict=True)
        return frozenset().union(*(words for turn, words in after if turn.role is not Role.CLIENT))

    def place_of(self, index: int) -> int:
        """Return the turn of an utterance."""
        return next(
            place
            for place, turn in enumerate(self.turns)
            if any(one.index == index for one in turn.utterances)
        )


def telling(text: str) -> frozenset[str]:
    """Return the stems of a text that tell what it is about.

    Examples
    --------
    >>> sorted(telling("I really don't know what my sisters will say about the letters."))
    ['letter', 'sister']
    """
    stems = content_stems(pieces(text)) - _everyday()
    return frozenset(one for one in stems if len(one) >= SHORTEST)


@cache
def _everyday() -> frozenset[str]:
    text = files(__package__).joinpath("thread_words.toml").read_text(encoding="utf-8")
    words = tomllib.loads(text)["everyday"].split()
    return frozenset(stem(word) for word in (*words, *empty_words()))


def _left(heard: _Heard, later: Sequence[frozenset[str]]) -> Iterator[Thread]:
    """Yield openings for empathy that were left."""
    number, utterances = heard.told.number, heard.told.session.utterances
    for one in heard.told.openings:
        words = telling(utterances[one.index].text)
        if one.response not in LEFT or len(words) < FEWEST_WORDS:
            continue
        place = heard.place_of(one.index) + 1
        if words & heard.answered(place):
            continue
        if not taken_up(words, [*heard.words[place:], *later]):
            yield Thread(number, one.index, tuple(sorted(words)), LEFT[one.response] + SINCE)


def taken_up(words: frozenset[str], after: Sequence[frozenset[str]]) -> bool:
    """Say whether a turn holds two of the words, or half of them come up in any turns.

    Examples
    --------
    >>> taken_up(frozenset({"boat", "brother", "sold"}), [frozenset({"boat", "brother"})])
    True
    """
    again = words & frozenset().union(*after)
    return 2 * len(again) >= len(words) or any(len(words & one) >= FEWEST_WORDS for one in after)
