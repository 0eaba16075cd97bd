"""Is it right for me: the rules, what they come to, and which question comes next. All pure.

``facts_from`` makes facts of what was told; ``assess`` says what there is to think about, and
``kept`` and ``restored`` keep it as it was shown; ``next_step`` says what is asked next;
``questions_of`` and ``shipped_questions`` give our own words.
"""

from holdfast_web.fit.assessment.definition import Assessment, Reason, Source
from holdfast_web.fit.assessment.evaluate import assess
from holdfast_web.fit.assessment.facts import Facts
from holdfast_web.fit.assessment.gathering import facts_from
from holdfast_web.fit.assessment.keeping import kept, restored
from holdfast_web.fit.assessment.outcome import Outcome
from holdfast_web.fit.assessment.questions import Question, questions_of, shipped_questions
from holdfast_web.fit.assessment.steps import Step, next_step, steps_for

__all__ = [
    "Assessment",
    "Facts",
    "Outcome",
    "Question",
    "Reason",
    "Source",
    "Step",
    "assess",
    "facts_from",
    "kept",
    "next_step",
    "questions_of",
    "restored",
    "shipped_questions",
    "steps_for",
]
