"""Reflections: giving back what was heard, and how that stands beside asking.

The reference lines are those of the Motivational Interviewing Treatment Integrity code (MITI
4.2.1): made for motivational interviewing, by expert opinion.
"""

from __future__ import annotations

from holdfast.coding.codes import CodedSession
from holdfast.indicators.definition import Finding, Measure, indicator
from holdfast.indicators.events import tally
from holdfast.indicators.indicator import Status, Unit
from holdfast.indicators.intervals import ratio_interval
from holdfast.indicators.rates import count, share, uncoded, with_rates

NEEDED = 5


@indicator(
    title="Reflections",
    unit=Unit.COUNT,
    of="reflections",
    status=Status.COACHING,
    not_meaning="It doesn't tell how well a reflection fitted, or if the client felt understood.",
)
def reflections(coded: CodedSession) -> Finding:
    """Count the therapist's utterances that hold a reflection, simple or complex.

    Range: 0 upwards. Does not mean: that the client felt understood.
    """
    return count(coded, "reflection")


@indicator(
    title="Reflections to questions",
    unit=Unit.RATIO,
    of="questions",
    minimum=NEEDED,
    status=Status.COACHING,
    source="MITI 4.2.1, reflection-to-question ratio",
    not_meaning="The lines were made for motivational interviewing and not tested for "
    "supportive therapy.",
)
def reflection_to_question_ratio(coded: CodedSession) -> Finding:
    """Utterances that hold a reflection, by utterances that hold a question.

    Formula: ``(simple + complex) / questions`` (MITI 4.2.1). An utterance that holds both
    counts on both sides. Range: 0 upwards. Minimum: 5 questions. Does not mean: that the
    session was good or poor; the lines are for motivational interviewing.
    """
    ours, theirs = tally(coded, "reflection"), tally(coded, "question")
    if ours is None or theirs is None:
        return uncoded()
    value = ours.heard / theirs.heard if theirs.heard else None
    return Finding(value, theirs.heard, ratio_interval(ours, theirs))


@indicator(
    title="Complex among reflections",
    unit=Unit.SHARE,
    of="reflections of a clear kind",
    minimum=NEEDED,
    status=Status.EXPERIMENTAL,
    source="MITI 4.2.1, percent complex reflections",
    not_meaning="People hardly agree on which reflections are complex; read it as a hint.",
)
def complex_reflection_share(coded: CodedSession) -> Finding:
    """Complex among the reflections whose kind is clear.

    Formula: ``complex / (simple + complex)`` (MITI 4.2.1). Range: 0 to 1. Minimum: 5
    reflections of a clear kind. Does not mean: depth of listening; raters of the reference
    sessions hardly agree on the kind.
    """
    return share(coded, "complex_reflection", "simple_reflection")


MEASURES: tuple[Measure, ...] = (
    *with_rates(reflections),
    reflection_to_question_ratio,
    complex_reflection_share,
)
