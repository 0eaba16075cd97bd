"""The command: what it writes, what it says, how it refuses."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from holdfast.cli import app
from holdfast.corpus import extras
from holdfast.errors import HoldfastError

run = CliRunner().invoke


def test_analyze_then_summary(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ran = run(app, ["corpus", "analyze", str(folder), "--out", str(out), "--workers", "1"])
    assert ran.exit_code == 0, ran.output
    assert "Coded 6 sessions" in ran.output
    assert "a second" in ran.output
    assert run(app, ["corpus", "summary", str(out)]).exit_code == 0
    assert "Many sessions" in (out / "summary.html").read_text()
    again = run(app, ["corpus", "analyze", str(folder), "--out", str(out), "--workers", "1"])
    assert again.exit_code == 2
    assert "--resume" in again.output


def test_deidentify_says_its_limits(folder: Path, tmp_path: Path) -> None:
    ran = run(app, ["corpus", "deidentify", str(folder), "--out", str(tmp_path / "out")])
    assert ran.exit_code == 0, ran.output
    assert "6 sessions" in ran.output
    assert "a person has to read" in ran.output


def test_a_missing_package_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("holdfast.instruments.extras.find_spec", lambda _: None)
    with pytest.raises(HoldfastError, match=r"pip install 'holdfast\[corpus\]'"):
        extras.need_tables()
    with pytest.raises(HoldfastError, match=r"pip install 'holdfast\[cluster\]'"):
        extras.need_cluster()


def test_an_unknown_engine_is_refused(folder: Path, tmp_path: Path) -> None:
    ran = run(app, ["corpus", "analyze", str(folder), "--out", str(tmp_path), "--engine", "slurm"])
    assert ran.exit_code == 2
    assert "local or ray" in ran.output


def test_the_base_install_does_not_load_the_extras() -> None:
    import subprocess

    code = "import sys, holdfast.cli; print('pyarrow' in sys.modules, 'ray' in sys.modules)"
    ran = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == ["False", "False"]
