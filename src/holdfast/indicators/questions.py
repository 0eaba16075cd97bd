"""Questions, and how many of them leave the answer open."""

from __future__ import annotations

from holdfast.coding.codes import CodedSession
from holdfast.indicators.definition import Finding, Measure, indicator
from holdfast.indicators.indicator import Status, Unit
from holdfast.indicators.rates import count, share, with_rates

NEEDED = 5


@indicator(
    title="Questions",
    unit=Unit.COUNT,
    of="questions",
    status=Status.COACHING,
    not_meaning="It doesn't tell whether they helped; a session may need many or few.",
)
def questions(coded: CodedSession) -> Finding:
    """Count the therapist's utterances that hold a question, open or closed.

    Range: 0 upwards. Does not mean: interest, or interrogation.
    """
    return count(coded, "question")


@indicator(
    title="Open among questions",
    unit=Unit.SHARE,
    of="questions of a clear kind",
    minimum=NEEDED,
    status=Status.COACHING,
    not_meaning="A closed question is not a mistake: some things have to be asked plainly.",
)
def open_question_share(coded: CodedSession) -> Finding:
    """Open among the questions whose kind is clear.

    Formula: ``open / (open + closed)``. Range: 0 to 1. Minimum: 5 questions of a clear kind.
    Does not mean: that the client felt free to answer.
    """
    return share(coded, "open_question", "closed_question")


MEASURES: tuple[Measure, ...] = (*with_rates(questions), open_question_share)
