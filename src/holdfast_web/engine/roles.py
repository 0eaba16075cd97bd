"""Who speaks in a transcript, and who they might be: by a stated rule, or as the model hears it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from holdfast.pipeline import suggest
from holdfast.roles import roles_from_words, speakers_of
from holdfast.session import Role, Session
from holdfast_web.engine.transcripts import session_of

FIRST_LINES = 3
LONGEST_LINE = 160
MOST_HEARD = 60
"""Utterances that the model hears for a suggestion: more would keep a person waiting."""
PAIR = {"therapist", "client"}


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker as a person has to see them to say who they are.

    Attributes
    ----------
    name
        As the file has it; ``""`` for utterances that name nobody.
    share
        Of all words, between 0 and 1; ``None`` where nobody said a word.
    first
        The first things they say, cut where they are long.
    """

    name: str
    share: float | None
    utterances: int
    first: tuple[str, ...]

    @property
    def percent(self) -> int | None:
        """The share as a whole number of percent."""
        return None if self.share is None else round(100 * self.share)


@dataclass(frozen=True, slots=True)
class Suggested:
    """Who might be who; a person accepts it or not.

    Attributes
    ----------
    roles
        A role for each speaker.
    why
        The rule that says so, or that the model does.
    confidence
        Of the model that both are right; ``None`` for a rule, and with more than two speakers,
        for which it was never checked.
    """

    roles: dict[str, str]
    why: str
    confidence: float | None = None


def speakers_in(lines: Sequence[Mapping[str, Any]]) -> tuple[Speaker, ...]:
    """Return the speakers of kept lines, in order of appearance.

    Examples
    --------
    >>> lines = [{"speaker": "Lee", "text": "Hard.", "line": 1, "start": None, "end": None}]
    >>> speakers_in(lines)[0].share
    1.0
    """
    first: dict[str, list[str]] = {}
    for line in lines:
        told = first.setdefault(line["speaker"], [])
        if len(told) < FIRST_LINES:
            told.append(_short(line["text"]))
    return tuple(
        Speaker(one.name or "", one.share, one.utterances, tuple(first[one.name or ""]))
        for one in speakers_of(session_of(lines, {}))
    )


def suggested_by_rule(
    lines: Sequence[Mapping[str, Any]],
    stated: Mapping[str, str],
    *,
    therapist: str,
    client: str,
) -> Suggested | None:
    """Return who is who where a stated rule says it; ``None`` where none does.

    In this order: what the file states, what a label says ("Therapist"), and a speaker's name
    that is the therapist's or the client's. Where one side is known so and one speaker is left,
    that one is the other side.

    Parameters
    ----------
    stated
        Roles that the file states, by speaker.
    therapist, client
        Their names, as the record has them.

    Examples
    --------
    >>> lines = [
    ...     {"speaker": name, "text": "Yes.", "line": 1, "start": None, "end": None}
    ...     for name in ("Speaker 2", "Tessa")
    ... ]
    >>> suggested_by_rule(lines, {}, therapist="Tessa Therapist", client="Cleo Client").roles
    {'Speaker 2': 'client', 'Tessa': 'therapist'}
    """
    speakers = list(dict.fromkeys(line["speaker"] for line in lines))
    session = session_of(lines, {})
    by_name = {
        name: role
        for name in speakers
        if (role := _role_of_name(name, {"therapist": therapist, "client": client}))
    }
    rules = (
        (dict(stated), "The file itself says so."),
        (
            {name: str(role) for name, role in roles_from_words(session).items()},
            "Their labels say so.",
        ),
        (by_name, "A speaker has the name of the therapist or the client."),
    )
    for found, why in rules:
        whole = _completed(speakers, found)
        if whole is not None:
            return Suggested(whole, why)
    return None


def suggested_by_model(lines: Sequence[Mapping[str, Any]]) -> Suggested | None:
    """Return who the model takes for whom, from the first utterances; it takes a second or two.

    ``None`` where fewer than two speakers are named in them.
    """
    session = session_of(lines, {})
    veiled = tuple(replace(one, role=None) for one in session.utterances[:MOST_HEARD])
    found = suggest(Session(veiled))
    if found is None:
        return None
    speakers = list(dict.fromkeys(line["speaker"] for line in lines))
    roles = dict.fromkeys(speakers, "other")
    roles |= {found.therapist: "therapist", found.client: "client"}
    sure = found.confidence if len(speakers) == 2 else None
    return Suggested(roles, "By how they speak, as the model hears it.", sure)


def _completed(speakers: Sequence[str], found: Mapping[str, str]) -> dict[str, str] | None:
    """Return a role for everybody, if therapist and client are known or one is and one is left."""
    roles = {name: role for name, role in found.items() if name in speakers}
    left = [name for name in speakers if name not in roles]
    missing = PAIR - set(roles.values())
    if len(missing) == 1 and len(left) == 1:
        roles[left[0]] = missing.pop()
    if PAIR - set(roles.values()):
        return None
    return {name: roles.get(name, str(Role.OTHER)) for name in speakers}


def _role_of_name(name: str, known: Mapping[str, str]) -> str | None:
    """Return the role of a whole or a first name, if it is the name of one of the two alone."""
    said = name.casefold().split()
    ways = {role: whole.casefold().split() for role, whole in known.items()}
    fits = [role for role, whole in ways.items() if said and said in (whole, whole[:1])]
    return fits[0] if len(fits) == 1 else None


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_LINE else f"{text[:LONGEST_LINE].rstrip()} …"
