"""``python -m benchmarks.corpus``: many sessions, every ratio from one run.

Sessions per second against a loop of ``holdfast analyze`` and against RoBERTa stacks, what a second
worker brings beside what the machine itself gives for one, memory as a corpus grows, and what a
million sessions cost on paper.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from rich.console import Console
from rich.table import Table

from benchmarks.corpus_ceiling import KINDS, ceiling
from benchmarks.corpus_run import Ran, run_corpus
from benchmarks.figures import Figure
from benchmarks.fresh import COMMAND
from benchmarks.machine import cores, machine
from holdfast.testing import synthetic_session, write_sessions

MACHINE, PRICE, VCPUS = "AWS c7a.4xlarge, on demand", 0.82, 16
"""A machine type, its dollars an hour as we remember them, its cores. Look the price up."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table, write the figures."""
    options = _options(arguments)
    console, on = Console(), machine()
    console.print(f"{on['processor']}, {on['cores']} cores, load {on['load']}")
    figures: list[Figure] = []
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        if options.sessions:
            figures += speed(folder, options)
        if options.sizes:
            figures += memory(folder, options.sizes, options.seconds / 60)
    show(console, figures)
    if options.out:
        written = {
            "machine": on,
            "figures": [
                {"name": one.name, "values": one.values, "target": one.target} for one in figures
            ],
        }
        options.out.write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.corpus", description=__doc__)
    parser.add_argument(
        "--sessions", type=int, default=40, help="for the ratios; 0 leaves them out"
    )
    parser.add_argument("--minutes", type=float, default=8, help="length of each")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--sizes", type=int, nargs="*", default=[1000, 20_000], help="sessions, for memory"
    )
    parser.add_argument(
        "--seconds", type=float, default=8, help="length of a session for memory: a few utterances"
    )
    parser.add_argument("--out", type=Path, help="write the figures to this JSON file")
    return parser.parse_args(arguments)


