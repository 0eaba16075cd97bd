"""``python -m benchmarks``: every figure from one run, beside its target."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.console import Console

from benchmarks import figures, measures
from benchmarks.contenders import CONTENDERS
from benchmarks.fresh import cold_start, import_seconds, install_megabytes
from benchmarks.machine import cores, machine
from benchmarks.race import PROJECT, Times, race
from benchmarks.tables import record, show
from holdfast.session import Session
from holdfast.testing import synthetic_session

SEED = 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the tables, and return 1 if Holdfast itself could not be measured."""
    options = _options(arguments)
    minutes, rounds, repeats = (5, 1, 1) if options.smoke else (50, options.rounds, 5)
    session = synthetic_session(minutes, SEED)
    console, on = Console(), machine()
    _greet(console, session, on, smoke=options.smoke)
    with console.status("") as status:

        def report(step: str) -> None:
            status.update(step)
            if not console.is_terminal:
                console.print(f"  {step}")

        measured = _fresh(session, repeats, report, install=options.install)
        times = race(
            list(CONTENDERS),
            minutes=minutes,
            seed=SEED,
            rounds=rounds,
            smoke=options.smoke,
            report=report,
        )
    measured[:0] = [figures.warm(minutes, times["holdfast"].seconds)]
    measured[2:2] = [figures.faster(_ratios(times["epitome"], times["holdfast"]))]
    measured += [measures.scoring(smoke=options.smoke), measures.following(smoke=options.smoke)]
    show(console, measured, times, judged=not options.smoke)
    if options.out:
        described = {"minutes": minutes, "seed": SEED, **_size(session)}
        written = record(on, described, measured, times)
        options.out.write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")
        console.print(f"Every single measurement: {options.out}")
    return 0 if times["holdfast"].seconds else 1


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="small sizes, under a minute")
    parser.add_argument("--install", action="store_true", help="measure the install size as well")
    parser.add_argument("--rounds", type=int, default=5, help="how often each contender runs")
    parser.add_argument("--out", type=Path, help="write every measurement to this JSON file")
    return parser.parse_args(arguments)


def _greet(console: Console, session: Session, on: dict[str, object], *, smoke: bool) -> None:
    size = _size(session)
    console.print(f"{on['processor']}, {on['cores']} cores, Python {on['python']}")
    console.print(f"A made-up session: {size['utterances']} utterances, {size['words']:,} words")
    if smoke:
        console.print("Smoke run: small sizes, to see that it runs. Its figures mean nothing.")
    elif float(str(on["load"])) > 0.5:
        console.print(
            f"This machine is busy (load {on['load']} on {cores()} cores): times come out too long"
        )


def _fresh(
    session: Session, repeats: int, report: Callable[[str], None], *, install: bool
) -> list[figures.Figure]:
    starts = []
    for turn in range(repeats):
        report(f"cold start {turn + 1} of {repeats}")
        starts.append(cold_start(session))
    report("import holdfast")
    imports = [import_seconds() for _ in range(max(3, 2 * repeats + 1))]
    sizes = []
    if install:
        report("installing into a fresh environment")
        sizes.append(install_megabytes(PROJECT))
    return [
        figures.cold([start.seconds for start in starts]),
        figures.memory([start.megabytes for start in starts]),
        figures.importing(imports),
        figures.install(sizes),
    ]


def _ratios(peer: Times, ours: Times) -> list[float]:
    return [theirs / own for theirs, own in zip(peer.seconds, ours.seconds, strict=False)]


def _size(session: Session) -> dict[str, int]:
    return {
        "utterances": len(session),
        "words": sum(said.words for said in session.utterances),
    }


if __name__ == "__main__":
    raise SystemExit(main())
