"""What a fresh process costs: the import, a cold start, its memory, and the room on the disk."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.memory import peak_megabytes
from holdfast.session import Session
from holdfast.testing import as_webvtt

COMMAND = "from holdfast.cli import main; main()"  # what the `holdfast` script does
IMPORT = "from time import perf_counter as now; t = now(); import holdfast; print(now() - t)"


def import_seconds() -> float:
    """Return how long ``import holdfast`` takes in a fresh interpreter."""
    run = subprocess.run([sys.executable, "-c", IMPORT], check=True, capture_output=True, text=True)
    return float(run.stdout)


@dataclass(frozen=True, slots=True)
class Cold:
    """One cold start: seconds on the clock, and the most memory that the process held."""

    seconds: float
    megabytes: float


def cold_start(session: Session) -> Cold:
    """Run ``holdfast code FILE`` in a fresh process and return what it took, start to end.

    Raises
    ------
    RuntimeError
        If the command fails, or does not give one line for each utterance.
    """
    with TemporaryDirectory() as folder:
        transcript, lines = Path(folder, "session.vtt"), Path(folder, "codes.jsonl")
        transcript.write_text(as_webvtt(session), encoding="utf-8")
        therapist, client = session.speakers[:2]
        command = [
            sys.executable, "-c", COMMAND, "code", str(transcript),
            "--therapist", str(therapist), "--client", str(client),
        ]  # fmt: skip
        with lines.open("w") as out:
            begun = perf_counter()
            process = subprocess.Popen(command, stdout=out)
            _, status, usage = os.wait4(process.pid, 0)
            seconds = perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        coded = lines.read_text(encoding="utf-8").count("\n")
    if process.returncode or coded != len(session):
        raise RuntimeError(
            f"holdfast code ended with {process.returncode} and coded {coded} "
            f"of {len(session)} utterances"
        )
    return Cold(seconds, peak_megabytes(usage))


def install_megabytes(project: Path) -> float:
    """Return by how much a fresh virtual environment grows when the package is installed."""
    with TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        before = _megabytes(Path(folder))
        subprocess.run(
            [Path(folder, "bin", "python"), "-m", "pip", "install", "--quiet", str(project)],
            check=True,
        )
        return _megabytes(Path(folder)) - before


def _megabytes(folder: Path) -> float:
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir()) / 1e6
