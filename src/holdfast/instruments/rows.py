"""Rows of a table, whatever file they come in: CSV, TSV, a JSON list, JSON lines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

from holdfast.errors import HoldfastError
from holdfast.formats.document import open_document

DELIMITERS = ",;\t|"
Cell = str | float | None


class TableError(HoldfastError):
    """A table that can't be read; the message names file, row and column, never the content."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes
    ----------
    number
        As the reader of the file counts it: the line of a CSV file, else from 1.
    cells
        By the column's name.
    """

    number: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Rows:
    """A table.

    Attributes
    ----------
    source
        Name of the file, without its folder.
    names
        Of the columns, in order.
    rows
        In order.
    """

    source: str
    names: tuple[str, ...]
    rows: tuple[Row, ...]


def read_rows(path: Path) -> Rows:
    """Read a table with named columns.

    Parameters
    ----------
    path
        CSV or TSV with a first row of names, a JSON list of objects, or one object per line.

    Raises
    ------
    TableError
        If it is neither, with what to do.
    """
    document = open_document(path.read_bytes(), path.name)
    if document.text is None:
        raise TableError(
            f"{path.name}: it is not a text file. Save it as CSV, or as JSON, an object per row."
        )
    text = document.text
    if not text.strip():
        raise TableError(f"{path.name}: it is empty. Export it again.")
    rows = _json(path.name, text) if text.lstrip()[0] in "[{" else _csv(path.name, text)
    if not rows.rows:
        raise TableError(f"{path.name}: it has names of columns, but no rows below them.")
    return rows


def number(cell: Cell) -> float | None:
    """Return a cell's number; ``None`` where it is none.

    Examples
    --------
    >>> number("3"), number("3,5"), number("three")
    (3.0, 3.5, None)
    """
    if cell is None or isinstance(cell, bool):
        return None
    try:
        value = float(cell.strip().replace(",", ".") if isinstance(cell, str) else cell)
    except (ValueError, OverflowError):
        return None
    return value if isfinite(value) else None


def empty(cell: Cell) -> bool:
    """Return whether a cell says that there is nothing.

    Examples
    --------
    >>> empty(" "), empty("NA"), empty(0)
    (True, True, False)
    """
    return cell is None or (
        str(cell).strip().lower() in {"", "na", "n/a", "nan", "null", "none", "-"}
    )


def _csv(source: str, text: str) -> Rows:
    first = text.lstrip("\n").partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True, skipinitialspace=True)
    try:
        names = tuple(name.strip() for name in next(filter(None, reader)))
        rows = tuple(_csv_rows(source, names, reader))
    except csv.Error:
        raise TableError(
            f"{source}, row {reader.line_num}: a quotation mark opens a cell and does not close "
            "it. Save the table again as CSV."
        ) from None
    names = tuple(filter(None, names))
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise TableError(f"{source}: the column {', '.join(twice)} is there twice. Keep one.")
    return Rows(source, names, rows)


def _csv_rows(source: str, names: tuple[str, ...], reader: Any) -> Iterator[Row]:  # noqa: ANN401 - csv names no type
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(names):
            raise TableError(
                f"{source}, row {reader.line_num}: it has {len(cells)} cells, and the first row "
                f"names {len(names)} columns."
            )
        filled = [*cells, *[""] * (len(names) - len(cells))]
        yield Row(reader.line_num, dict(zip(names, filled, strict=True)))


def _json(source: str, text: str) -> Rows:
    try:
        found = json.loads(text) if text.lstrip()[0] == "[" else _lines(text)
    except json.JSONDecodeError as error:
        raise TableError(
            f"{source}, line {error.lineno}: it is no valid JSON. Write a list of objects, or one "
            "object per line."
        ) from None
    names: dict[str, None] = {}
    rows = []
    for place, one in enumerate(found, start=1):
        if not isinstance(one, dict) or any(isinstance(cell, list | dict) for cell in one.values()):
            raise TableError(f"{source}, row {place}: expected an object with plain values.")
        names.update(dict.fromkeys(one))
        rows.append(Row(place, one))
    return Rows(source, tuple(names), tuple(rows))


def _lines(text: str) -> list[Any]:
    try:
        return [json.loads(text)]
    except json.JSONDecodeError:
        found = []
        for place, line in enumerate(text.split("\n"), start=1):
            try:
                if line.strip():
                    found.append(json.loads(line))
            except json.JSONDecodeError as error:
                raise json.JSONDecodeError(error.msg, "\n" * (place - 1), place - 1) from None
        return found
