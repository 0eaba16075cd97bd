"""Small files: what cannot be read in one go is not read."""

from __future__ import annotations

from pathlib import Path
from statistics import median

import pytest

from .sources import ROOT, engine_files, place

LONGEST = 400
TYPICAL = 150


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize(
    "path", [*engine_files(), *sorted((ROOT / "training").glob("*.py"))], ids=place
)
def test_no_file_is_longer_than_400_lines(path: Path) -> None:
    assert lines(path) <= LONGEST


def test_the_typical_file_is_short() -> None:
    sizes = [lines(path) for path in engine_files() if path.name != "__init__.py"]
    assert 20 <= median(sizes) <= TYPICAL


def test_no_file_has_a_name_that_says_nothing() -> None:
    empty = {"utils", "util", "helpers", "helper", "manager", "base", "common", "misc"}
    assert not [place(path) for path in engine_files() if path.stem in empty]
