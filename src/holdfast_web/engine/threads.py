"""Threads: what a client raised and nobody took up again, with the line that it begins with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from holdfast.indicators.opened import Opening, Response
from holdfast.trajectories.threads import MOST, Thread, Told, threads
from holdfast_web.engine.transcripts import session_of

__all__ = ["MOST", "Loose", "Spoken", "loose_threads"]

MANY = 10_000


@dataclass(frozen=True, slots=True)
class Spoken:
    """A session's words, with the openings for empathy that were found in them.

    Attributes
    ----------
    number
        Of the session, from 1.
    lines, roles
        As the row of a transcript has them.
    openings
        As ``engine.gist`` keeps them; none where the session was not read.
    """

    number: int
    lines: Sequence[Mapping[str, Any]] = field(repr=False)
    roles: Mapping[str, str]
    openings: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Loose:
    """A thread, for a page.

    Attributes
    ----------
    number
        Of the session.
    index
        Of the line that it begins with, from 0.
    quote
        Its words.
    why
        Why the rule chose it.
    """

    number: int
    index: int
    quote: str = field(repr=False)  # a log must not hold words of a session
    why: str

    @property
    def line(self) -> int:
        """The number of its line for people, from 1."""
        return self.index + 1


def loose_threads(spoken: Iterable[Spoken]) -> tuple[Loose, ...]:
    """Return all threads of one client's sessions, the newest first.

    Examples
    --------
    >>> said = {"speaker": "Lee", "line": 1, "start": None, "end": None}
    >>> opening = {"index": 0, "kind": "stated", "response": None}
    >>> first = [said | {"text": "My brother sold our boat, and I was furious."}]
    >>> then = [said | {"text": "I slept well."}]
    >>> roles = {"Lee": "client"}
    >>> (one,) = loose_threads([Spoken(1, first, roles, [opening]), Spoken(2, then, roles)])
    >>> one.line, one.why
    (1, 'A feeling showed here, and no answer followed; its words hardly come up again.')
    """
    by_number = {one.number: one for one in spoken}
    told = [_told(one) for one in by_number.values()]
    return tuple(_loose(one, by_number[one.number]) for one in threads(told, most=MANY))


def _told(one: Spoken) -> Told:
    session = session_of(one.lines, one.roles)
    return Told(
        one.number,
        session,
        tuple(_opening(each) for each in one.openings if each["index"] < len(session)),
    )


def _opening(kept: Mapping[str, Any]) -> Opening:
    response = kept["response"]
    return Opening(
        kept["index"], kept["kind"], None, None if response is None else Response(response)
    )


def _loose(one: Thread, spoken: Spoken) -> Loose:
    return Loose(
        number=one.number,
        index=one.index,
        quote=spoken.lines[one.index]["text"],
        why=one.why,
    )
