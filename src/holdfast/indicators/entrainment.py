"""Lexical entrainment: taking up the other's words, beyond what their topic makes likely.

Two people who talk of the same thing share words anyway. So the overlap of each turn with the
turn just before it is set against the overlap with any turn of the other, as if their turns had
been shuffled.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from holdfast.coding.codes import CodedSession
from holdfast.indicators.definition import Finding, Measure, indicator
from holdfast.indicators.indicator import Status, Unit
from holdfast.indicators.turns import turns
from holdfast.indicators.words import content_stems, pieces
from holdfast.session import Role, Session

NEEDED = 10
Stems = frozenset[str]
NOT_LIKING = "Repeating words is not understanding, and understanding needs no repeating."


def replies(session: Session, role: Role) -> list[tuple[Stems, Stems]]:
    """Return the other's turn and the reply of ``role``, as stems, where both have content."""
    other = Role.CLIENT if role is Role.THERAPIST else Role.THERAPIST
    found = [
        (content_stems(pieces(before.text)), content_stems(pieces(reply.text)))
        for before, reply in pairwise(turns(session))
        if before.role is other and reply.role is role
    ]
    return [(before, reply) for before, reply in found if before and reply]


def taken_up(pairs: Sequence[tuple[Stems, Stems]]) -> float:
    """Return the share of the replies' stems that stand in the turn just before.

    Examples
    --------
    >>> taken_up([(frozenset({"work", "tired"}), frozenset({"tired", "long"}))])
    0.5
    """
    return sum(len(before & reply) for before, reply in pairs) / _said(pairs)


def shuffled(pairs: Sequence[tuple[Stems, Stems]]) -> float:
    """Return the mean of :func:`taken_up` over all shufflings of the turns replied to.

    Each reply meets each turn equally often in them, so the mean is exact and needs no draws.

    Examples
    --------
    >>> one, other = frozenset({"work"}), frozenset({"sleep"})
    >>> shuffled([(one, one), (other, other)])
    0.5
    """
    turns_with = Counter(stem for before, _ in pairs for stem in before)
    meetings = sum(turns_with[stem] for _, reply in pairs for stem in reply)
    return meetings / len(pairs) / _said(pairs)


def _said(pairs: Sequence[tuple[Stems, Stems]]) -> int:
    return sum(len(reply) for _, reply in pairs)


def _entrainment(coded: CodedSession, role: Role) -> Finding:
    pairs = replies(coded.session, role)
    return Finding(taken_up(pairs) - shuffled(pairs) if pairs else None, len(pairs))


@indicator(
    title="Therapist takes up the client's words",
    unit=Unit.DIFFERENCE,
    of="replies with content words",
    minimum=NEEDED,
    status=Status.EXPERIMENTAL,
    source="Formula of our own; related evidence in PMC9999472",
    not_meaning=NOT_LIKING,
)
def therapist_entrainment(coded: CodedSession) -> Finding:
    """Share of the therapist's content words that stand in the client's turn just before.

    Formula: ``taken_up - shuffled``: the share of stems, minus its mean over all shufflings of
    the client's turns. Range: -1 to 1, 0 if the order makes no difference. Minimum: 10 replies.
    For English. Does not mean: that the therapist understood.
    """
    return _entrainment(coded, Role.THERAPIST)


@indicator(
    title="Client takes up the therapist's words",
    unit=Unit.DIFFERENCE,
    of="replies with content words",
    minimum=NEEDED,
    status=Status.EXPERIMENTAL,
    source="Formula of our own",
    not_meaning=NOT_LIKING,
)
def client_entrainment(coded: CodedSession) -> Finding:
    """Share of the client's content words that stand in the therapist's turn just before.

    Formula: ``taken_up - shuffled``: the share of stems, minus its mean over all shufflings of
    the therapist's turns. Range: -1 to 1, 0 if the order makes no difference. Minimum: 10
    replies. For English. Does not mean: that the client agreed.
    """
    return _entrainment(coded, Role.CLIENT)


MEASURES: tuple[Measure, ...] = (therapist_entrainment, client_entrainment)
