"""What to say when nobody knows who is who: the speakers, and the exact option to give."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from holdfast.errors import RoleError
from holdfast.roles.speakers import option, printable, shown, speakers_table
from holdfast.session import Role, Session

FLAGS = {Role.THERAPIST: "--therapist", Role.CLIENT: "--client", Role.OTHER: "--other"}
MOST_OPTIONS = 6
LONGEST_OFFERED = 200
"""Characters; a longer name is no name, and an option that cuts it short would be refused."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Who the therapist and the client might be, as the model hears it.

    Attributes
    ----------
    therapist, client
        Names of speakers, as the transcript has them.
    confidence
        Probability that both are right, between 0 and 1. It was checked on sessions with two
        speakers only; with more it says nothing, and is not shown.
    """

    therapist: str
    client: str
    confidence: float


def needs_roles_error(session: Session, suggestion: Suggestion | None = None) -> RoleError:
    """Return the error that asks a person to say who is who.

    Parameters
    ----------
    session
        The session, with the roles that are already known.
    suggestion
        Who the model takes for whom, if it was asked. Only then is ``--accept-roles`` offered.

    Examples
    --------
    >>> from holdfast.session import Utterance
    >>> session = Session((Utterance(0, "Dana", "How was it?", 1), Utterance(1, "Lee", "Hard.", 2)))
    >>> print(needs_roles_error(session, Suggestion("Dana", "Lee", 0.97)))
    transcript: it does not say who is the therapist and who is the client. Its speakers:
      Dana  3 words  75 %   1 utterance, from line 1
      Lee   1 word   25 %   1 utterance, from line 2
    Say who is who, as one of these:
      --therapist Dana --client Lee
      --therapist Lee --client Dana
    By their words, Dana seems to be the therapist and Lee the client (97 % sure).
    To go by that, add --accept-roles.
    """
    names = [name for name in session.speakers if name is not None]
    source = session.source or "transcript"
    if not names:
        return RoleError(
            f"{source}: it names no speaker, so nobody can tell the therapist from the client."
            f" What there is:\n{speakers_table(session)}\n"
            "Export it again with the speakers' names, or write each name before what was said."
        )
    if len(names) == 1:
        return RoleError(
            f"{source}: it has one speaker, and a session needs two to be coded:"
            f" a therapist and a client.\n{speakers_table(session)}\n"
            "Export it again with both speakers' names."
        )
    return RoleError(
        f"{source}: it does not say {_missing(session)}. Its speakers:\n"
        f"{speakers_table(session)}\n"
        f"{_options(session, names)}{_suggested(suggestion, sure=len(names) == 2)}"
    )


def unknown_name_error(session: Session, role: Role, name: str) -> RoleError:
    """Return the error for a name, given for a role, that no speaker has.

    Examples
    --------
    >>> from holdfast.session import Utterance
    >>> session = Session((Utterance(0, "Dana", "How was it?", 1), Utterance(1, "Lee", "Hard.", 2)))
    >>> print(unknown_name_error(session, Role.CLIENT, "Leah"))
    transcript: no speaker is called "Leah", which was given with --client. Its speakers:
      Dana  3 words  75 %   1 utterance, from line 1
      Lee   1 word   25 %   1 utterance, from line 2
    Give one of these:
      --client Dana
      --client Lee
    """
    names = _offered(one for one in session.speakers if one is not None)
    options = "\n".join(f"  {option(FLAGS[role], one)}" for one in names)
    return RoleError(
        f'{session.source or "transcript"}: no speaker is called "{shown(name)}",'
        f" which was given with {FLAGS[role]}. Its speakers:\n{speakers_table(session)}\n"
        + (f"Give one of these:\n{options}" if names else "It names none that could be given.")
    )


def contradiction_error(session: Session, name: str, first: Role, second: Role) -> RoleError:
    """Return the error for a speaker who was given two roles."""
    return RoleError(
        f'{session.source or "transcript"}: "{shown(name)}" was given with both {FLAGS[first]}'
        f" and {FLAGS[second]}. Give each speaker one role."
    )


def _known(session: Session) -> dict[Role, list[str]]:
    known: dict[Role, list[str]] = {}
    for utterance in session.utterances:
        if utterance.role is not None and utterance.speaker is not None:
            names = known.setdefault(utterance.role, [])
            if utterance.speaker not in names:
                names.append(utterance.speaker)
    return known


def _missing(session: Session) -> str:
    known = _known(session)
    if Role.THERAPIST in known:
        return "who is the client"
    if Role.CLIENT in known:
        return "who is the therapist"
    return "who is the therapist and who is the client"


def _options(session: Session, names: list[str]) -> str:
    """Return the exact options: every way to say it for a few speakers, the flags for many."""
    known = _known(session)
    settled = {name for those in known.values() for name in those}
    open_names = [name for name in names if name not in settled]
    pairs = [
        (therapist, client)
        for therapist in _offered(known.get(Role.THERAPIST, open_names))
        for client in _offered(known.get(Role.CLIENT, open_names))
        if therapist != client
    ]
    if not pairs:
        return "Say who is who with --therapist, --client and --other."
    ways = [
        f"  {option('--therapist', therapist)} {option('--client', client)}"
        for therapist, client in pairs[:MOST_OPTIONS]
    ]
    more = ["  or another two of them"] if len(pairs) > MOST_OPTIONS else []
    if len(names) > 2:
        more.append("Whoever is neither can be given with --other, once for each.")
    return "\n".join(["Say who is who, as one of these:", *ways, *more])


def _offered(names: Iterable[str]) -> list[str]:
    """Return the first few names that can be given as they are shown."""
    return [name for name in names if len(printable(name)) <= LONGEST_OFFERED][:MOST_OPTIONS]


def _suggested(suggestion: Suggestion | None, *, sure: bool) -> str:
    if suggestion is None:
        return ""
    confidence = f" ({suggestion.confidence * 100:.0f} % sure)" if sure else ""
    return (
        f"\nBy their words, {shown(suggestion.therapist)} seems to be the therapist and"
        f" {shown(suggestion.client)} the client{confidence}.\n"
        "To go by that, add --accept-roles."
    )
