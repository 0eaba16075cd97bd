"""What a plan does to groups of those who wait: by language, by gender if told, by place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from holdfast_web.fit.matching import Group, Offer, Plan, Waiting, by_group
from holdfast_web.fit.models import Intake
from holdfast_web.fit.practical import LANGUAGES, PLACES

GENDERS = {"woman": "Women", "man": "Men", "another_gender": "Another gender"}


@dataclass(frozen=True, slots=True)
class Fairness:
    """Groups by one thing.

    Attributes
    ----------
    by
        What they differ in.
    groups
        In words, the largest first; groups of fewer than five are left out.
    """

    by: str
    groups: tuple[tuple[str, Group], ...]


def fairness_of(
    intakes: Sequence[Intake], waiting: Sequence[Waiting], offers: Sequence[Offer], plan: Plan
) -> tuple[Fairness, ...]:
    """Return what a plan does to groups.

    Parameters
    ----------
    intakes, waiting
        In the same order.
    """
    genders = {
        one.seeker.key: intake.said.get("answers", {}).get("gender")
        for intake, one in zip(intakes, waiting, strict=True)
    }

    def gender(one: Waiting) -> Iterable[str]:
        told = genders[one.seeker.key]
        return (told,) if told in GENDERS else ()

    kinds = (
        ("language", LANGUAGES, lambda one: one.seeker.languages),
        ("gender, where told", GENDERS, gender),
        ("place", PLACES, lambda one: one.seeker.places),
    )
    return tuple(
        Fairness(by, _in_words(by_group(waiting, offers, plan, groups_of), words))
        for by, words, groups_of in kinds
    )


def _in_words(groups: Iterable[Group], words: Mapping[str, str]) -> tuple[tuple[str, Group], ...]:
    return tuple((words[one.name], one) for one in groups)
