"""A course in plain words for its client: what its change means, no diagnosis, no verdict."""

from __future__ import annotations

from dataclasses import dataclass

from holdfast_web.engine.courses import CourseView

MEANS = {
    "recovered": "That is more than this questionnaire changes by itself.",
    "improved": "That is more than this questionnaire changes by itself.",
    "unchanged": "A change of this size may come from the questionnaire itself, which isn’t "
    "more exact.",
    "deteriorated": "That is more than this questionnaire changes by itself. It can have many "
    "reasons, and it is worth talking about.",
}
UNKNOWN = "Whether a change of this size means anything isn’t known for this questionnaire."


@dataclass(frozen=True, slots=True)
class Followed:
    """A course, and in plain words what its change means.

    Attributes
    ----------
    rated
        How often it was answered.
    change
        The last answer beside the first; empty where there are not two.
    means
        Whether that is more than the questionnaire changes by itself.
    """

    view: CourseView
    rated: int
    change: str
    means: str


def followed(view: CourseView) -> Followed:
    """Return a course with its change in plain words."""
    rated = sum(row.value is not None for row in view.rows)
    change = view.trajectory.change
    if change is None or view.change_in_words is None:
        return Followed(view, rated, "", "")
    first_sentence = view.change_in_words.partition(". ")[0].removesuffix(".")
    significance = view.trajectory.significance
    means = UNKNOWN if significance is None else MEANS[significance.value]
    return Followed(view, rated, f"{first_sentence}.", means if change.improvement else "")
