"""Which AnnoMI sessions there are to annotate, and which were chosen (``sessions.toml``)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from training.corpora import Example, annomi, rows

HERE = Path(__file__).parent
LABELS = HERE / "labels"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of ``sessions.csv``."""

    name: str
    utterances: int
    quality: str
    topic: str
    group: str
    fold: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """The sessions to annotate: all of them, and those that both passes read."""

    sessions: tuple[str, ...]
    twice: tuple[str, ...]


def listing(data: Path) -> tuple[Row, ...]:
    """Return every session of the corpus, in the order of its numbers."""
    found = (
        Row(
            row["transcript_id"],
            int(row["n_utt"]),
            row["mi_quality"],
            row["topic"],
            row["series_group"],
            int(row["fold5"]),
        )
        for row in rows(data / "annomi" / "sessions.csv")
    )
    return tuple(sorted(found, key=lambda row: int(row.name)))


def chosen(path: Path = HERE / "sessions.toml") -> Chosen:
    """Read the list of sessions to annotate."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return Chosen(
        tuple(str(one) for one in table["sessions"]), tuple(str(one) for one in table["twice"])
    )


@cache
def corpus(data: Path, *, subtypes: bool = True) -> dict[str, Example]:
    """Return AnnoMI's sessions by transcript number; an utterance's place is its utterance_id."""
    return {one.name: one for one in annomi(data / "annomi", subtypes=subtypes)}
