"""Is it right for me: the rules, what they come to, and which question comes next. All pure."""

from holdfast_web.fit.assessment.definition import Assessment, Reason, Source
from holdfast_web.fit.assessment.evaluate import assess
from holdfast_web.fit.assessment.facts import Facts
from holdfast_web.fit.assessment.outcome import Outcome
from holdfast_web.fit.assessment.steps import Step, next_step, steps_for

__all__ = [
    "Assessment",
    "Facts",
    "Outcome",
    "Reason",
    "Source",
    "Step",
    "assess",
    "next_step",
    "steps_for",
]
