"""Who is the therapist and who is the client: given by a person, or by a stated rule.

In this order, each step leaving alone what an earlier one settled:

1. Names that a person gives.
2. Roles that the transcript itself states for an utterance.
3. Role words: labels such as "Therapist" or "Klientin" (``words.toml``).
4. Where one side is known and exactly one other speaker is left, that one is the other side.
5. Everyone else is :attr:`Role.OTHER`: kept, and not coded.

What the steps 3 to 5 settle is written into the session's notes; what a person gave and what the
transcript states needs none. Where a therapist or a client is still missing, nothing is guessed:
a :class:`RoleError` asks.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from holdfast.roles.refusals import contradiction_error, needs_roles_error, unknown_name_error
from holdfast.roles.speakers import printable, shown
from holdfast.roles.words import roles_from_words
from holdfast.session import Role, Session, Utterance

Names = str | Sequence[str] | None
"""One speaker's name, several, or none."""


def assign_roles(
    session: Session, *, therapist: Names = None, client: Names = None, other: Names = None
) -> Session:
    """Return the session with the role of every utterance set.

    Parameters
    ----------
    session
        The session as it was read.
    therapist, client, other
        Names of speakers. A speaker of exactly that name comes first; without one, capitals and
        spacing do not matter, everything else does.

    Raises
    ------
    RoleError
        If a name is not in the session or has two roles, or a therapist or a client is missing.

    Examples
    --------
    >>> from holdfast.session import Utterance
    >>> session = Session((Utterance(0, "Dana", "How was it?", 1), Utterance(1, "Lee", "Hard.", 2)))
    >>> known = assign_roles(session, therapist="dana")
    >>> [str(utterance.role) for utterance in known.utterances]
    ['therapist', 'client']
    >>> known.notes
    ('Lee is taken as the client: the only other speaker.',)
    """
    named = _named(session, {Role.THERAPIST: therapist, Role.CLIENT: client, Role.OTHER: other})
    stated = _with(session, named, override=True)
    by_words = _unsettled(stated, roles_from_words(stated))
    worded = _with(stated, by_words)
    by_rest = _the_one_left(worded)
    known = _with(worded, by_rest)
    if not {Role.THERAPIST, Role.CLIENT} <= {utterance.role for utterance in known.utterances}:
        raise needs_roles_error(known)
    notes = [
        *_reasons(by_words, "by its label"),
        *_reasons(by_rest, "the only other speaker"),
        *_left_out(known),
    ]
    complete = tuple(
        utterance if utterance.role is not None else replace(utterance, role=Role.OTHER)
        for utterance in known.utterances
    )
    return replace(known, utterances=complete, notes=(*session.notes, *notes))


def _named(session: Session, given: Mapping[Role, Names]) -> dict[str, Role]:
    """Return the speakers whom a person named, by their name in the transcript."""
    named: dict[str, Role] = {}
    for role, names in given.items():
        for name in (names,) if isinstance(names, str) else names or ():
            matching = _called(name, session)
            if not matching:
                raise unknown_name_error(session, role, name)
            for speaker in matching:
                if named.setdefault(speaker, role) is not role:
                    raise contradiction_error(session, speaker, named[speaker], role)
    return named


def _called(name: str, session: Session) -> list[str]:
    """Return the speakers of exactly this name, else those who differ in capitals and space."""
    names = [one for one in session.speakers if one]
    return [one for one in names if one == name] or [
        one for one in names if _same(one) == _same(name)
    ]


def _same(name: str) -> str:
    """Return a name as it is shown, without capitals and extra space."""
    return " ".join(unicodedata.normalize("NFKC", printable(name)).casefold().split())


def _with(session: Session, roles: Mapping[str, Role], *, override: bool = False) -> Session:
    """Set the roles of these speakers; only ``override`` touches utterances that have one."""

    def settled(utterance: Utterance) -> Utterance:
        role = None if utterance.speaker is None else roles.get(utterance.speaker)
        if role is None or (utterance.role is not None and not override):
            return utterance
        return replace(utterance, role=role)

    return replace(session, utterances=tuple(map(settled, session.utterances)))


def _open(session: Session) -> list[str]:
    """Return the named speakers of whom not one utterance has a role yet."""
    settled = {one.speaker for one in session.utterances if one.role is not None}
    return [name for name in session.speakers if name is not None and name not in settled]


def _unsettled(session: Session, roles: Mapping[str, Role]) -> dict[str, Role]:
    return {name: roles[name] for name in _open(session) if name in roles}


def _the_one_left(session: Session) -> dict[str, Role]:
    """Return the role of the one speaker left, where exactly one side is known."""
    left = _open(session)
    sides = {Role.THERAPIST, Role.CLIENT}
    missing = sides - {utterance.role for utterance in session.utterances}
    return {left[0]: missing.pop()} if len(left) == 1 and len(missing) == 1 else {}


def _reasons(roles: Mapping[str, Role], why: str) -> Iterable[str]:
    for name, role in roles.items():
        whom = "neither therapist nor client" if role is Role.OTHER else f"the {role}"
        yield f"{shown(name)} is taken as {whom}: {why}."


def _left_out(session: Session) -> Iterable[str]:
    names = _open(session)
    if names:
        verb = "is" if len(names) == 1 else "are"
        yield (
            f"{', '.join(map(shown, names))} {verb} taken as neither therapist nor client:"
            " nothing says otherwise."
        )
    partly = Counter(
        one.speaker for one in session.utterances if one.role is None and one.speaker is not None
    )
    for name, count in partly.items():
        if name not in names:
            what = "1 utterance" if count == 1 else f"{count} utterances"
            yield f"{what} of {shown(name)} cannot be coded: the transcript states no role there."
    nameless = sum(one.speaker is None and one.role is None for one in session.utterances)
    if nameless:
        what = "utterance names" if nameless == 1 else "utterances name"
        yield f"{nameless} {what} nobody and cannot be coded."
