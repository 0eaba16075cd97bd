"""What the client says about changing: made for motivational interviewing.

Where a session is about something else than changing a habit, most of it is neither.
"""

from __future__ import annotations

from holdfast.coding.codes import CodedSession
from holdfast.indicators.definition import Finding, Measure, indicator
from holdfast.indicators.indicator import Status, Unit
from holdfast.indicators.rates import share

NEEDED = 5


@indicator(
    title="Change talk among talk about change",
    unit=Unit.SHARE,
    of="utterances for or against change",
    minimum=NEEDED,
    status=Status.EXPERIMENTAL,
    not_meaning="Made for motivational interviewing about a habit; elsewhere it says little.",
)
def change_talk_share(coded: CodedSession) -> Finding:
    """Client's utterances for change, among those for or against it.

    Formula: ``change / (change + sustain)``; neutral talk is left out. Range: 0 to 1. Minimum:
    5 utterances for or against change. Does not mean: motivation, readiness or outcome.
    """
    return share(coded, "change_talk", "sustain_talk")


MEASURES: tuple[Measure, ...] = (change_talk_share,)
