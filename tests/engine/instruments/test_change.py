"""Change: the golden cases, the figures derived from published ones, and what must always hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.instruments import load_instrument, reliable_points
from holdfast.instruments.change import (
    Direction,
    Significance,
    compare,
    norm_cutoffs,
    reliable_change_index,
    significance,
)
from holdfast.instruments.definition import Worse
from holdfast.instruments.library import shipped_names
from holdfast.instruments.scales import Sample

POINTING = [
    one
    for one in shipped_names()
    if load_instrument(one).scales and load_instrument(one).worse is not Worse.NEITHER
]


# Golden cases


def test_phq_9_from_17_to_9_is_8_points_better_and_reliable() -> None:
    change = compare(load_instrument("phq-9"), 17, 9)
    assert change.improvement == 8
    assert change.by("nhs") is Direction.BETTER
    assert change.by("jacobson-truax") is Direction.BETTER


def test_gad_7_from_13_to_9_is_4_points_better_and_just_reliable_for_the_nhs() -> None:
    change = compare(load_instrument("gad-7"), 13, 9)
    assert change.by("nhs") is Direction.BETTER
    assert change.by("jacobson-truax") is Direction.NEITHER


def test_pcl_5_from_40_to_27_is_judged_by_every_rule_side_by_side() -> None:
    change = compare(load_instrument("pcl-5"), 40, 27)
    assert change.improvement == 13
    assert {one.rule.name: one.direction.value for one in change.verdicts} == {
        "marx-15": "neither",
        "marx-18": "neither",
        "nhs": "better",
        "mid-9": "better",
        "mid-12": "better",
    }


def test_pcl_5_at_27_has_reached_the_end_state_without_a_reliable_change() -> None:
    scale = load_instrument("pcl-5").scale()
    change = compare(load_instrument("pcl-5"), 40, 27)
    end = scale.cutoff("end-state")
    assert (end.reached(change.before), end.reached(change.after)) == (False, True)
    assert significance(change, scale.change("marx-15"), end) is Significance.UNCHANGED


def test_core_10_from_19_7_to_12_is_improved_and_not_recovered() -> None:
    core = load_instrument("core-10")
    change, scale = compare(core, 19.7, 12), core.scale()
    assert change.improvement == pytest.approx(7.7)
    found = significance(change, scale.change("published"), scale.cutoff("clinical"))
    assert found is Significance.IMPROVED


def test_core_10_below_11_is_recovered() -> None:
    core = load_instrument("core-10")
    scale = core.scale()
    found = significance(
        compare(core, 19.7, 10.9), scale.change("published"), scale.cutoff("clinical")
    )
    assert found is Significance.RECOVERED


def test_core_10_cutoff_c_is_10_46_and_published_as_11() -> None:
    scale = load_instrument("core-10").scale()
    clinical, general = scale.sample("clinical"), scale.sample("general")
    assert clinical is not None
    assert general is not None
    assert norm_cutoffs(clinical, general).c == pytest.approx(10.46, abs=0.005)
    assert scale.cutoff("clinical").at == 11


# Figures derived from published ones


@pytest.mark.parametrize(
    ("sd", "reliability", "confidence", "points"),
    [
        (7.7, 0.90, 0.95, 6.75),
        (7.7, 0.90, 0.90, 5.66),
        (5.5, 0.84, 0.95, 6.1),
        (5.5, 0.86, 0.95, 5.7),
        (5.5, 0.89, 0.95, 5.1),
        (4.5, 0.92, 0.95, 3.5),
        (4.5, 0.83, 0.95, 5.1),
    ],
)
def test_points_of_a_reliable_change(
    sd: float, reliability: float, confidence: float, points: float
) -> None:
    places = 2 if points in {6.75, 5.66} else 1
    assert round(reliable_points(sd, reliability, confidence), places) == points


@pytest.mark.parametrize(("name", "b", "c"), [("phq-9", 9.9, 7.8), ("gad-7", 9.75, 7.7)])
def test_cutoffs_from_norms(name: str, b: float, c: float) -> None:
    scale = load_instrument(name).scale()
    clinical, general = scale.sample("clinical"), scale.sample("general")
    assert clinical is not None
    assert general is not None
    cutoffs = norm_cutoffs(clinical, general)
    assert cutoffs.b == pytest.approx(b, abs=0.05)
    assert cutoffs.c == pytest.approx(c, abs=0.05)
    assert cutoffs.a == pytest.approx(clinical.mean - 2 * clinical.sd)


def test_cutoffs_of_a_scale_on_which_lower_is_worse_lie_on_the_other_side() -> None:
    clinical = Sample("clinical", "In treatment", "clinical", 40, 10, None, "x")
    general = Sample("general", "Others", "general", 70, 20, None, "x")
    cutoffs = norm_cutoffs(clinical, general)
    assert (cutoffs.a, cutoffs.b, cutoffs.c) == (60, 30, 50)


def test_the_error_of_a_difference_in_the_core_10_is_3_44() -> None:
    assert -1 / reliable_change_index(1, 0, sd=7.7, reliability=0.9) == pytest.approx(
        3.44, abs=0.01
    )


@pytest.mark.parametrize(("sd", "reliability"), [(0, 0.9), (-1, 0.9), (5, 1), (5, 1.2), (5, -0.1)])
def test_an_impossible_error_is_refused(sd: float, reliability: float) -> None:
    with pytest.raises(ValueError, match="expected a positive sd"):
        reliable_change_index(1, 2, sd, reliability)


@pytest.mark.parametrize("confidence", [0, 1, 95])
def test_an_impossible_confidence_is_refused(confidence: float) -> None:
    with pytest.raises(ValueError, match="confidence"):
        reliable_points(5.5, 0.84, confidence)


# Classes of Jacobson & Truax


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (17, 9, Significance.RECOVERED),
        (17, 10, Significance.IMPROVED),
        (17, 11, Significance.IMPROVED),
        (17, 12, Significance.UNCHANGED),
        (12, 9, Significance.UNCHANGED),  # crossed, and not by enough
        (9, 3, Significance.IMPROVED),  # never on the clinical side
        (9, 15, Significance.DETERIORATED),
        (9, 14, Significance.UNCHANGED),
        (9, 9, Significance.UNCHANGED),
    ],
)
def test_phq_9_by_the_nhs_rule_and_caseness(
    before: float, after: float, expected: Significance
) -> None:
    phq9 = load_instrument("phq-9")
    scale = phq9.scale()
    change = compare(phq9, before, after)
    assert significance(change, scale.change("nhs"), scale.cutoff("caseness")) is expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (50, 28, Significance.RECOVERED),
        (50, 29, Significance.IMPROVED),
        (28, 10, Significance.IMPROVED),
        (28, 50, Significance.DETERIORATED),
    ],
)
def test_a_cutoff_that_names_the_healthy_side_is_crossed_by_entering_it(
    before: float, after: float, expected: Significance
) -> None:
    pcl5 = load_instrument("pcl-5")
    scale = pcl5.scale()
    change = compare(pcl5, before, after)
    assert significance(change, scale.change("marx-18"), scale.cutoff("end-state")) is expected


def test_who_5_rises_when_somebody_gets_better() -> None:
    who = load_instrument("who-5")
    scale = who.scale()
    change = compare(who, 40, 60)
    assert change.improvement == 20
    assert change.by("who") is Direction.BETTER
    found = significance(change, scale.change("who"), scale.cutoff("poor"))
    assert found is Significance.RECOVERED


def test_a_difference_of_two_decimals_is_what_it_is_on_paper() -> None:
    assert 8.2 - 2.2 < 6
    assert compare(load_instrument("core-10"), 8.2, 2.2).by("published") is Direction.BETTER


# Refusals


def test_numbers_that_point_neither_way_have_no_better() -> None:
    with pytest.raises(ValueError, match="neither better nor worse"):
        compare(load_instrument("c-nip"), 3, 5)


@pytest.mark.parametrize(("before", "after"), [(28, 9), (9, -1), (float("nan"), 9)])
def test_a_score_outside_its_range_is_refused(before: float, after: float) -> None:
    with pytest.raises(ValueError, match="outside its range of 0 to 27"):
        compare(load_instrument("phq-9"), before, after)


def test_a_rule_or_scale_that_is_not_there_is_refused() -> None:
    phq9 = load_instrument("phq-9")
    with pytest.raises(KeyError):
        compare(phq9, 17, 9).by("no-such-rule")
    with pytest.raises(KeyError):
        compare(phq9, 1, 0, scale="no-such-scale")


# What always holds

MIRROR = {
    Direction.BETTER: Direction.WORSE,
    Direction.WORSE: Direction.BETTER,
    Direction.NEITHER: Direction.NEITHER,
}


@pytest.mark.parametrize("name", POINTING)
@given(st.data())
def test_the_way_back_is_the_mirror_of_the_way_there(name: str, data: st.DataObject) -> None:
    instrument = load_instrument(name)
    scale = instrument.scale()
    inside = st.integers(int(scale.lowest), int(scale.highest))
    before, after = data.draw(inside), data.draw(inside)
    there, back = compare(instrument, before, after), compare(instrument, after, before)
    assert there.improvement == -back.improvement
    assert [MIRROR[one.direction] for one in there.verdicts] == [
        one.direction for one in back.verdicts
    ]
