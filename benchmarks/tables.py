"""The figures as two tables for people, and as one record for machines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from benchmarks.contenders import TITLES
from benchmarks.figures import Figure
from benchmarks.race import Times

LOOK: dict[str, Any] = {"box": SIMPLE, "title_justify": "left", "title_style": "bold"}


def show(
    console: Console, figures: Sequence[Figure], times: Mapping[str, Times], *, judged: bool
) -> None:
    """Print what Holdfast promises, then how it compares."""
    promises = Table(title="What Holdfast promises", **LOOK)
    for column in ("", "measured", "range", "target", ""):
        promises.add_column(column, justify="right" if column in {"measured", "range"} else "left")
    for figure in figures:
        promises.add_row(*_promise(figure, judged=judged))
    peers = Table(title="The same session, in turns on the same cores", **LOOK)
    for column in ("", "seconds", "Holdfast is", "memory"):
        peers.add_column(column, justify="right" if column else "left")
    for peer in times.values():
        peers.add_row(*_comparison(peer, times["holdfast"].median))
    for table in (promises, peers):
        console.print()
        console.print(table)
    for peer in times.values():
        console.print(f"  {TITLES[peer.name]}: {peer.note}", highlight=False)
    console.print()


def record(
    machine: Mapping[str, Any],
    session: Mapping[str, Any],
    figures: Sequence[Figure],
    times: Mapping[str, Times],
) -> dict[str, Any]:
    """Return everything that was measured, single measurements included."""
    return {
        "machine": dict(machine),
        "session": dict(session),
        "figures": {
            figure.name: {
                "value": figure.value,
                "unit": figure.unit,
                "target": figure.target,
                "met": figure.met,
                "values": figure.values,
            }
            for figure in figures
        },
        "contenders": {
            name: {
                "title": TITLES[name],
                "median_seconds": peer.median,
                "seconds": peer.seconds,
                "peak_megabytes": peer.megabytes,
                "note": peer.note,
            }
            for name, peer in times.items()
        },
    }


def _promise(figure: Figure, *, judged: bool) -> tuple[str, ...]:
    bound = "≥" if figure.at_least else "≤"
    target = f"{bound} {_number(figure.target)} {figure.unit}" if figure.target else ""
    if figure.value is None:
        return figure.title, "–", "", target, "not measured"
    spread = f"{_number(min(figure.values))} to {_number(max(figure.values))}"
    verdict = {True: "met", False: "not met", None: ""}[figure.met if judged else None]
    return figure.title, f"{_number(figure.value)} {figure.unit}", spread, target, verdict


def _comparison(peer: Times, ours: float | None) -> tuple[str, ...]:
    if peer.median is None:
        return TITLES[peer.name], "not run", "", ""
    ratio = f"{_number(peer.median / ours)}× faster" if ours and peer.name != "holdfast" else ""
    seconds = _number(peer.median)
    return TITLES[peer.name], seconds, ratio, f"{peer.megabytes:,.0f} MB"


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
