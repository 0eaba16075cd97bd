"""A run may be killed at any time: what is done stays done, and is not done again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from holdfast.corpus.run import analyze_corpus
from holdfast.corpus.settings import Settings
from holdfast.corpus.store import Store
from holdfast.errors import HoldfastError
from holdfast.testing import as_plain, synthetic_session, write_sessions

SESSIONS = 30
COMMAND = """
import signal
from holdfast.cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
main()
"""


def begun(*arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-c", COMMAND, "corpus", "analyze", *arguments],
        stderr=subprocess.DEVNULL,
    )


def until_a_part(out: Path, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None and not list((out / "sessions").glob("*.parquet")):
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("workers", "end"), [("1", signal.SIGKILL), ("2", signal.SIGKILL), ("1", signal.SIGINT)]
)
def test_a_killed_run_goes_on_where_it_stopped(
    workers: str, end: signal.Signals, tmp_path: Path, rows_of: Any
) -> None:
    sessions, out, whole = tmp_path / "sessions", tmp_path / "out", tmp_path / "whole"
    sessions.mkdir()
    # Enough of them that a busy machine doesn't finish all before the signal comes.
    write_sessions(sessions, SESSIONS, seed=5, minutes=(2, 2))
    given = (str(sessions), "--out", str(out), "--workers", workers, "--batch-tokens", "600")
    process = begun(*given)
    until_a_part(out, process)
    os.kill(process.pid, end)
    process.wait()
    kept = {row["session_id"] for row in rows_of(out, "sessions")}
    assert 0 < len(kept) < SESSIONS
    parts = set(Store(out).parts("sessions"))
    done = analyze_corpus([sessions], out, workers=1, resume=True)
    assert (done.sessions, done.skipped) == (SESSIONS - len(kept), len(kept))
    assert parts <= set(Store(out).parts("sessions"))
    analyze_corpus([sessions], whole, workers=1)
    for table in ("utterances", "sessions", "failures"):
        assert rows_of(out, table) == rows_of(whole, table)


def test_a_part_without_its_seal_is_removed(folder: Path, tmp_path: Path, rows_of: Any) -> None:
    analyze_corpus([folder], tmp_path, workers=1)
    before = rows_of(tmp_path, "utterances")
    Store(tmp_path).parts("sessions")[0].unlink()
    (tmp_path / "utterances" / "x.parquet.unfinished").write_bytes(b"half")
    done = analyze_corpus([folder], tmp_path, workers=1, resume=True)
    assert (done.sessions, done.skipped) == (6, 0)
    assert rows_of(tmp_path, "utterances") == before
    assert not list(tmp_path.rglob("*.unfinished"))


def test_a_session_that_moved_is_not_coded_again(tmp_path: Path) -> None:
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    first.write_text(spoken(1))
    analyze_corpus([first], tmp_path / "out", workers=1)
    first.rename(second)
    done = analyze_corpus([second], tmp_path / "out", workers=1, resume=True)
    assert (done.sessions, done.skipped) == (0, 1)


def test_a_session_that_changed_is_coded_anew(tmp_path: Path, rows_of: Any) -> None:
    path = tmp_path / "a.txt"
    path.write_text(spoken(1))
    analyze_corpus([path], tmp_path / "out", workers=1)
    path.write_text(spoken(2))
    done = analyze_corpus([path], tmp_path / "out", workers=1, resume=True)
    assert (done.sessions, done.skipped) == (1, 0)
    assert len(rows_of(tmp_path / "out", "sessions")) == 1
    assert len({row["session_id"] for row in rows_of(tmp_path / "out", "utterances")}) == 1


def test_a_folder_in_use_is_refused_without_resume(folder: Path, tmp_path: Path) -> None:
    analyze_corpus([next(folder.iterdir())], tmp_path, workers=1)
    with pytest.raises(HoldfastError, match="--resume"):
        analyze_corpus([folder], tmp_path, workers=1)


def test_other_settings_are_refused(folder: Path, tmp_path: Path) -> None:
    analyze_corpus([next(folder.iterdir())], tmp_path, workers=1)
    with pytest.raises(HoldfastError, match="another settings"):
        analyze_corpus([folder], tmp_path, workers=1, resume=True, settings=Settings(words=False))


def test_a_failure_is_tried_again(tmp_path: Path, rows_of: Any) -> None:
    path = tmp_path / "a.txt"
    path.write_text("")
    analyze_corpus([path], tmp_path / "out", workers=1)
    assert [row["kind"] for row in rows_of(tmp_path / "out", "failures")] == ["unreadable"]
    path.write_text(spoken(1))
    done = analyze_corpus([path], tmp_path / "out", workers=1, resume=True)
    assert (done.sessions, done.failures) == (1, 0)
    assert rows_of(tmp_path / "out", "failures") == []


def spoken(seed: int) -> str:
    return as_plain(synthetic_session(1, seed, therapist="Therapist", client="Client"))
