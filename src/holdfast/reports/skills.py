"""The indicators as a reader meets them: a count with its rate beside it, family by family."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from holdfast.indicators.indicator import Indicator
from holdfast.indicators.rates import uncoded
from holdfast.reports.accuracy import Accuracy, accuracy_of

RATES = ("_per_10_minutes", "_per_1000_words")

FAMILIES = {
    "reflections": "Reflecting",
    "giving_back": "Giving back",
    "uptake": "Taking up what was said",
    "questions": "Asking",
    "openings": "Openings for empathy",
    "support": "Supporting",
    "guidance": "Telling and advising",
    "emotions": "Feelings in the client's words",
    "talk_types": "Talk about change",
    "talk": "Sharing the talk",
    "timing": "Time and silence",
    "style": "Finding a common language",
    "entrainment": "Finding a common language",
}
"""Families in reading order, with their headings."""

KEY = (
    "reflections",
    "complex_reflection_share",
    "reflection_to_question_ratio",
    "reflections_of_feelings",
    "open_question_share",
    "advice",
    "asking_for_feedback",
    "judging_phrases",
)
"""What the terminal's one screen has room for."""

UNCODED = uncoded().missing
HARDLY = 0.1
"""Recall below which the coder finds a code so rarely that its count would say nothing."""


@dataclass(frozen=True, slots=True)
class Skill:
    """An indicator with the rate that belongs to it, if there is one.

    ``compared`` is the one of the two that reference sessions can be held against: sessions
    differ in length, so a bare count can't.
    """

    indicator: Indicator
    rate: Indicator | None = None

    @property
    def compared(self) -> Indicator:
        """Return the indicator whose reference is to be shown."""
        has_reference = self.rate is not None and self.rate.reference is not None
        return self.rate if self.rate is not None and has_reference else self.indicator


def pair_rates(indicators: Iterable[Indicator]) -> tuple[Skill, ...]:
    """Lay each count's rate beside it; the first that has a value, by time before by words."""
    by_name = {indicator.name: indicator for indicator in indicators}
    return tuple(
        Skill(indicator, _rate_of(name, by_name))
        for name, indicator in by_name.items()
        if not name.endswith(RATES) or _base(name) not in by_name
    )


def _base(name: str) -> str:
    return name.rpartition("_per_")[0]


def _rate_of(name: str, by_name: Mapping[str, Indicator]) -> Indicator | None:
    rates = [by_name[name + suffix] for suffix in RATES if name + suffix in by_name]
    return next((rate for rate in rates if rate.value is not None), None)


def by_heading(
    indicators: Iterable[Indicator], accuracy: Mapping[str, Accuracy]
) -> dict[str, list[Skill]]:
    """Group skills under their headings, in reading order; unknown families come last.

    What asks for a code that the session's coder doesn't hear, or hardly ever, is left out.
    """
    skills = pair_rates(one for one in indicators if _heard(one, accuracy))
    order = list(FAMILIES)
    families = sorted(
        {skill.indicator.family: None for skill in skills},
        key=lambda family: order.index(family) if family in order else len(order),
    )
    grouped: dict[str, list[Skill]] = {}
    for family in families:
        heading = FAMILIES.get(family, family.replace("_", " ").capitalize())
        members = [skill for skill in skills if skill.indicator.family == family]
        grouped.setdefault(heading, []).extend(members)
    return grouped


def _heard(indicator: Indicator, accuracy: Mapping[str, Accuracy]) -> bool:
    recall = accuracy_of(indicator, accuracy).recall
    return indicator.missing != UNCODED and (recall is None or recall >= HARDLY)


def key_skills(
    indicators: Iterable[Indicator], accuracy: Mapping[str, Accuracy]
) -> tuple[Skill, ...]:
    """Return the skills for one screen, in :data:`KEY`'s order; the first few if none is known."""
    skills = pair_rates(one for one in indicators if _heard(one, accuracy))
    by_name = {skill.indicator.name: skill for skill in skills}
    return tuple(by_name[name] for name in KEY if name in by_name) or skills[: len(KEY)]
