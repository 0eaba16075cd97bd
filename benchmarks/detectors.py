"""How good the alliance detectors are: ``python -m benchmarks.detectors``.

Thresholds are chosen on one seeded set of simulated courses, and every figure is measured on
another. Prints the tables, writes them into the validity page, and draws the curves.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from benchmarks.detector_chart import Line, chart
from docs.pages import between
from holdfast.testing.courses import KnownCourses, simulated_courses
from holdfast.testing.simulation import simulation
from holdfast.trajectories.detection import Curve, Detection, Estimate, curve, detection
from holdfast.trajectories.panel import Bools, Floats, from_array
from holdfast.trajectories.rules import Rule, load_rules, rule
from holdfast.trajectories.setting import Setting
from holdfast.trajectories.signals import alarms

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs/validity/alliance-signals.md"
IMAGE = ROOT / "docs/images/alliance-detectors.svg"

TUNING_SEED, REPORT_SEED = 11, 31_415
COURSES = 10_000
AT_MOST = 4.75  # while tuning, so that the aim of 5 holds on courses it was not tuned on
RELIABILITIES = (0.64, 0.75, 0.88)
TUNED = {
    "strong_dip": "Drop from the last rating",
    "control_limit": "Control chart (XmR)",
    "likely_fall": "Local-level model",
    "low": "Low rating alone",
}
SHIPPED: Mapping[str, tuple[str, ...]] = {
    "Dip, strong or not": ("dip", "strong_dip"),
    "Strong dip": ("strong_dip",),
    "Slide": ("slide",),
    "Low for this practice": ("low",),
    "Below the warning limit": ("control_warning", "control_limit"),
    "Below the control limit": ("control_limit",),
    "The level has probably fallen": ("likely_fall",),
    "Open rupture": ("open_rupture",),
}
COMBINED = ("strong_dip", "control_limit", "likely_fall")
HARDER: Mapping[str, dict[str, float]] = {
    "As in the tables above": {},
    "More true movement (a quarter of the variance)": {"movement": 0.25},
    "The same, gone faster (half is left a session later)": {"movement": 0.25, "persistence": 0.5},
    "Ruptures that build up over three sessions": {"building": 3},
    "Two check-ins in ten skipped": {"skipped": 0.2},
    "Ratings in half points": {"step": 0.5},
    "Most clients near the top (middle level 9)": {"mean": 9.0},
}


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """The alarms on one set of courses."""

    known: KnownCourses
    fired: Mapping[str, Bools]
    strength: Mapping[str, Floats]


def measured(known: KnownCourses, reliability: float) -> Measured:
    """Run every rule, and the oracle, on simulated courses."""
    calm = ~known.truth.in_rupture & known.truth.rated
    setting = replace(
        Setting.of(reliability=reliability),
        p10=float(np.quantile(known.ratings[calm], 0.1)),
    )
    panel = from_array(known.ratings, lowest_items=known.lowest_items, guesses=known.guesses)
    found = alarms(panel, setting)
    fired = {alarm.name: alarm.fired for alarm in found}
    strength = {alarm.name: alarm.strength for alarm in found}
    return Measured(known, fired, {**strength, "oracle": oracle(known, setting)})


def oracle(known: KnownCourses, setting: Setting) -> Floats:
    """Return the log likelihood ratio of one who knows what no detector knows.

    The oracle knows each client's usual level at each session and the error. It asks whether a
    fall of 2 sd began at this session or one of the two before.
    """
    fall = 2 * setting.sd / setting.sem
    below = (known.usual - known.ratings) / setting.sem
    gain = np.where(np.isnan(below), 0.0, fall * below - fall**2 / 2)
    summed = np.cumsum(np.pad(gain, ((0, 0), (3, 0))), axis=1)
    windows = [summed[:, 3:] - summed[:, 3 - ago : -ago] for ago in (1, 2, 3)]
    return np.logaddexp.reduce(windows, axis=0)  # type: ignore[no-any-return]


def combined(of: Measured, thresholds: Mapping[str, float]) -> Floats:
    """Return the strongest of several detectors, each in units of its own threshold."""
    parts = [of.strength[name] / thresholds[name] for name in COMBINED]
    return np.fmax.reduce(parts)  # type: ignore[no-any-return]


def points(tuning: Measured, names: Sequence[str]) -> dict[str, float]:
    """Return the threshold of each detector that is most sensitive at the allowed rate."""
    truth = tuning.known.truth
    return {name: curve(tuning.strength[name], truth).best(AT_MOST)[0] for name in names}


def tuned_rows(tuning: Measured, report: Measured) -> tuple[dict[str, Detection], dict[str, Curve]]:
    """Choose thresholds on one set of courses and measure them on the other."""
    names = [*TUNED, "oracle"]
    best = points(tuning, names)
    truth = report.known.truth
    found = {name: detection(report.strength[name] >= best[name], truth) for name in names}
    curves = {name: curve(report.strength[name], truth) for name in names}
    together = combined(tuning, best)
    line = curve(together, tuning.known.truth).best(AT_MOST)[0]
    reported = combined(report, best)
    found["combined"] = detection(reported >= line, truth)
    curves["combined"] = curve(reported, truth)
    return found, curves


def shipped_rows(report: Measured) -> dict[str, Detection]:
    """Measure each rule with the thresholds of the rules file, and all alerts together."""
    truth = report.known.truth
    every = {name for names in SHIPPED.values() for name in names}
    groups = {
        **{f"{title} ({rule(names[0]).attention})": names for title, names in SHIPPED.items()},
        "All alerts together": tuple(name for name in every if rule(name).is_alert),
        "All of these together": tuple(every),
    }
    return {
        title: detection(np.logical_or.reduce([report.fired[name] for name in names]), truth)
        for title, names in groups.items()
    }


def harder_rows() -> dict[str, tuple[Detection, ...]]:
    """Measure the shipped local-level rule where the simulator's assumptions are changed."""
    found: dict[str, tuple[Detection, ...]] = {}
    for title, changed in HARDER.items():
        found[title] = tuple(_likely_fall(one, one, changed) for one in RELIABILITIES)
    found["The setting says .75, whatever is true"] = tuple(
        _likely_fall(one, 0.75, {}) for one in RELIABILITIES
    )
    return found


