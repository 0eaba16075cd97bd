"""A few lines for each form, written from its published table, come to the same on any answers."""

from __future__ import annotations

import random
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from holdfast.instruments import Score, load_instrument, reliable_points, score

_PLACE = Path(__file__).parent / "second_opinion" / "scoring.py"
_SPEC = spec_from_file_location("second_opinion_scoring", _PLACE)
assert _SPEC is not None
assert _SPEC.loader is not None
by_hand = module_from_spec(_SPEC)
_SPEC.loader.exec_module(by_hand)

TIMES = 400


def both(name: str, items: int, low: int, high: int) -> Iterator[tuple[list[int], Score]]:
    """Yield random answers, many of them near one end, and what Holdfast makes of them."""
    rng = random.Random(name)  # noqa: S311 - repeatable, not secret
    instrument = load_instrument(name)
    for _ in range(TIMES):
        most = rng.randint(low, high)
        answers = [rng.randint(low, most) for _ in range(items)]
        yield answers, score(instrument, {f"q{n}": one for n, one in enumerate(answers, start=1)})


def reached(result: Score) -> set[str]:
    return {one.name for one in result.scales[0].cutoffs}


def test_phq_9() -> None:
    for answers, result in both("phq-9", 9, 0, 3):
        case, alert = "caseness" in reached(result), bool(result.safety)
        assert (result.total, result.scales[0].band, case, alert) == by_hand.phq9(answers)
        assert result.findings[0].holds is by_hand.phq9_major(answers)


def test_gad_7() -> None:
    for answers, result in both("gad-7", 7, 0, 3):
        case = "caseness" in reached(result)
        assert (result.total, result.scales[0].band, case) == by_hand.gad7(answers)


def test_pcl_5() -> None:
    for answers, result in both("pcl-5", 20, 0, 4):
        total, *clusters = (one.value for one in result.scales)
        found = (total, clusters, result.findings[0].holds, bool(result.safety))
        assert found == by_hand.pcl5(answers)


def test_who_5() -> None:
    for answers, result in both("who-5", 5, 0, 5):
        assert (result.total, "poor" in reached(result)) == by_hand.who5(answers)


def test_core_10() -> None:
    for answers, result in both("core-10", 10, 0, 4):
        clinical, alert = "clinical" in reached(result), bool(result.safety)
        found = (result.total, result.scales[0].band, clinical, alert)
        assert found == by_hand.core10(answers)


def test_csi_16() -> None:
    for answers, result in both("csi-16", 16, 0, 5):
        assert (result.total, "distressed" in reached(result)) == by_hand.csi16(answers)


def test_c_nip() -> None:
    for answers, result in both("c-nip", 18, -3, 3):
        assert [one.value for one in result.scales] == by_hand.cnip(answers)


@pytest.mark.parametrize("confidence", [0.80, 0.90, 0.95])
@pytest.mark.parametrize("reliability", [0, 0.5, 0.84, 0.9, 0.99])
@pytest.mark.parametrize("sd", [0.5, 4.5, 5.5, 7.7, 17])
def test_points_of_a_reliable_change(sd: float, reliability: float, confidence: float) -> None:
    expected = by_hand.reliable(sd, reliability, confidence)
    assert reliable_points(sd, reliability, confidence) == pytest.approx(expected, rel=1e-9)
