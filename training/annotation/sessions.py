"""Which AnnoMI sessions there are, and which of them a pass has read."""

from __future__ import annotations

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


def read_by(reader: str, labels: Path = LABELS) -> frozenset[str]:
    """Return the transcripts that a pass has read."""
    return frozenset(path.stem for path in (labels / reader).glob("*.txt"))


@cache
def corpus(data: Path, *, subtypes: bool = True) -> dict[str, Example]:
    """Return AnnoMI's sessions by transcript number; an utterance's place is its utterance_id."""
    return {one.name: one for one in annomi(data / "annomi", subtypes=subtypes)}
