"""NHS Talking Therapies: recovery and reliable change over two measures at once."""

from __future__ import annotations

import pytest

from holdfast.instruments import InstrumentError, load_instrument
from holdfast.instruments.talking_therapies import Pair, TreatmentCourse, talking_therapies


def course(
    phq9: tuple[float, float], gad7: tuple[float, float], anxiety: str = "gad-7"
) -> TreatmentCourse:
    return talking_therapies(
        Pair(load_instrument("phq-9"), *phq9), Pair(load_instrument(anxiety), *gad7)
    )


def test_phq_9_17_to_9_and_gad_7_13_to_9_is_improved_and_not_recovered() -> None:
    found = course((17, 9), (13, 9))
    assert found.case
    assert found.reliably_improved
    assert found.recovered is False
    assert found.reliably_recovered is False
    assert not found.reliably_deteriorated


@pytest.mark.parametrize(
    ("phq9", "gad7", "case", "recovered"),
    [
        ((10, 9), (0, 0), True, True),
        ((9, 9), (8, 7), True, True),
        ((9, 0), (7, 0), False, None),
        ((10, 10), (0, 0), True, False),
        ((10, 9), (7, 8), True, False),
        ((17, 9), (13, 7), True, True),
    ],
)
def test_recovery_needs_a_case_at_the_start_and_both_below_at_the_end(
    phq9: tuple[float, float], gad7: tuple[float, float], case: bool, recovered: bool | None
) -> None:
    found = course(phq9, gad7)
    assert (found.case, found.recovered) == (case, recovered)


@pytest.mark.parametrize(
    ("phq9", "gad7", "improved", "deteriorated"),
    [
        ((16, 10), (10, 10), True, False),
        ((16, 11), (10, 10), False, False),
        ((16, 16), (10, 6), True, False),
        ((16, 16), (10, 7), False, False),
        ((16, 10), (10, 13), True, False),
        ((16, 10), (10, 14), False, False),  # one better, one worse: neither
        ((10, 16), (10, 10), False, True),
        ((10, 16), (10, 6), False, False),
        ((10, 16), (6, 10), False, True),
        ((10, 10), (10, 14), False, True),
    ],
)
def test_reliable_change_is_better_on_one_and_worse_on_none(
    phq9: tuple[float, float], gad7: tuple[float, float], improved: bool, deteriorated: bool
) -> None:
    found = course(phq9, gad7)
    assert (found.reliably_improved, found.reliably_deteriorated) == (improved, deteriorated)


def test_reliable_recovery_is_both() -> None:
    assert course((17, 9), (13, 7)).reliably_recovered is True
    assert course((10, 9), (8, 7)).reliably_recovered is False
    assert course((9, 1), (7, 1)).reliably_recovered is None


def test_pcl_5_takes_the_place_of_gad_7_with_its_own_figures() -> None:
    found = course((9, 9), (32, 22), "pcl-5")
    assert (found.case, found.recovered, found.reliably_improved) == (True, True, True)
    assert course((9, 9), (31, 22), "pcl-5").case is False


@pytest.mark.parametrize("name", ["who-5", "core-10", "phq-8", "c-nip", "c-ssrs", "check-in"])
def test_an_instrument_without_the_nhs_figures_is_refused_with_what_to_take(name: str) -> None:
    with pytest.raises(InstrumentError, match="PHQ-9 or GAD-7"):
        course((9, 9), (4, 4), name)


def test_what_points_neither_way_is_named_with_what_it_lacks() -> None:
    with pytest.raises(InstrumentError) as refused:
        course((9, 9), (0, 0), "c-nip")
    assert str(refused.value).startswith("C-NIP has no rule of change named nhs")