def _likely_fall(true: float, believed: float, changed: dict[str, float]) -> Detection:
    known = simulated_courses(COURSES, REPORT_SEED, simulation(reliability=true, **changed))
    return detection(measured(known, believed).fired["likely_fall"], known.truth, draws=200)


TITLES = {
    **TUNED,
    "oracle": "Oracle (knows the usual level)",
    "combined": "The first three together",
}
FIGURES = ("unrepaired", "repaired", "false_alarms", "precision", "delay")
HEADS = (
    *("Reliability", "Detector", "Unrepaired found, %", "Repaired found, %"),
    *("False alarms per 100", "True alarms, %", "Median delay"),
)


def cells(found: Detection) -> list[str]:
    """Write a detector's figures with their intervals."""
    return [_cell(getattr(found, name), name) for name in FIGURES]


def _cell(estimate: Estimate, name: str) -> str:
    if name == "delay":
        return "never" if np.isinf(estimate.value) else f"{estimate.value:.0f}"
    scale, digits = (1, 2) if name == "false_alarms" else (100, 1)
    value, low, high = (scale * part for part in (estimate.value, estimate.low, estimate.high))
    return f"{value:.{digits}f} [{low:.{digits}f}, {high:.{digits}f}]"


def markdown(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write a table for the page."""
    lines = [heads, ["---"] * 2 + ["---:"] * (len(heads) - 2), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def rules_table() -> str:
    """Write the rules file as a table."""
    rows = [
        (
            f"{one.title} (`{name}`)",
            one.attention if one.says else "",
            one.formula + _amounts(one),
            f"{one.source} *{one.checked}*",
            one.not_meaning,
        )
        for name, one in load_rules().items()
    ]
    heads = ("Signal", "", "Formula", "Source", "Does not mean")
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines
    )


def _amounts(one: Rule) -> str:
    if not one.amounts:
        return ""
    return " " + ", ".join(f"`{name}` {amount:g}" for name, amount in one.amounts.items())


def show(console: Console, title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table."""
    table = Table(title=title, box=SIMPLE, title_justify="left", title_style="bold")
    for place, head in enumerate(heads):
        table.add_column(head, justify="left" if place < 2 else "right")
    for row in rows:
        table.add_row(*row)
    console.print(table)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, write the page's tables and the figure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.detectors", description=__doc__)
    parser.add_argument("--dry", action="store_true", help="print only, write nothing")
    options = parser.parse_args(arguments)
    console = Console(width=150)
    tuned: list[list[str]] = []
    shipped: list[list[str]] = []
    curves: dict[float, dict[str, Curve]] = {}
    for reliability in RELIABILITIES:
        assumed = simulation(reliability=reliability)
        tuning = measured(simulated_courses(COURSES, TUNING_SEED, assumed), reliability)
        report = measured(simulated_courses(COURSES, REPORT_SEED, assumed), reliability)
        found, curves[reliability] = tuned_rows(tuning, report)
        label = f"{reliability:.2f}".lstrip("0")
        tuned += [[label, TITLES[name], *cells(row)] for name, row in found.items()]
        shipped += [[label, title, *cells(row)] for title, row in shipped_rows(report).items()]
    harder = [
        [title, "", *(f"{_short(row)}" for row in rows)] for title, rows in harder_rows().items()
    ]
    harder_heads = ("Changed", "", *(f"at {one:.2f}".replace("0.", ".") for one in RELIABILITIES))
    tables = {
        "tuned": ("Each detector at its best threshold", HEADS, tuned),
        "shipped": ("Rules as shipped", HEADS, shipped),
        "harder": ("The local-level rule where more is against it", harder_heads, harder),
    }
    for title, heads, rows in tables.values():
        show(console, title, heads, rows)
    if not options.dry:
        page = PAGE.read_text(encoding="utf-8")
        for mark, (_, heads, rows) in tables.items():
            page = between(page, mark, markdown(heads, rows))
        page = between(page, "rules", rules_table())
        PAGE.write_text(page, encoding="utf-8")
        IMAGE.write_text(chart(_lines(curves)), encoding="utf-8")
    return 0


def _short(found: Detection) -> str:
    return f"{100 * found.unrepaired.value:.1f} / {found.false_alarms.value:.2f}"


def _lines(curves: Mapping[float, Mapping[str, Curve]]) -> dict[str, list[Line]]:
    return {
        f"Reliability {reliability:.2f}".replace("0.", "."): [
            Line(name, TITLES[name], found.false_alarms, 100 * found.sensitivity)
            for name, found in by_name.items()
        ]
        for reliability, by_name in curves.items()
    }


if __name__ == "__main__":
    raise SystemExit(main())
