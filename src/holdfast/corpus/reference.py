"""Reference figures: where indicators lie in groups of sessions, as in ``references.toml``."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from holdfast.corpus.columns import blank
from holdfast.corpus.store import Store
from holdfast.errors import HoldfastError
from holdfast.indicators import Unit

SESSIONS_NEEDED = 10
QUANTILES = {"p10": 0.1, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p90": 0.9}


def reference_lines(folder: Path, groups: Path, *, key: str, group: str) -> Iterator[str]:
    """Yield the lines of a file of reference figures.

    Parameters
    ----------
    folder
        The tables of :func:`holdfast.corpus.analyze_corpus`.
    groups
        A CSV file with a row for each session.
    key, group
        Its columns: the name of the conversation (or source), and the name of the group.

    Raises
    ------
    HoldfastError
        If the columns are missing, or no session is in any group.
    """
    by_group = _values(folder, _groups(groups, key, group))
    yield f"# Quantiles by {group}, of codes that {_model(folder)} heard."
    yield "# Made by: holdfast corpus reference. Counts are left out, as sessions differ in length."
    for one in blank():
        for name in sorted(by_group) if one.unit is not Unit.COUNT else ():
            values = by_group[name][one.name]
            if len(values) < SESSIONS_NEEDED:
                continue
            yield f"\n[spreads.{one.name}.{name}]"
            for quantile, share in QUANTILES.items():
                yield f"{quantile} = {round(float(np.quantile(values, share)), 4)}"
            yield f"sessions = {len(values)}"


def _groups(path: Path, key: str, group: str) -> dict[str, str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if missing := {key, group} - set(reader.fieldnames or ()):
            raise HoldfastError(
                f"{path.name} has no column {' and no '.join(sorted(missing))}; it has "
                f"{', '.join(reader.fieldnames or ())}. Name them with --key and --group."
            )
        return {row[key]: row[group] for row in reader}


def _values(folder: Path, groups: dict[str, str]) -> dict[str, dict[str, list[float]]]:
    found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    names = [one.name for one in blank()]
    for part in Store(folder).each("sessions", ("source", "conversation", *names)):
        for row in part.to_pylist():
            name = groups.get(row["conversation"] or row["source"])
            for indicator in names if name is not None else ():
                if row[indicator] is not None:
                    found[str(name)][indicator].append(row[indicator])
    if not found:
        raise HoldfastError(f"No session of {folder} is named in the file of groups.")
    return found


def _model(folder: Path) -> str:
    return str(Store(folder).read("run", ("model",))["model"][0])
