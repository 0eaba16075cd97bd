"""Guidance: information and advice that the therapist gives."""

from __future__ import annotations

from holdfast.coding.codes import CodedSession
from holdfast.indicators.definition import Finding, Measure, indicator
from holdfast.indicators.indicator import Status, Unit
from holdfast.indicators.rates import count, with_rates


@indicator(
    title="Giving information",
    unit=Unit.COUNT,
    of="utterances",
    status=Status.COACHING,
    not_meaning="It doesn't tell whether it was wanted, understood or of use.",
)
def information(coded: CodedSession) -> Finding:
    """Count the therapist's utterances that give information.

    Range: 0 upwards. Does not mean: that it was wanted or of use.
    """
    return count(coded, "information")


@indicator(
    title="Giving advice",
    unit=Unit.COUNT,
    of="utterances",
    status=Status.COACHING,
    not_meaning="It doesn't tell whether it was asked for, or whether it fitted.",
)
def advice(coded: CodedSession) -> Finding:
    """Count the therapist's utterances that give advice, asked for or not.

    Range: 0 upwards. Does not mean: that it was unwanted; permission is not coded.
    """
    return count(coded, "advice")


MEASURES: tuple[Measure, ...] = with_rates(information, advice)
