"""What is known of the rules' accuracy is data, and its pages say the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from holdfast.codebooks import load_codebook
from holdfast.coding.rules import RuleAccuracy, rule_accuracy

VALIDITY = Path(__file__).parents[3] / "docs" / "validity"
RULED = [code for code in load_codebook().codes if code.by == "rules"]


def test_figures_are_for_values_that_the_codebook_has() -> None:
    known = {(code.name, value.name) for code in RULED for value in code.values}
    assert set(rule_accuracy()) <= known


def test_figures_are_possible() -> None:
    for figure in rule_accuracy().values():
        assert 0 <= figure.right <= figure.read
        assert figure.read > 0
        assert figure.where in {"demonstrations", "chats"}


def test_the_interval_is_wilsons() -> None:
    low, high = RuleAccuracy("judging", "judging", read=40, right=39).interval or (0, 0)
    assert (round(low, 3), round(high, 3)) == (0.871, 0.996)  # R: prop.test(39, 40, correct=FALSE)


def test_nothing_read_is_not_zero() -> None:
    unread = RuleAccuracy("judging", "judging", read=0, right=0)
    assert unread.precision is None
    assert unread.interval is None


@pytest.mark.parametrize("name", [code.name for code in RULED])
def test_each_code_has_a_page_with_its_figures(name: str) -> None:
    page = (VALIDITY / f"{name}.md").read_text(encoding="utf-8")
    assert "recall" in page
    for figure in rule_accuracy().values():
        if figure.code == name:
            low, high = figure.interval or (0.0, 0.0)
            row = f"| `{figure.value}` | {figure.read} | {figure.right} | "
            row += f"{figure.precision:.2f} [{low:.2f}, {high:.2f}] |"
            assert row in page
