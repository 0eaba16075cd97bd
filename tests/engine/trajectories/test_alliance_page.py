from __future__ import annotations

from pathlib import Path

import pytest

from holdfast.trajectories import Rule, load_rules

PAGE = Path(__file__).parents[3] / "docs/validity/alliance-signals.md"
RULES = tuple(load_rules().values())


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_the_page_has_each_rule_as_the_program_reads_it(rule: Rule) -> None:
    page = PAGE.read_text(encoding="utf-8").replace("\\|", "|")
    assert f"{rule.title} (`{rule.name}`)" in page
    for text in (rule.formula, rule.source, rule.not_meaning):
        assert text in page, "run python -m benchmarks.detectors"
    for name, amount in rule.amounts.items():
        assert f"`{name}` {amount:g}" in page, "run python -m benchmarks.detectors"
