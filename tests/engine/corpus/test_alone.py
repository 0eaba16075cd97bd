"""Two runs never write into one folder; a run that was killed keeps nobody out."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from holdfast.corpus.alone import IN_USE, alone
from holdfast.corpus.run import analyze_corpus
from holdfast.errors import HoldfastError

HOLD = """
import sys
from pathlib import Path
from holdfast.corpus.alone import alone
with alone(Path(sys.argv[1])):
    print("mine", flush=True)
    sys.stdin.read()
"""


def holding(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 - our own code
        [sys.executable, "-c", HOLD, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def other(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Return another process that writes into the folder."""
    process = holding(tmp_path)
    assert process.stdout is not None
    assert process.stdout.readline() == "mine\n"
    yield process
    process.kill()
    process.communicate()


def test_a_second_run_is_refused_and_touches_nothing(
    other: subprocess.Popen[str], folder: Path, tmp_path: Path
) -> None:
    with pytest.raises(HoldfastError, match=f"process {other.pid} on .* --out"):
        analyze_corpus([folder], tmp_path, workers=1, resume=True)
    assert not list(tmp_path.rglob("*.parquet"))
    assert (tmp_path / IN_USE).exists()


def test_the_folder_is_free_when_the_other_is_done(
    other: subprocess.Popen[str], tmp_path: Path
) -> None:
    other.communicate()
    assert not (tmp_path / IN_USE).exists()
    with alone(tmp_path):
        pass


def test_a_killed_run_is_taken_over(
    other: subprocess.Popen[str], folder: Path, tmp_path: Path
) -> None:
    os.kill(other.pid, signal.SIGKILL)
    while not dead(other.pid):
        time.sleep(0.01)
    done = analyze_corpus([folder], tmp_path, workers=1)  # before anybody has buried it
    assert done.sessions == 6
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        "failures", "run", "sessions", "utterances",
    ]  # fmt: skip


def test_of_many_that_take_over_at_once_one_has_it(tmp_path: Path) -> None:
    (tmp_path / IN_USE).write_text(json.dumps(left_behind()))
    runs = [holding(tmp_path) for _ in range(4)]
    said = [run.communicate() if refused(run) else ("mine\n", "") for run in runs]
    assert [out for out, _ in said].count("mine\n") == 1
    assert sum("is in use" in err for _, err in said) == 3
    for run in runs:
        if run.poll() is None:
            run.communicate()
        assert run.wait() in {0, 1}


def refused(run: subprocess.Popen[str]) -> bool:
    assert run.stdout is not None
    return run.stdout.readline() == ""


def left_behind() -> dict[str, Any]:
    """Return what a process that has ended would have written."""
    import socket

    ended = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return {"host": socket.gethostname(), "pid": int(ended.stdout), "born": "1", "since": ""}


def test_the_number_of_a_process_that_was_used_again_keeps_nobody_out(tmp_path: Path) -> None:
    (tmp_path / IN_USE).write_text(json.dumps({**left_behind(), "pid": os.getpid()}))
    with alone(tmp_path):
        pass


def test_a_run_on_another_host_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / IN_USE).write_text(json.dumps({**left_behind(), "host": "elsewhere"}))
    with (
        pytest.raises(HoldfastError, match=r"on elsewhere .* remove .*in-use\.json"),
        alone(tmp_path),
    ):
        pass


def test_a_file_that_says_nothing_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / IN_USE).write_text("")
    with pytest.raises(HoldfastError, match="killed as it began"), alone(tmp_path):
        pass


def dead(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
