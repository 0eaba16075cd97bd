"""A trajectory: signals, change, episodes and bands of everything that one client rated."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.examples import PHQ9_ANSWERS, RATINGS
from holdfast.instruments import Instrument, SafetyFlag, load_instrument
from holdfast.instruments.change import Significance
from holdfast.instruments.rows import read_rows
from holdfast.trajectories import Course, Rating, Setting, alliance_signals, episodes
from holdfast.trajectories.expected import ExpectedCourse
from holdfast.trajectories.outcome import outcome_signals
from holdfast.trajectories.reading import Case, read_cases
from holdfast.trajectories.trajectory import CaseTrajectories, Trajectory, follow, follow_all

PHQ9, CHECK_IN, GAD7 = map(load_instrument, ("phq-9", "check-in", "gad-7"))
USUAL = ExpectedCourse("phq-9", "1", 300, 2400, 15, (15, -2, 1, 0), (4, 0, 1), 9, 0, 27)
FLAG = SafetyFlag("q9", 1, "alert", "Thoughts")
POINTS = st.lists(st.one_of(st.none(), st.integers(0, 10)), max_size=10)


def course(of: Instrument, *values: float | None, first: int = 1) -> Course:
    scale = of.scale()
    ratings = tuple(Rating(session, value) for session, value in enumerate(values, start=first))
    return Course("A", ratings, scale.lowest, scale.highest)


def case(*pairs: tuple[Instrument, Course], client: str = "A") -> Case:
    return Case(client, pairs)


def one(of: Instrument, *values: float | None, **options: object) -> Trajectory:
    followed = follow(case((of, course(of, *values))), **options)  # type: ignore[arg-type]
    (found,) = followed.trajectories
    return found


# The relationship


def test_a_check_in_has_the_alliance_signals_episodes_and_gap_and_no_change() -> None:
    ratings = tuple(Rating(n, value, guess=9) for n, value in enumerate((9, 9, 8, 3, 4, 8), 1))
    whole = Course("A", ratings, 0, 10)
    (found,) = follow(case((CHECK_IN, whole))).trajectories
    assert found.alliance
    assert found.signals == alliance_signals(whole)
    assert found.episodes == episodes(whole, Setting.of())
    assert found.gap is not None
    assert found.gap.n == 6
    assert (found.change, found.significance, found.bands) == (None, None, ())


def test_a_practices_own_setting_decides_what_a_dip_is() -> None:
    values = (9.0, 9.0, 9.0, 7.0)
    usual = {each.name for each in one(CHECK_IN, *values).signals}
    wide = one(CHECK_IN, *values, setting=Setting(sd=4, mean=7, sem=2))
    assert "dip" in usual
    assert wide.signals == ()


def test_an_expected_course_is_not_held_against_a_check_in() -> None:
    usual = ExpectedCourse("check-in", "1", 300, 2400, 9, (9, 0, 1, 0), (0, 0, 0), 0.1, 0, 10)
    found = one(CHECK_IN, 9, 9, 9, expected=usual)
    assert (found.signals, found.bands) == ((), ())


# The outcome


@pytest.mark.parametrize(
    ("values", "improvement", "significance"),
    [
        ((17, 15, 12, 9), 8, Significance.RECOVERED),
        ((20, 18, 14), 6, Significance.IMPROVED),
        ((12, 11, 9), 3, Significance.UNCHANGED),
        ((12, 13, 18, 19), -7, Significance.DETERIORATED),
        ((17, None, 9, None), 8, Significance.RECOVERED),
        ((None, 17, 9), 8, Significance.RECOVERED),
    ],
)
def test_change_is_the_last_rating_against_the_first_that_was_given(
    values: tuple[float | None, ...], improvement: float, significance: Significance
) -> None:
    found = one(PHQ9, *values)
    assert found.change is not None
    assert (found.change.improvement, found.significance) == (improvement, significance)
    assert not found.alliance
    assert found.signals == outcome_signals(found.course, PHQ9)


@pytest.mark.parametrize("values", [(), (None,), (17,), (None, 17, None)])
def test_before_a_second_rating_there_is_no_change(values: tuple[float | None, ...]) -> None:
    found = one(PHQ9, *values)
    assert (found.change, found.significance, found.signals) == (None, None, ())


@pytest.mark.parametrize("name", ["who-5", "phq-8", "csi-4"])
def test_without_both_a_reliable_change_and_a_clinical_cut_off_there_is_no_class(
    name: str,
) -> None:
    of = load_instrument(name)
    found = one(of, of.scale().highest, of.scale().lowest)
    assert found.change is not None
    assert found.significance is None


def test_what_points_neither_way_has_ratings_and_no_change() -> None:
    found = one(load_instrument("c-nip"), -5, 5)
    assert (found.change, found.significance, found.signals) == (None, None, ())
    assert found.course.values == (-5, 5)


def test_the_band_stands_beside_each_later_rating_and_the_signal_with_it() -> None:
    found = one(PHQ9, 15, None, 22, expected=USUAL)
    assert found.bands == (None, USUAL.band(15, 2), USUAL.band(15, 3))
    assert [(each.session, each.name) for each in found.signals] == [
        (3, "worse"),
        (3, "off_course"),
    ]


def test_the_band_counts_from_the_first_rating_that_was_given() -> None:
    whole = course(PHQ9, None, 15, 14, first=4)
    (found,) = follow(case((PHQ9, whole)), expected=USUAL).trajectories
    assert found.bands == (None, None, USUAL.band(15, 2))


@pytest.mark.parametrize("values", [(), (None, None)])
def test_a_course_without_a_rating_has_no_band(values: tuple[None, ...]) -> None:
    assert one(PHQ9, *values, expected=USUAL).bands == ()


def test_an_expected_course_is_for_its_own_instrument_only() -> None:
    assert one(GAD7, 15, 15, 20, expected=USUAL).bands == ()


# All of one client, and many clients


def test_the_relationship_comes_first_and_safety_is_kept() -> None:
    whole = Case(
        "A",
        ((PHQ9, course(PHQ9, 17, 9)), (CHECK_IN, course(CHECK_IN, 9, 9))),
        safety=((3, FLAG),),
    )
    found = follow(whole)
    assert [each.instrument.name for each in found.trajectories] == ["check-in", "phq-9"]
    assert (found.client, found.safety) == ("A", ((3, FLAG),))


def test_alerts_are_those_of_all_ratings_the_latest_first() -> None:
    whole = case(
        (PHQ9, course(PHQ9, 5, 11, 12)),
        (CHECK_IN, course(CHECK_IN, 9, 9, 9, 9, 2)),
    )
    alerts = follow(whole).alerts
    assert {each.attention for each in alerts} == {"alert"}
    assert [each.session for each in alerts] == sorted((e.session for e in alerts), reverse=True)
    assert alerts[0].session == 5
    assert alerts[-1].name == "worse"


def test_nobody_has_no_trajectories() -> None:
    assert follow_all(()) == ()
    assert follow(Case("A", ())) == CaseTrajectories("A", ())


@given(st.lists(st.tuples(POINTS, POINTS), max_size=4))
def test_many_clients_at_once_are_followed_as_each_alone(
    rows: list[tuple[list[int | None], list[int | None]]],
) -> None:
    cases = [
        case((PHQ9, course(PHQ9, *outcome)), (CHECK_IN, course(CHECK_IN, *alliance)), client=str(n))
        for n, (alliance, outcome) in enumerate(rows)
    ]
    together = follow_all(cases, expected=USUAL)
    assert together == tuple(follow(each, expected=USUAL) for each in cases)


@given(POINTS, POINTS)
def test_what_is_told_of_a_session_does_not_change_with_later_ones(
    alliance: list[int | None], outcome: list[int | None]
) -> None:
    whole = (PHQ9, course(PHQ9, *outcome)), (CHECK_IN, course(CHECK_IN, *alliance))
    told = [each for each in _signals(follow(case(*whole), expected=USUAL)) if each[0] <= 5]
    early = [(of, rated.upto(5)) for of, rated in whole]
    assert _signals(follow(case(*early), expected=USUAL)) == told


def _signals(found: CaseTrajectories) -> list[tuple[int, str, str]]:
    signals = chain.from_iterable(each.signals for each in found.trajectories)
    return [(each.session, each.name, each.reason) for each in signals]


def test_the_examples_tell_what_the_walk_says() -> None:
    check_in = follow(read_cases(read_rows(RATINGS)).cases[0])
    (found,) = check_in.trajectories
    assert [(each.start, each.status, each.repaired_at) for each in found.episodes] == [
        (6, "repaired", 9)
    ]
    phq9 = follow(read_cases(read_rows(PHQ9_ANSWERS), default="phq-9").cases[0])
    assert phq9.trajectories[0].significance is Significance.RECOVERED
    assert [session for session, _ in phq9.safety] == [6]
