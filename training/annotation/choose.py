"""Chooses the sessions to annotate: ``python -m training.annotation.choose --data PATH``.

All poor demonstrations, and good ones that spread over topics, groups of films, folds and lengths.
Deterministic: the same ``sessions.csv`` gives the same list.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from training.annotation.sessions import HERE, Row, listing

LONGEST = 160
SIZES = {"short": 5, "medium": 12, "long": 28}
TWICE = (25, 115)  # utterances: moderate
HEAD = """\
# The AnnoMI sessions to annotate, by transcript_id; made by training.annotation.choose.
# Numbers of utterances in all: {total}; in those coded twice: {twice}.
"""


def size(row: Row) -> str:
    """Return short (under 30 utterances), medium (under 60) or long."""
    return "short" if row.utterances < 30 else "medium" if row.utterances < 60 else "long"


def choose(listed: Sequence[Row]) -> list[Row]:
    """Return the poor sessions and the good ones that add most that is not there yet."""
    found = [row for row in listed if row.quality == "low"]
    for kind, wanted in SIZES.items():
        left = [
            row
            for row in listed
            if row.quality == "high" and row.utterances <= LONGEST and size(row) == kind
        ]
        found += spread(left, found, wanted)
    return sorted(found, key=lambda row: int(row.name))


def spread(left: Iterable[Row], found: Sequence[Row], wanted: int) -> list[Row]:
    """Take sessions one by one: the least seen group, then fold, then topic; then the longest."""
    left, taken = list(left), list[Row]()
    while left and len(taken) < wanted:
        seen = [*found, *taken]
        groups, folds, topics = (
            Counter(row.group for row in seen),
            Counter(row.fold for row in seen),
            Counter(row.topic for row in seen),
        )
        best = min(
            left,
            key=lambda row: (
                groups[row.group] + folds[row.fold] / 8 + topics[row.topic] / 4,
                -row.utterances,
                int(row.name),
            ),
        )
        left.remove(best)
        taken.append(best)
    return taken


def coded_twice(found: Sequence[Row]) -> list[Row]:
    """Return the sessions for both passes: in each fold a poor one and good ones of its own."""
    low, high = TWICE
    fit = [row for row in found if low <= row.utterances <= high]
    taken: list[Row] = []
    for fold in sorted({row.fold for row in found}):
        here = [row for row in fit if row.fold == fold]
        poor = [row for row in here if row.quality == "low"]
        poor = poor or [row for row in found if row.fold == fold and row.quality == "low"]
        taken += sorted(poor, key=lambda row: -row.utterances)[:1]
        good = [row for row in here if row.quality == "high"]
        taken += spread(good, taken, 3 if fold == 0 else 2)
    return sorted(taken, key=lambda row: int(row.name))


def written(found: Sequence[Row], twice: Sequence[Row]) -> str:
    """Return both lists as TOML."""
    total, shared = (sum(row.utterances for row in rows) for rows in (found, twice))
    lists = (
        f"{name} = [{', '.join(row.name for row in rows)}]\n"
        for name, rows in (("sessions", found), ("twice", twice))
    )
    return HEAD.format(total=total, twice=shared) + "".join(lists)


def main() -> None:
    """Write ``sessions.toml``."""
    options = argparse.ArgumentParser(prog="python -m training.annotation.choose")
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--out", type=Path, default=HERE / "sessions.toml")
    given = options.parse_args()
    found = choose(listing(given.data))
    given.out.write_text(written(found, coded_twice(found)), encoding="utf-8")


if __name__ == "__main__":
    main()
