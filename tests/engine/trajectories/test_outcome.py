"""Outcome signals: what they hold a course against, when they come, and when they keep quiet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.instruments import Instrument, load_instrument
from holdfast.trajectories import Course, Rating
from holdfast.trajectories.expected import ExpectedCourse
from holdfast.trajectories.outcome import outcome_signals, yardstick
from holdfast.trajectories.signals import Signal

PHQ9, CORE10, WHO5, CSI4 = map(load_instrument, ("phq-9", "core-10", "who-5", "csi-4"))
RELIABLE, CASENESS = 6, 10
USUAL = ExpectedCourse("phq-9", "1", 300, 2400, 15, (15, -2, 1, 0), (4, 0, 1), 9, 0, 27)
RATINGS = st.lists(st.one_of(st.none(), st.integers(0, 27)), min_size=1, max_size=14)


def course(*values: float | None, of: Instrument = PHQ9, first: int = 1) -> Course:
    scale = of.scale()
    ratings = tuple(Rating(session, value) for session, value in enumerate(values, start=first))
    return Course("c1", ratings, scale.lowest, scale.highest)


def signals(*values: float | None, of: Instrument = PHQ9) -> list[tuple[int, str]]:
    return [(one.session, one.name) for one in outcome_signals(course(*values, of=of), of)]


def sessions(name: str, *values: float | None, of: Instrument = PHQ9) -> list[int]:
    return [session for session, found in signals(*values, of=of) if found == name]


@pytest.mark.parametrize(("rise", "told"), [(5, False), (5.9, False), (6, True), (7, True)])
def test_worse_begins_at_the_reliable_change(rise: float, told: bool) -> None:
    assert bool(sessions("worse", 12, 12 + rise)) is told


def test_a_decimal_rise_of_exactly_the_reliable_change_is_worse() -> None:
    assert 10.7 - 4.7 < 6  # in binary, a hair is lost
    assert sessions("worse", 4.7, 10.7, of=CORE10) == [2]
    assert sessions("worse", 4.7, 10.6, of=CORE10) == []


@pytest.mark.parametrize("session", range(2, 13))
def test_worsening_is_told_at_any_session(session: int) -> None:
    steady = [5] * (session - 1)
    assert signals(*steady, 11) == [(session, "worse")]


def test_worsening_is_told_of_people_who_began_well() -> None:
    assert signals(0, 6) == [(2, "worse")]


@pytest.mark.parametrize("name", ["not_improving", "discuss"])
def test_a_lack_of_change_says_nothing_before_session_4(name: str) -> None:
    assert sessions(name, 20, 20, 20) == []
    assert sessions(name, 20, 20, 25) == []


@pytest.mark.parametrize(("fall", "told"), [(2, True), (2.9, True), (3, False), (4, False)])
def test_from_session_4_half_a_reliable_change_is_enough_to_keep_quiet(
    fall: float, told: bool
) -> None:
    assert bool(sessions("not_improving", 20, 20 - fall, 20 - fall, 20 - fall)) is told


def test_not_improving_begins_at_session_4() -> None:
    assert signals(20, 20, 20, 20) == [(4, "not_improving")]


@pytest.mark.parametrize(("fall", "told"), [(5, True), (5.9, True), (6, False), (7, False)])
def test_from_session_8_only_a_reliable_improvement_keeps_quiet(fall: float, told: bool) -> None:
    assert (sessions("discuss", 20, *[20 - fall] * 7) == [8]) is told
    assert sessions("discuss", 20, *[20 - fall] * 6) == []


def test_from_session_8_discuss_takes_the_place_of_not_improving() -> None:
    assert signals(*[20] * 12) == [(4, "not_improving"), (8, "discuss")]


@pytest.mark.parametrize(("start", "case"), [(9, False), (9.9, False), (10, True), (11, True)])
def test_only_people_who_began_at_caseness_can_lack_improvement(start: float, case: bool) -> None:
    found = yardstick(PHQ9, start)
    assert found is not None
    assert found.case is case
    assert bool(signals(*[start] * 8)) is case


@pytest.mark.parametrize("name", ["phq-8", "csi-4", "csi-16"])
def test_without_a_clinical_cut_off_nobody_is_said_to_lack_improvement(name: str) -> None:
    of = load_instrument(name)
    found = yardstick(of, of.scale().lowest)
    assert found is not None
    assert found.case is None
    for start in (of.scale().lowest, of.scale().highest):
        assert signals(*[start] * 12, of=of) == []


@pytest.mark.parametrize(("fall", "told"), [(3, False), (3.9, False), (4, True), (5, True)])
def test_where_higher_is_better_a_fall_is_worse(fall: float, told: bool) -> None:
    assert (signals(15, 15 - fall, of=CSI4) == [(2, "worse")]) is told
    assert signals(10, 10 + fall, of=CSI4) == []


def test_who_5_has_no_published_reliable_change_and_so_no_rule() -> None:
    assert yardstick(WHO5, 40) is None
    assert signals(80, 0, 0, 0, of=WHO5) == []


def test_who_5_below_its_expected_band_is_off_course_and_above_it_is_not() -> None:
    usual = ExpectedCourse("who-5", "1", 300, 2400, 40, (40, 8, 1, 0), (40, 0, 10), 90, 0, 100)
    band = usual.band(40, 2)
    for value, expected in (
        (band.low - 0.1, ["off_course"]),
        (band.low, []),
        (band.high, []),
        (band.high + 0.1, []),
    ):
        found = outcome_signals(course(40, value, of=WHO5), WHO5, usual)
        assert [one.name for one in found] == expected


def test_off_course_begins_beyond_the_worse_side_of_the_band() -> None:
    band = USUAL.band(15, 2)
    for value, told in ((band.high - 0.01, False), (band.high, False), (band.high + 0.01, True)):
        found = outcome_signals(course(15, value), PHQ9, USUAL)
        assert [one.name for one in found if one.name == "off_course"] == ["off_course"] * told
    assert not outcome_signals(course(15, 0), PHQ9, USUAL)


def test_an_expected_course_of_another_instrument_is_not_used() -> None:
    other = ExpectedCourse("gad-7", "1", 300, 2400, 15, (15, -2, 1, 0), (4, 0, 1), 9, 0, 21)
    assert outcome_signals(course(15, 20), PHQ9, other) == ()


def test_the_cases_of_the_rational_method() -> None:
    assert signals(17, 15, 12, 9) == []
    assert signals(12, 13, 18, 19) == [(3, "worse"), (4, "not_improving")]


def test_a_signal_is_given_once_while_it_lasts() -> None:
    assert sessions("worse", 5, 11, 12, 13, 11) == [2]


def test_a_signal_is_given_again_after_it_cleared() -> None:
    assert sessions("worse", 5, 11, 8, 12) == [2, 4]
    assert sessions("not_improving", 20, 20, 20, 20, 15, 20) == [4, 6]


def test_a_skipped_rating_neither_clears_a_signal_nor_counts_as_a_change() -> None:
    assert sessions("worse", 5, 11, None, 11) == [2]
    assert sessions("worse", 5, None, 11) == [3]


def test_sessions_count_although_their_rating_was_skipped() -> None:
    assert signals(20, None, None, 20) == [(4, "not_improving")]
    assert signals(20, *[None] * 6, 20) == [(8, "discuss")]


def test_the_start_is_the_first_rating_that_was_given() -> None:
    assert signals(None, None, 20, 20, 20, 20) == [(6, "not_improving")]


def test_one_rating_signals_nothing() -> None:
    assert signals(27) == signals(None) == signals() == []


def test_what_points_neither_way_signals_nothing() -> None:
    preferences = load_instrument("c-nip")
    assert yardstick(preferences, 0) is None
    assert signals(-15, 15, of=preferences) == []


def test_no_change_is_said_without_a_minus() -> None:
    gad7 = load_instrument("gad-7")
    for of, start in ((PHQ9, 20.0), (gad7, 20.0)):
        found = outcome_signals(course(*[start] * 8, of=of), of)
        assert all("+0 points" in one.reason for one in found)
    turned = yardstick(CSI4, 20.0)
    assert turned is not None
    assert f"{turned.improvement(20.0, 20.0):+.0f}" == "+0"


def test_the_reason_holds_the_figures() -> None:
    (worse,) = outcome_signals(course(5, 12), PHQ9)
    assert worse.figures == {"improvement": -7, "worsening": 7, "reliable": 6, "sessions": 2}
    assert "worse by 7 points; from 6 on" in worse.reason
    assert worse.attention == "alert"


def upto(found: tuple[Signal, ...], session: int) -> tuple[Signal, ...]:
    return tuple(one for one in found if one.session <= session)


@given(RATINGS, st.booleans())
def test_a_later_rating_never_changes_earlier_signals(
    values: list[int | None], fitted: bool
) -> None:
    usual = USUAL if fitted else None
    whole = course(*values)
    found = outcome_signals(whole, PHQ9, usual)
    for session in range(1, len(values) + 1):
        assert outcome_signals(whole.upto(session), PHQ9, usual) == upto(found, session)


@given(RATINGS)
def test_turning_the_scale_round_changes_no_signal(values: list[int | None]) -> None:
    turned = [None if value is None else 21 - min(value, 21) for value in values]
    kept = [None if value is None else min(value, 21) for value in values]
    gad7 = load_instrument("gad-7")
    assert sessions("worse", *kept, of=gad7) == sessions("worse", *turned, of=CSI4)


@given(RATINGS, st.integers(2, 30))
def test_where_sessions_begin_to_count_only_shifts_signals(
    values: list[int | None], first: int
) -> None:
    shifted = outcome_signals(course(*values, first=first), PHQ9)
    assert [(one.session - first + 1, one.name) for one in shifted] == signals(*values)
