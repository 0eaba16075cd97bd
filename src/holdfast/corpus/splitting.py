"""One file that holds many sessions: tables and lines of utterances, taken apart by conversation.

A file is read twice: first its conversations are counted, then each is given out as soon as its
last utterance was read. So a file may be larger than the memory, and its conversations may lie
among each other, as where several channels were saved by time.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from holdfast.corpus.extras import need_tables
from holdfast.corpus.finding import TABLES, Found
from holdfast.formats.columns import SESSION, find_columns

LINES = (".jsonl", ".ndjson")
CELLS = {".csv": ",", ".tsv": "\t", ".tab": "\t"}
CONVERSATION = (*SESSION, "root")


@dataclass(frozen=True, slots=True)
class Piece:
    """One conversation of a file, as the text of a transcript file of its own."""

    conversation: str
    text: str
    suffix: str


Row = tuple[str, str]
"""The conversation's name and the row as a line of text."""


@dataclass(frozen=True, slots=True)
class Many:
    """A file with several conversations: how many utterances each has, and how to read them."""

    counts: Counter[str]
    rows: Callable[[], Iterator[Row]]
    suffix: str
    header: str = ""

    def pieces(self) -> Iterator[Piece]:
        """Yield each conversation when it is complete."""
        left, gathered = Counter(self.counts), dict[str, list[str]]()
        for conversation, line in self.rows():
            gathered.setdefault(conversation, []).append(line)
            left[conversation] -= 1
            if not left[conversation]:
                text = "".join((self.header, *gathered.pop(conversation)))
                yield Piece(conversation, text, self.suffix)


def many(found: Found) -> Many | None:
    r"""Return a file's conversations, ``None`` if it holds one session or can't be split.

    Examples
    --------
    >>> two = b"session_id,speaker,text\n1,A,Hello.\n2,B,Hi.\n1,B,Good day.\n"
    >>> [piece.conversation for piece in many(Found("a.csv", lambda: io.BytesIO(two))).pieces()]
    ['2', '1']
    """
    name = found.name.lower()
    if name.endswith(TABLES):
        return _counted(_parquet_rows(found), ".jsonl", least=1)
    if name.endswith(LINES):
        return _counted(_line_rows(found), ".jsonl")
    suffix = next((one for one in CELLS if name.endswith(one)), None)
    if suffix is None:
        return None
    header = _header(found, CELLS[suffix])
    column = _session_column(header)
    if column is None:
        return None
    place = header.index(column)
    return _counted(_cell_rows(found, CELLS[suffix], place), suffix, _cells(header, CELLS[suffix]))


def _counted(
    rows: Callable[[], Iterator[Row]], suffix: str, header: str = "", least: int = 2
) -> Many | None:
    counts = Counter(conversation for conversation, _ in rows())
    return Many(counts, rows, suffix, header) if len(counts) >= least else None


def _session_column(names: list[str]) -> str | None:
    return find_columns(names).session or next((one for one in names if one in CONVERSATION), None)


def _text(file: IO[bytes]) -> io.TextIOWrapper:
    return io.TextIOWrapper(file, encoding="utf-8-sig", newline="")


def _header(found: Found, delimiter: str) -> list[str]:
    with found.open() as file, _text(file) as text:
        return next(csv.reader(text, delimiter=delimiter), [])


def _cell_rows(found: Found, delimiter: str, place: int) -> Callable[[], Iterator[Row]]:
    def rows() -> Iterator[Row]:
        with found.open() as file, _text(file) as text:
            reader = csv.reader(text, delimiter=delimiter)
            next(reader, None)
            for cells in reader:
                if len(cells) > place:
                    yield cells[place].strip(), _cells(cells, delimiter)

    return rows


def _cells(cells: list[str], delimiter: str) -> str:
    line = io.StringIO()
    csv.writer(line, delimiter=delimiter, lineterminator="\n").writerow(cells)
    return line.getvalue()


def _line_rows(found: Found) -> Callable[[], Iterator[Row]]:
    def rows() -> Iterator[Row]:
        key: str | None = None
        with found.open() as file, _text(file) as text:
            for line in text:
                if not line.strip():
                    continue
                entry = json.loads(line)
                if not isinstance(entry, dict):
                    raise ValueError("not an object")
                if key is None or key not in entry:
                    key = _session_column(list(entry))
                yield str(entry.get(key, "") if key else ""), line.rstrip("\r\n") + "\n"

    return rows


def _parquet_rows(found: Found) -> Callable[[], Iterator[Row]]:
    need_tables()
    import pyarrow.parquet as pq

    def rows() -> Iterator[Row]:
        with found.open() as file:
            table = pq.ParquetFile(file)
            key = _session_column(table.schema_arrow.names)
            for batch in table.iter_batches(batch_size=4096):
                for entry in batch.to_pylist():
                    line = json.dumps(_plain(entry), ensure_ascii=False, default=str)
                    yield str(entry.get(key, "") if key else ""), line + "\n"

    return rows


def _plain(entry: dict[str, Any]) -> dict[str, Any]:
    """Leave out what a reader of utterances has no use for, such as codes and vectors."""
    return {key: value for key, value in entry.items() if not isinstance(value, list | bytes)}