def speed(folder: Path, options: argparse.Namespace) -> list[Figure]:
    """Return the ratios, each taken within a round."""
    sessions, length = folder / "sessions", (options.minutes, options.minutes)
    sessions.mkdir()
    paths = write_sessions(sessions, options.sessions, seed=1, minutes=length)
    found: dict[str, list[float]] = defaultdict(list)
    for turn in range(options.rounds):
        for kind in KINDS:
            found[kind].append(ceiling(kind))
        one = run_corpus(sessions, folder / f"one-{turn}", processes=1)
        two = run_corpus(sessions, folder / f"two-{turn}", processes=2)
        few = paths[turn :: max(1, len(paths) // 4)]
        found["loop_of_commands"].append(_looped(few, folder) * options.sessions / two.seconds)
        found["within"].append(_within(few) * options.sessions / two.seconds)
        found["efficiency"].append(one.steady / two.steady / 2)
        found["of_machine"].append(found["efficiency"][-1] / found["model"][-1])
        found["core_seconds"].append(one.processor_seconds / options.sessions)
        found["reading"].append(two.reading / options.sessions)
        found["dearer"].append(two.processor_seconds / one.processor_seconds)
        found["others"].append(max(one.others, two.others))
        if (theirs := _stacks(options.minutes)) is not None:
            found["stacks"].append(theirs * options.sessions / two.seconds)
    return list(_ratios(found, options.minutes))


def _ratios(found: Mapping[str, Sequence[float]], minutes: float) -> Iterator[Figure]:
    hours = median(found["core_seconds"]) * (50 / minutes) * 1e6 / 3600
    yield _times("loop", "Faster than `holdfast analyze` in a loop", found["loop_of_commands"], 3.0)
    yield _times("within", "Faster than a loop within one process", found["within"], None)
    yield _times("stacks", "Faster than RoBERTa stacks", found.get("stacks", ()), 50.0)
    yield _share("efficiency", "Efficiency, 1 to 2 workers", found["efficiency"], 0.85)
    yield _share("ceiling_loop", "  this machine's own, a bare loop", found["loop"])
    yield _share("ceiling_model", "  this machine's own, the bare model", found["model"])
    yield _share("of_machine", "  ours as a share of the bare model's", found["of_machine"])
    yield _times("dearer", "  processor time of two workers to one's", found["dearer"], None)
    yield Figure("others", "Cores that other work used meanwhile", tuple(found["others"]), "")
    yield Figure("core_seconds", "Core-seconds a session", tuple(found["core_seconds"]), "s")
    yield Figure("reading", "  of them to read and write", tuple(found["reading"]), "s")
    yield Figure("core_hours", "Core-hours for a million of 50 minutes", (hours,), "h")
    yield Figure("dollars", f"Dollars for these on {MACHINE}", (hours / VCPUS * PRICE,), "$")


def _share(name: str, title: str, values: Sequence[float], target: float | None = None) -> Figure:
    return Figure(name, title, tuple(values), "", target, at_least=True)


def _times(name: str, title: str, values: Sequence[float], target: float | None) -> Figure:
    return Figure(name, title, tuple(values), "×", target, at_least=True)


def _looped(paths: Sequence[Path], folder: Path) -> float:
    """Return seconds a session of a shell's loop: a fresh process for each."""
    begun = perf_counter()
    for path in paths:
        page = folder / "page.html"
        subprocess.run(
            [sys.executable, "-c", COMMAND, "analyze", str(path), "--out", str(page)],
            check=True,
            capture_output=True,
        )
        page.unlink()
    return (perf_counter() - begun) / len(paths)


def _within(paths: Sequence[Path]) -> float:
    """Return seconds a session of a loop in one warm process, which uses every core."""
    from holdfast import analyze
    from holdfast.reports.html import render_html

    render_html(analyze(paths[0]))
    begun = perf_counter()
    for path in paths:
        render_html(analyze(path))
    return (perf_counter() - begun) / len(paths)


def _stacks(minutes: float) -> float | None:
    """Return seconds a session of RoBERTa bi-encoders, ``None`` without PyTorch."""
    try:
        from benchmarks.contenders import epitome

        work = epitome(synthetic_session(minutes, 1), smoke=False)
    except ImportError:
        return None
    work.run()  # once to warm up, in their favour
    begun = perf_counter()
    work.run()
    return (perf_counter() - begun) / work.share


def memory(folder: Path, sizes: Sequence[int], minutes: float) -> list[Figure]:
    """Return the most memory that all processes held together, as a corpus grows."""
    found: list[tuple[int, Ran]] = []
    for size in sizes:
        sessions = folder / f"of-{size}"
        sessions.mkdir()
        write_sessions(sessions, size, seed=2, minutes=(minutes, minutes * 2))
        found.append((size, run_corpus(sessions, folder / f"out-{size}", processes=cores())))
    figures = [
        Figure(f"megabytes_{size}", f"Memory, {size:,} sessions", (ran.megabytes,), "MB")
        for size, ran in found
    ]
    drivers = [
        Figure(f"reader_{size}", f"The reading process, {size:,}", (ran.reader,), "MB")
        for size, ran in found
    ]
    grown = found[-1][1].megabytes / found[0][1].megabytes
    return [*figures, *drivers, Figure("grown", "Grown", (grown,), "×", 1.1)]


def show(console: Console, figures: Sequence[Figure]) -> None:
    """Print the figures beside their targets."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("", "measured", "lowest to highest", "aim"):
        table.add_column(column)
    for one in figures:
        value = "not run" if one.value is None else f"{one.value:,.3g} {one.unit}"
        spread = f"{min(one.values):,.3g}–{max(one.values):,.3g}" if len(one.values) > 1 else ""
        sign = "≥" if one.at_least else "≤"
        aim = "" if one.target is None else f"{sign} {one.target:g}"
        table.add_row(one.title, value, spread, aim)
    console.print(table)
    console.print(f"{os.cpu_count()} cores; the price is from memory, look it up.")


if __name__ == "__main__":
    raise SystemExit(main())
