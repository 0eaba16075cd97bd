"""Tables: CSV and TSV with a row of column names, one utterance per row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from holdfast.errors import TranscriptError
from holdfast.formats.columns import Columns, find_columns, read_cell, understood
from holdfast.formats.document import Document, Said, make_session
from holdfast.formats.format import Format
from holdfast.formats.mending import name_lines
from holdfast.session import Seconds, Session

DELIMITERS = (",", ";", "\t", "|")
_HEADER = 2_000
_IDENTIFIER = re.compile(r"[a-z][a-z0-9]*(?:[_.-][a-z0-9]+)*|[A-Za-z0-9]+(?:_[A-Za-z0-9]+)+")


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    cells: dict[str, str]

    def get(self, name: str | None) -> str:
        return self.cells.get(name, "") if name is not None else ""


def recognise(document: Document) -> bool:
    """Whether the first row names a column for the speaker or for the words, among others."""
    names, _ = header(document)
    columns = find_columns(names)
    both = columns.speaker is not None and columns.text is not None
    either = columns.speaker is not None or columns.text is not None
    known = len(columns.used) > 1 or len(names) > 2
    return both or (either and known and all(_IDENTIFIER.fullmatch(name) for name in names))


def parse(document: Document) -> Session:
    """Read each row that has words.

    Raises
    ------
    TranscriptError
        If a needed column is missing, a row or a time cannot be read, or the file holds
        several sessions.
    """
    names, delimiter = header(document)
    columns = find_columns(names)
    if columns.speaker is None or columns.text is None:
        raise _missing(document, names, columns)
    rows = _rows(document, names, delimiter)
    _one_session(document, rows, columns)
    rows, notes = _once(rows, columns)
    silent = [row.line for row in rows if not row.get(columns.text).strip()]
    if silent:
        notes.append(f"Rows without words were left out: {name_lines(silent)}.")
    said = [_said(document, row, columns) for row in rows if row.get(columns.text).strip()]
    nameless = [one.line for one in said if one.speaker is None]
    if nameless:
        notes.append(f"Rows without a speaker are kept, speaker unknown: {name_lines(nameless)}.")
    other = sum(map(bool, names)) - len(columns.used)
    if other:
        notes.append(f"Columns that were not needed and not read: {other} of {len(names)}.")
    return make_session(said, format=FORMAT.name, document=document, notes=notes)


def header(document: Document) -> tuple[list[str], str]:
    r"""Return the first row's names and the delimiter that makes most sense of them.

    Examples
    --------
    >>> from holdfast.formats.document import open_document
    >>> header(open_document(b"speaker;text, as said\nLee;Fine.\n"))
    (['speaker', 'text, as said'], ';')
    """
    first = next((line for line in document.head.split("\n") if line.strip()), "")[:_HEADER]
    found = []
    for delimiter in DELIMITERS:
        if delimiter not in first:
            continue
        names = [name.strip() for name in next(csv.reader([first], delimiter=delimiter))]
        found.append((len(find_columns(names).used), len(names), names, delimiter))
    if not found:
        return [first.strip()] if first.strip() else [], ","
    _, _, names, delimiter = max(found, key=lambda one: one[:2])
    return names, delimiter


def _missing(document: Document, names: Sequence[str], columns: Columns) -> TranscriptError:
    lacking = [
        what
        for what, found in (("the speaker", columns.speaker), ("the words", columns.text))
        if found is None
    ]
    shown = [name for name in names if name in columns.used or _IDENTIFIER.fullmatch(name)]
    if columns.used or len(shown) == len(names):
        hidden = f" and {len(names) - len(shown)} more" if len(shown) < len(names) else ""
        came = f"the columns are {', '.join(shown[:30])}{hidden}"
    else:
        came = f"its first row has {len(names)} cells, which do not look like names of columns"
    return document.refuse(
        f"{came}; no column for {' and none for '.join(lacking)} was found",
        f"Rename the columns. {understood()}",
        line=1,
    )


def _rows(document: Document, names: list[str], delimiter: str) -> list[_Row]:
    """Return the rows below the header; quotation marks are read as CSV has them.

    A TSV often has no quoting at all, so where quoting makes no sense in one, the marks are
    taken as they stand.
    """
    try:
        return list(_read(document, names, delimiter, csv.QUOTE_MINIMAL))
    except csv.Error as error:
        if delimiter == "\t":
            try:
                return list(_read(document, names, delimiter, csv.QUOTE_NONE))
            except csv.Error:
                pass
        place = error.args[1] if len(error.args) > 1 else None
        raise document.refuse(
            "from here on the table cannot be read: a quotation mark opens a cell and does not"
            " close it, or a cell is longer than any talk",
            'Put cells that hold quotation marks in quotation marks, and double those inside: ""',
            line=place,
        ) from None


def _read(document: Document, names: list[str], delimiter: str, quoting: int) -> Iterator[_Row]:
    reader = csv.reader(
        io.StringIO(document.text or "", newline="\n"),
        delimiter=delimiter,
        quoting=quoting,  # type: ignore[arg-type]
        strict=True,
        skipinitialspace=delimiter != "\t",
    )
    line, header = 1, True
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                if not header:
                    yield _Row(line, _named(document, names, cells, line))
                header = False
            line = reader.line_num + 1
    except csv.Error as error:
        raise csv.Error(str(error), line) from None


def _named(document: Document, names: list[str], cells: list[str], line: int) -> dict[str, str]:
    if any(cell.strip() for cell in cells[len(names) :]):
        raise document.refuse(
            f"the row has {len(cells)} cells, but the first row names {len(names)} columns",
            "Put cells that hold the delimiter in quotation marks, or export the table again",
            line=line,
        )
    return dict(reversed(list(zip(names, cells, strict=False))))


def _one_session(document: Document, rows: Sequence[_Row], columns: Columns) -> None:
    sessions = dict.fromkeys(row.get(columns.session).strip() for row in rows)
    sessions.pop("", None)
    if len(sessions) > 1:
        raise document.refuse(
            f"the column {columns.session} names {len(sessions)} different sessions, and a"
            " transcript holds one",
            "Save the rows of one session in a file of its own",
        )


def _once(rows: list[_Row], columns: Columns) -> tuple[list[_Row], list[str]]:
    """Drop rows that repeat an utterance, as where several people annotated it."""
    if columns.index is None:
        return rows, []
    kept: dict[tuple[str, ...], _Row] = {}
    for row in rows:
        of = (columns.index, columns.speaker, columns.text, columns.start, columns.end)
        kept.setdefault(tuple(row.get(name) for name in of), row)
    repeated = len(rows) - len(kept)
    note = (
        f"Rows that repeat an utterance with the same number and words were read once: {repeated}."
    )
    return list(kept.values()), [note] if repeated else []


def _said(document: Document, row: _Row, columns: Columns) -> Said:
    text = row.get(columns.text)
    return Said(
        speaker=row.get(columns.speaker).strip() or None,
        text=" ".join(part.strip() for part in text.split("\n") if part.strip()),
        line=row.line,
        start=_time(document, row, columns.start),
        end=_time(document, row, columns.end),
        raw=text,
    )


def _time(document: Document, row: _Row, name: str | None) -> Seconds | None:
    if name is None:
        return None
    try:
        return read_cell(row.get(name), name)
    except ValueError:
        raise document.refuse(
            f"the time in column {name} cannot be read; expected seconds or HH:MM:SS",
            "Correct that cell, or leave it empty",
            line=row.line,
        ) from None


FORMAT = Format(
    name="table",
    title="CSV or TSV with named columns",
    suffixes=(".csv", ".tsv", ".tab"),
    recognise=recognise,
    parse=parse,
)
