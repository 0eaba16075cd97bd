from __future__ import annotations

import sys
from datetime import date
from math import log
from pathlib import Path

import numpy as np
import pytest
from click.testing import Result
from typer.testing import CliRunner

from holdfast.cli import app
from holdfast.trajectories.expected import ExpectedCourse


@pytest.fixture(autouse=True)
def wide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOLDFAST_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "120")


def closed(cases: int) -> str:
    """Return the ratings of closed cases, as a table."""
    draw = np.random.default_rng(1)
    lines = ["client,session,score"]
    for case in range(cases):
        start = int(draw.integers(10, 22))
        level, slope = start + draw.normal(0, 2), -2 + draw.normal()
        scores = [start, *(level + slope * log(k) + draw.normal(0, 2) for k in range(2, 8))]
        kept = (min(27, max(0, round(float(score)))) for score in scores)
        lines += [f"P{case},{session},{score}" for session, score in enumerate(kept, start=1)]
    return "\n".join(lines) + "\n"


def run(tmp_path: Path, content: str, *options: str) -> Result:
    file = tmp_path / "closed.csv"
    file.write_text(content, encoding="utf-8")
    asked = [str(file), "--instrument", "phq-9", "--out", str(tmp_path / "usual.json"), *options]
    return CliRunner().invoke(app, ["expected", *asked])


def read(tmp_path: Path) -> ExpectedCourse:
    return ExpectedCourse.from_json((tmp_path / "usual.json").read_text(encoding="utf-8"))


def test_it_fits_closed_cases_says_what_is_usual_and_keeps_every_number(tmp_path: Path) -> None:
    result = run(tmp_path, closed(200), "--version", "2026 [b]")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert "Fitted to 1,200 ratings of 200 closed cases: PHQ-9, version 2026 [b]." in result.stdout
    assert "session  2, after a start of " in result.stdout
    assert result.stdout.count("for eight in ten") == 4
    found = read(tmp_path)
    assert (found.instrument, found.version, found.cases) == ("phq-9", "2026 [b]", 200)
    assert (found.lowest, found.highest) == (0, 27)


def test_what_it_writes_is_read_by_trajectory_and_named_by_the_day(tmp_path: Path) -> None:
    assert run(tmp_path, closed(200)).exit_code == 0
    assert read(tmp_path).version == date.today().isoformat()  # noqa: DTZ011 - as people name it
    file = tmp_path / "a.csv"
    file.write_text("session,score\n1,15\n2,27\n")
    usual = str(tmp_path / "usual.json")
    asked = ["trajectory", str(file), "--instrument", "phq-9", "--expected", usual]
    result = CliRunner().invoke(app, asked)
    assert "Outside the expected course" in result.stdout


def test_too_few_closed_cases_are_refused_and_nothing_is_written(tmp_path: Path) -> None:
    result = run(tmp_path, closed(5))
    assert result.exit_code == 2
    assert "There are 5 closed cases with 3 ratings or more; 200 are needed" in result.stderr
    assert result.stdout == ""
    assert not (tmp_path / "usual.json").exists()


def test_cases_of_another_instrument_do_not_count(tmp_path: Path) -> None:
    content = closed(200).replace("client,", "instrument,client,").replace("\nP", "\ngad-7,P")
    content = content.replace("gad-7,P0,", "phq-9,P0,")
    result = run(tmp_path, content)
    assert result.exit_code == 2
    assert "1 closed case with 3 ratings or more; 200 are needed" in result.stderr


def test_an_instrument_that_is_not_there_is_named(tmp_path: Path) -> None:
    result = run(tmp_path, closed(1), "--instrument", "ors")
    assert result.exit_code == 2
    assert "There is no instrument 'ors'" in result.stderr


def test_without_statsmodels_the_command_that_brings_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "statsmodels", None)
    result = run(tmp_path, closed(200))
    assert result.exit_code == 2
    assert "pip install 'holdfast[statistics]'" in result.stderr
    assert not (tmp_path / "usual.json").exists()


def test_a_cell_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    result = run(tmp_path, closed(201).replace("P0,2,", "P0,2,so sad", 1))
    assert result.exit_code == 2
    assert "closed.csv, row 3, column score: expected a number from 0 to 27." in result.stderr
    assert "so sad" not in result.output
    assert (tmp_path / "usual.json").exists()
