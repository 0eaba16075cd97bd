"""Makes facts of what somebody has told and filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from holdfast_web.engine.scoring import Answers, work_out
from holdfast_web.fit.assessment.facts import Facts
from holdfast_web.fit.assessment.questions import flags_of, shipped_questions

ADULT = 18
ITEMS = ("phq-9.q9", "pcl-5.q16", *(f"c-ssrs.q{n}" for n in range(1, 7)), "c-ssrs.q6_recent")
"""Single answers that rules look at."""


def facts_from(
    told: Mapping[str, object],
    sheets: Mapping[str, Answers],
    problems: Sequence[str] = (),
    *,
    youngest: int = ADULT,
) -> Facts:
    """Return what is known of somebody.

    Parameters
    ----------
    told
        Answers to our own questions by key, as :func:`flags_of` takes them; ``age`` a number.
    sheets
        Answers by instrument, handed in or not.
    problems
        What brings them, the most important first; unknown keys are left out.
    youngest
        From which age on the practice sees people.

    Raises
    ------
    AnswersRefused
        If a sheet has an answer that its instrument doesn't know.

    Examples
    --------
    >>> facts = facts_from({"afraid": "no", "age": 17}, {"phq-9": {"q9": 0}}, ["grief"])
    >>> facts.scores["phq-9"], facts.scores["phq-9.q9"], facts.flags["too_young"], facts.main
    (None, 0, True, 'grief')
    """
    known = shipped_questions()
    flags: dict[str, bool | None] = {"too_young": _too_young(told.get("age"), youngest)}
    for question in known.questions:
        flags |= flags_of(question, told.get(question.key))
    keys = {one.key for one in known.problems}
    return Facts(
        scores=_scores(sheets),
        flags=flags,
        problems=tuple(one for one in dict.fromkeys(problems) if one in keys),
    )


def _too_young(age: object, youngest: int) -> bool | None:
    if isinstance(age, bool) or not isinstance(age, int | float):
        return None
    return age < youngest


def _scores(sheets: Mapping[str, Answers]) -> dict[str, float | None]:
    scores: dict[str, float | None] = {
        name: work_out(name, answers).value for name, answers in sheets.items()
    }
    for name in ITEMS:
        instrument, _, item = name.partition(".")
        value = sheets.get(instrument, {}).get(item)
        scores[name] = value if isinstance(value, int | float) else None
    return scores
