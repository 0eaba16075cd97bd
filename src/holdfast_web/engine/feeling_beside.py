"""Technique beside feeling: what was done in a session beside how the client rated it.

Three questions, chosen beforehand: whoever looks at twenty finds one by chance. The answer is "too
little to say" until the engine has enough.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from holdfast.reports.numbers import plain, written
from holdfast.trajectories.association import (
    Association,
    Pairing,
    associate,
    sessions_missing,
)
from holdfast_web.engine.skill_courses import Skill, by_name, of_the_latest, skills_in
from holdfast_web.engine.skill_view import HeldSession

QUESTIONS = (
    ("reflections", "understood"),
    ("openings_taken_up_share", "understood"),
    ("talk_share", "safe"),
)
ONE, MANY = "the client", "clients"


@dataclass(frozen=True, slots=True)
class Felt:
    """How one session was rated: feeling understood and feeling safe, 0 to 10."""

    understood: float | None = None
    safe: float | None = None

    def of(self, name: str) -> float | None:
        """Return one of the two."""
        return self.understood if name == "understood" else self.safe


@dataclass(frozen=True, slots=True)
class Beside:
    """One question and its answer.

    Attributes
    ----------
    title, feeling
        The skill's title; ``"understood"`` or ``"safe"``.
    sessions, clients
        How many sessions have both, and of how many clients.
    missing
        How many more there must be at the least; 0 once there is enough.
    words
        The answer, in sentences.
    rows
        Session, number and rating, once there is enough.
    """

    title: str
    feeling: str
    sessions: int
    clients: int
    missing: int
    words: str
    rows: tuple[tuple[str, str, str], ...]

    @property
    def enough(self) -> bool:
        """Whether there is enough to say something."""
        return bool(self.rows)


def feelings_beside(
    sessions: Sequence[HeldSession], felt: Mapping[tuple[str, int], Felt]
) -> tuple[Beside, ...]:
    """Return the answers to the three questions, of the sessions that the latest model read.

    Parameters
    ----------
    sessions
        Of one client or of many.
    felt
        By the client's key and the session's number.

    Examples
    --------
    >>> feelings_beside([], {})
    ()
    """
    read = of_the_latest(sessions)
    skills = {one.name: one for one in skills_in([by_name(one) for one in read])}
    return tuple(
        _beside(skill, feeling, read, felt)
        for base, feeling in QUESTIONS
        for name, skill in skills.items()
        if read and (name == base or name.startswith(f"{base}_per_"))
    )


def _beside(
    skill: Skill,
    feeling: str,
    read: Sequence[HeldSession],
    felt: Mapping[tuple[str, int], Felt],
) -> Beside:
    pairs, rows = [], []
    for one in read:
        value = by_name(one).get(skill.name, {}).get("value")
        rating = felt.get((one.client, one.number), Felt()).of(feeling)
        if value is not None and rating is not None:
            pairs.append(Pairing(one.client, one.number, value, rating))
            rows.append((one.label or str(one.number), written(value, skill.unit), plain(rating)))
    counts = Counter(one.client for one in pairs)
    found = associate(pairs)
    missing = sessions_missing(counts.values())
    many = len({one.client for one in read}) > 1
    return Beside(
        title=skill.title,
        feeling=feeling,
        sessions=len(pairs),
        clients=len(counts),
        missing=missing,
        words=_words(skill.title, feeling, found, missing, len(pairs), many=many),
        rows=tuple(rows) if found.r is not None else (),
    )


def _words(
    title: str, feeling: str, found: Association, missing: int, pairs: int, *, many: bool
) -> str:
    who = MANY if many else ONE
    if found.r is None and missing:
        return (
            f"Too little to say. {_count(pairs)} both numbers so far; "
            f"at least {missing} more {'is' if missing == 1 else 'are'} needed."
        )
    if found.r is None or found.low is None or found.high is None:
        return "Too little to say: one of the two hardly differs from session to session."
    figures = (
        f"(r = {found.r:.2f}, {found.low:.2f} to {found.high:.2f}, from {found.sessions} sessions)"
    )
    if found.says == "no clear sign":
        return f"No clear sign either way {figures}. That isn’t the same as no link."
    more = "more" if found.says == "goes with more" else "less"
    name = title[:1].lower() + title[1:]
    return (
        f"In sessions with a higher number for {name} than usual, {who} felt {more} {feeling} "
        f"than usual {figures}."
    )


def _count(pairs: int) -> str:
    return "One session has" if pairs == 1 else f"{pairs or 'No'} sessions have"
