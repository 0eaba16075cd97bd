"""Prints a session to read, or the list of sessions: ``python -m training.annotation.sheet``.

With a transcript's number: one line per utterance, its number, T or C, and its words. Without:
all sessions, with the passes that have read each. The experts' labels stay hidden unless asked
for, so that they can check the annotation afterwards.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from training.annotation.sessions import LABELS, corpus, listing, read_by
from training.corpora import BEHAVIOURS, TALK, Labelled

ROLES = {"therapist": "T", "client": "C"}


def sheet(data: Path, name: str, *, hints: bool = False) -> Iterator[str]:
    """Yield the lines of one session."""
    sessions = corpus(data, subtypes=False)
    if name not in sessions:
        raise SystemExit(f"There is no transcript {name} in {data / 'annomi'}.")
    for number, said in enumerate(sessions[name].utterances):
        hint = f"\t{expert(said)}" if hints else ""
        yield f"{number}\t{ROLES[said.role]}{hint}\t{' '.join(said.text.split())}"


def expert(said: Labelled) -> str:
    """Return the expert's label of an utterance."""
    labels = BEHAVIOURS if said.role == "therapist" else TALK
    (target,) = said.targets.values()
    return labels[target.index(1.0)]


def table(data: Path, labels: Path = LABELS) -> Iterator[str]:
    """Yield the list of sessions."""
    passes = {reader: read_by(reader, labels) for reader in ("a", "b")}
    yield "transcript\tread\tutterances\tquality\tfold\tgroup\ttopic"
    for row in listing(data):
        mark = "".join(reader for reader, read in passes.items() if row.name in read)
        cells = (row.name, mark, row.utterances, row.quality, row.fold, row.group, row.topic)
        yield "\t".join(str(cell) for cell in cells)


def main() -> None:
    """Read the options and print."""
    options = argparse.ArgumentParser(prog="python -m training.annotation.sheet")
    options.add_argument("transcript", nargs="?", help="a transcript_id; without it, the list")
    options.add_argument("--data", type=Path, required=True, help="folder with annomi/")
    options.add_argument("--hints", action="store_true", help="show the experts' main labels")
    given = options.parse_args()
    lines = (
        sheet(given.data, given.transcript, hints=given.hints)
        if given.transcript
        else table(given.data)
    )
    sys.stdout.writelines(f"{line}\n" for line in lines)


if __name__ == "__main__":
    main()
