from __future__ import annotations

from pathlib import Path

import pytest

from holdfast.formats import FORMATS, columns

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "formats.md").read_text(encoding="utf-8")


def test_the_page_lists_every_format() -> None:
    assert [one.name for one in FORMATS if f"\n| `{one.name}` |" not in PAGE] == []


@pytest.mark.parametrize("what", ["SPEAKER", "TEXT", "START", "END", "SESSION", "INDEX"])
def test_the_page_lists_every_name_of_a_column(what: str) -> None:
    assert f"| {', '.join(getattr(columns, what))} |" in PAGE
