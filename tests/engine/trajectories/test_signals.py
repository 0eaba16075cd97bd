from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.instruments.words import CHECKED
from holdfast.testing.courses import simulated_courses
from holdfast.trajectories import (
    Course,
    Rating,
    Setting,
    alliance_signals,
    load_rules,
    signals_of_all,
)
from holdfast.trajectories.cards import load_cards

SETTING = Setting(sd=1.2, mean=8.0, sem=0.6, p10=6.5)
POINTS = st.one_of(st.none(), st.floats(0, 10).map(lambda value: round(value, 1)))
RATINGS = st.lists(st.tuples(POINTS, POINTS, POINTS), max_size=14)
SILENT = {"setting", "usual_movement"}
ACCUSING = re.compile(r"\b(fail|fault|blame|wrong|bad|poor|must|should|warn|risk|worr)", re.I)


def course_of(rows: Sequence[tuple[float | None, float | None, float | None]]) -> Course:
    return Course(
        "c1",
        tuple(
            Rating(n, value, lowest_item=item, guess=guess)
            for n, (value, item, guess) in enumerate(rows, start=1)
        ),
    )


def simple(*values: float | None) -> Course:
    return course_of([(value, None, None) for value in values])


@given(RATINGS, st.integers(0, 14))
def test_what_is_signalled_depends_only_on_the_ratings_up_to_then(
    rows: list[tuple[float | None, float | None, float | None]], upto: int
) -> None:
    whole = alliance_signals(course_of(rows), SETTING)
    part = alliance_signals(course_of(rows[:upto]), SETTING)
    earlier = [signal for signal in whole if signal.session <= upto]
    assert [(one.name, one.session, one.reason) for one in part] == [
        (one.name, one.session, one.reason) for one in earlier
    ]


def test_many_courses_at_once_give_what_each_gives_alone() -> None:
    courses = [*simulated_courses(40, seed=4), simple(9, 9, 4), simple()]
    together = signals_of_all(courses, SETTING)
    for course, found in zip(courses, together, strict=True):
        alone = alliance_signals(course, SETTING)
        assert [(one.name, one.session, one.reason) for one in alone] == [
            (one.name, one.session, one.reason) for one in found
        ]


def test_the_golden_course_gives_a_strong_dip_with_its_figures() -> None:
    first = alliance_signals(simple(9, 9, 8, 5), SETTING)[0]
    assert (first.name, first.session, first.attention) == ("strong_dip", 4, "alert")
    assert first.figures == {"drop": 3.0, "usual": 1.2}


@pytest.mark.parametrize("values", [(), (9.0,), (None, None), (9.0, 9.0, 8.8, 9.1, 9.0)])
def test_a_quiet_or_empty_course_raises_no_alert(values: tuple[float | None, ...]) -> None:
    assert not [one for one in alliance_signals(simple(*values)) if one.attention == "alert"]


def test_sessions_keep_their_own_numbers() -> None:
    course = Course("c1", (Rating(3, 9.0), Rating(7, 9.0), Rating(12, 4.0)))
    assert {signal.session for signal in alliance_signals(course, SETTING)} == {12}


def test_every_rule_has_its_words_its_source_and_a_known_state() -> None:
    for name, rule in load_rules().items():
        assert rule.title, name
        assert rule.formula, name
        assert rule.source, name
        assert rule.not_meaning, name
        assert rule.checked in CHECKED.values(), name
        assert rule.attention in {"alert", "note"}, name
        assert bool(rule.says) == (name not in SILENT), name


def test_every_signal_has_a_card_and_every_alliance_card_a_signal() -> None:
    named = {rule.card for rule in load_rules().values() if rule.says}
    assert named == {one.name for one in load_cards().values() if one.about == "alliance"}


def test_no_reason_accuses_anybody() -> None:
    for rule in load_rules().values():
        assert not ACCUSING.search(rule.says), rule.name
        assert rule.says.count(". ") == 0, rule.name


def test_every_rule_that_speaks_is_heard_in_some_course_and_fills_in_its_figures() -> None:
    known = simulated_courses(1500, seed=9)
    found = [one for signals in signals_of_all(list(known), SETTING) for one in signals]
    assert {one.name for one in found} == set(load_rules()) - SILENT
    for one in found:
        assert "nan" not in one.reason
        assert "{" not in one.reason
        assert one.reason.endswith(".")


def test_another_scale_with_its_setting_gives_the_same_signals() -> None:
    rows = [9.0, 9.0, 8.0, 5.0, 5.0, 4.0, 5.0, 9.0]
    wider = Course(
        "c1", tuple(Rating(n, 4 * value) for n, value in enumerate(rows, 1)), highest=40.0
    )
    by_four = Setting(sd=4.8, mean=32.0, sem=2.4, p10=26.0)
    assert [(one.name, one.session) for one in alliance_signals(wider, by_four)] == [
        (one.name, one.session) for one in alliance_signals(simple(*rows), SETTING)
    ]
