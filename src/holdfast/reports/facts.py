"""What a reader needs to know of a session before its numbers: its length, and what was noticed."""

from __future__ import annotations

from holdfast.indicators.turns import minutes
from holdfast.reports.numbers import clock
from holdfast.session import Role, Session

CODED = frozenset({Role.THERAPIST, Role.CLIENT})


def length(session: Session) -> str | None:
    """Return how long a session is, from its first time to its last, ``None`` without times.

    Examples
    --------
    >>> from holdfast.session import Utterance
    >>> said = [Utterance(i, "Lee", "So.", i + 1, start=600.0 + 45.0 * i) for i in range(3)]
    >>> length(Session(tuple(said)))
    '1:30'
    """
    lasted = minutes(session)
    return None if lasted is None else clock(round(60 * lasted, 3))


def notes(session: Session) -> tuple[str, ...]:
    """Return what was noticed of a session, and first how much of it was not coded.

    Examples
    --------
    >>> from holdfast.session import Utterance
    >>> notes(Session((Utterance(0, "Kim", "Good morning.", 1, role=Role.OTHER),)))
    ('1 utterance was not coded: its speaker is neither the therapist nor the client.',)
    """
    left = sum(one.role not in CODED for one in session.utterances)
    return (*([_uncoded(left)] if left else []), *session.notes)


def _uncoded(left: int) -> str:
    if left == 1:
        return "1 utterance was not coded: its speaker is neither the therapist nor the client."
    return f"{left} utterances were not coded: not said by the therapist or the client."
