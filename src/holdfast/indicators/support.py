"""Small signs of support, and phrases that may cost some: found by rules, for a person to judge.

Rules have no probability, so these counts have no interval.
"""

from __future__ import annotations

from holdfast.coding.codes import CodedSession
from holdfast.indicators.definition import Finding, Measure, indicator
from holdfast.indicators.indicator import Status, Unit
from holdfast.indicators.rates import count, with_rates

BY_RULES = " Counted by rules, so it has no interval."


@indicator(
    title="Encouragers",
    unit=Unit.COUNT,
    of="encouragers",
    not_meaning="Nods and looks leave no words, and many transcripts drop these." + BY_RULES,
)
def encouragers(coded: CodedSession) -> Finding:
    """Count the therapist's utterances that only encourage to go on ("mm-hm", "go on").

    Range: 0 upwards. Does not mean: attention; transcripts often drop encouragers.
    """
    return count(coded, "encourager")


@indicator(
    title="Asking for feedback",
    unit=Unit.COUNT,
    of="requests for feedback",
    status=Status.COACHING,
    not_meaning="It doesn't tell whether the client could answer freely." + BY_RULES,
)
def asking_for_feedback(coded: CodedSession) -> Finding:
    """Count the therapist's utterances that ask how the work or the relationship is for the client.

    Range: 0 upwards. Does not mean: that the client could answer freely.
    """
    return count(coded, "asking_for_feedback")


@indicator(
    title="Judging or arguing phrases",
    unit=Unit.COUNT,
    of="phrases",
    status=Status.EXPERIMENTAL,
    not_meaning="The words alone do not tell how they were meant or heard." + BY_RULES,
)
def judging_phrases(coded: CodedSession) -> Finding:
    """Count the therapist's utterances with a phrase that can sound judging or arguing.

    Range: 0 upwards. Does not mean: that the therapist judged; a person decides.
    """
    return count(coded, "judging")


@indicator(
    title="Early reassurance",
    unit=Unit.COUNT,
    of="phrases",
    status=Status.EXPERIMENTAL,
    not_meaning="Reassurance can be right; the words do not tell whether it came too early."
    + BY_RULES,
)
def premature_reassurance(coded: CodedSession) -> Finding:
    """Count the therapist's utterances with a phrase that can close a feeling ("don't worry").

    Range: 0 upwards. Does not mean: that the reassurance was wrong; a person decides.
    """
    return count(coded, "premature_reassurance")


MEASURES: tuple[Measure, ...] = with_rates(
    encouragers, asking_for_feedback, judging_phrases, premature_reassurance
)
