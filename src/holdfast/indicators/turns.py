"""Turns and time: who holds the floor, from where to where, and how long the session is."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from holdfast.session import Role, Session, Utterance


@dataclass(frozen=True, slots=True)
class Turn:
    """Consecutive utterances of one role.

    Attributes
    ----------
    role
        Therapist, client or other; ``None`` where the speaker's role is unknown.
    utterances
        The turn's utterances, in order; at least one.
    """

    role: Role | None
    utterances: tuple[Utterance, ...]

    @property
    def words(self) -> int:
        """Number of words in the turn."""
        return sum(utterance.words for utterance in self.utterances)

    @property
    def text(self) -> str:
        """The turn's utterances, joined by spaces."""
        return " ".join(utterance.text for utterance in self.utterances)


def turns(session: Session) -> tuple[Turn, ...]:
    """Join consecutive utterances of one role to turns.

    A third person, or a speaker without a role, ends the turn before it.

    Examples
    --------
    >>> roles = (Role.CLIENT, Role.CLIENT, Role.THERAPIST)
    >>> said = [Utterance(i, None, "Yes.", i + 1, role=role) for i, role in enumerate(roles)]
    >>> [len(turn.utterances) for turn in turns(Session(tuple(said)))]
    [2, 1]
    """
    return tuple(
        Turn(role, tuple(utterances))
        for role, utterances in groupby(session.utterances, key=lambda said: said.role)
    )


def minutes(session: Session) -> float | None:
    """Return the minutes from the first known time to the last, ``None`` without times.

    Where a transcript has start times only, the last utterance itself is not counted in.

    Examples
    --------
    >>> minutes(Session((Utterance(0, "Lee", "Hi.", 1, 30.0), Utterance(1, "Lee", "I", 2, 90.0))))
    1.0
    """
    times = [
        time
        for utterance in session.utterances
        for time in (utterance.start, utterance.end)
        if time is not None
    ]
    return (max(times) - min(times)) / 60 if len(times) > 1 else None


def words(session: Session, role: Role | None = None) -> int:
    """Return the number of words of one role, or of therapist and client together."""
    roles = (role,) if role else (Role.THERAPIST, Role.CLIENT)
    return sum(said.words for said in session.utterances if said.role in roles)
