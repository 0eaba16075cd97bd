"""Guidance: information and advice that the therapist gives, and whether leave was asked."""

from __future__ import annotations

from holdfast.coding.codes import CodedSession
from holdfast.indicators.definition import Finding, Measure, indicator
from holdfast.indicators.indicator import Status, Unit
from holdfast.indicators.rates import count, share, with_rates

NEEDED = 5
PERMISSION = "Advice with and without permission as in motivational interviewing; labels of our own"


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

    Range: 0 upwards. Does not mean: that it was unwanted; the suggestions below tell more.
    """
    return count(coded, "advice")


@indicator(
    title="Suggestions with permission",
    unit=Unit.COUNT,
    of="suggestions",
    status=Status.EXPERIMENTAL,
    source=PERMISSION,
    not_meaning="A client who says yes may still not want it.",
)
def suggestions_with_permission(coded: CodedSession) -> Finding:
    """Count the utterances that suggest something the client asked for, or may leave.

    Range: 0 upwards. Does not mean: that the client was free to say no.
    """
    return count(coded, "suggestion_with_permission")


@indicator(
    title="Suggestions without permission",
    unit=Unit.COUNT,
    of="suggestions",
    status=Status.EXPERIMENTAL,
    source=PERMISSION,
    not_meaning="It is no fault: some things have to be said unasked, and may be welcome.",
)
def suggestions_without_permission(coded: CodedSession) -> Finding:
    """Count the utterances that suggest something unasked, with nothing said of leaving it.

    Range: 0 upwards. Does not mean: that it was unwelcome, or wrong.
    """
    return count(coded, "suggestion_without_permission")


@indicator(
    title="Without permission among suggestions",
    unit=Unit.SHARE,
    of="suggestions of a clear kind",
    minimum=NEEDED,
    status=Status.EXPERIMENTAL,
    source=PERMISSION,
    not_meaning="It doesn't tell whether the client minded; leave given in a look has no words.",
)
def suggestions_without_permission_share(coded: CodedSession) -> Finding:
    """Divide the suggestions without permission by those of a clear kind.

    Formula: ``without / (with + without)``. Range: 0 to 1. Minimum: 5 suggestions of a clear kind.
    Does not mean: that the client minded.
    """
    return share(coded, "suggestion_without_permission", "suggestion_with_permission")


@indicator(
    title="Permission asked",
    unit=Unit.COUNT,
    of="utterances",
    status=Status.EXPERIMENTAL,
    source="Motivational interviewing; definition of our own",
    not_meaning="It doesn't tell whether a no would have been heeded.",
)
def permission_asked(coded: CodedSession) -> Finding:
    """Count the utterances that ask whether the client wants to hear, be asked or do something.

    Range: 0 upwards. Does not mean: that a no would have been heeded.
    """
    return count(coded, "asking_permission")


MEASURES: tuple[Measure, ...] = (
    *with_rates(
        information,
        advice,
        suggestions_with_permission,
        suggestions_without_permission,
        permission_asked,
    ),
    suggestions_without_permission_share,
)
