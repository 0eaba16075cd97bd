"""Tidy tables, one row a response or a rating: CSV, JSON lines or Parquet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from holdfast.errors import HoldfastError
from holdfast.instruments.extras import need

Cell = str | float | bool | None
Rows = Sequence[Mapping[str, Cell]]
SUFFIXES = (".csv", ".jsonl", ".parquet")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_table(rows: Rows, path: Path) -> None:
    """Write a table; its file's ending says how.

    Parameters
    ----------
    rows
        All with the same columns, in order.
    path
        Ends in ``.csv``, ``.jsonl`` or ``.parquet``.

    Raises
    ------
    HoldfastError
        If it ends in something else, or Parquet is asked for and pyarrow is not installed.
    """
    suffix = path.suffix.lower()
    if suffix == ".parquet":
        _write_parquet(rows, path)
    elif suffix == ".csv":
        path.write_text(as_csv(rows), encoding="utf-8", errors="replace", newline="")
    elif suffix == ".jsonl":
        path.write_text(as_lines(rows), encoding="utf-8", errors="replace")
    else:
        raise HoldfastError(f"{path.name}: a table is written as {', '.join(SUFFIXES)}.")


def as_csv(rows: Rows) -> str:
    r"""Return a table as CSV. Words that a spreadsheet would take for a formula are defused.

    Examples
    --------
    >>> as_csv([{"client": "=1+1", "total": -3, "band": None}])
    "client,total,band\r\n'=1+1,-3,\r\n"
    """
    file = io.StringIO()
    writer = csv.DictWriter(file, fieldnames=list(rows[0]) if rows else [])
    writer.writeheader()
    writer.writerows({name: _plain(cell) for name, cell in row.items()} for row in rows)
    return file.getvalue()


def as_lines(rows: Rows) -> str:
    r"""Return a table as JSON lines.

    Examples
    --------
    >>> as_lines([{"client": "A", "total": 9}])
    '{"client": "A", "total": 9}\n'
    """
    return "".join(json.dumps(dict(row), ensure_ascii=False) + "\n" for row in rows)


def _plain(cell: Cell) -> Cell:
    if isinstance(cell, str) and cell.startswith(FORMULA):
        return "'" + cell
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell


def _write_parquet(rows: Rows, path: Path) -> None:
    need("pyarrow", "parquet")
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = {name: [row[name] for row in rows] for name in (rows[0] if rows else ())}
    pq.write_table(pa.table(columns), path)
