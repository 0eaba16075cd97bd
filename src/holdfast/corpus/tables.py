"""What a worker gives back: rows of three tables, as Arrow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from holdfast.corpus.columns import columns
from holdfast.corpus.extras import need_tables

RESULTS = ("utterances", "sessions", "failures")
WIDTH = 8
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Tables:
    """Rows of utterances, sessions and failures, each an Arrow table."""

    utterances: Any
    sessions: Any
    failures: Any

    def as_bytes(self) -> bytes:
        """Return the three tables as Arrow streams, each after its length."""
        streams = [_stream(getattr(self, name)) for name in RESULTS]
        return b"".join(len(one).to_bytes(WIDTH, "big") + one for one in streams)

    @classmethod
    def from_bytes(cls, data: bytes) -> Tables:
        """Return the tables that :meth:`as_bytes` wrote."""
        import pyarrow as pa

        read, place = [], 0
        for _ in RESULTS:
            end = place + WIDTH + int.from_bytes(data[place : place + WIDTH], "big")
            read.append(pa.ipc.open_stream(data[place + WIDTH : end]).read_all())
            place = end
        return cls(*read)


def make_tables(
    utterances: Sequence[Row] = (), sessions: Sequence[Row] = (), failures: Sequence[Row] = ()
) -> Tables:
    """Return rows as Arrow tables of the right schema.

    Examples
    --------
    >>> make_tables(failures=[failure("a.vtt", None, "unreadable", "It is empty.")]).failures.shape
    (1, 4)
    """
    return Tables(
        as_table("utterances", utterances),
        as_table("sessions", sessions),
        as_table("failures", failures),
    )


def failure(source: str, conversation: str | None, kind: str, reason: str) -> Row:
    """Return a row of the table of failures."""
    return {"source": source, "conversation": conversation, "kind": kind, "reason": reason}


def as_table(name: str, rows: Sequence[Row]) -> Any:  # noqa: ANN401 - pyarrow has no types
    """Return rows as an Arrow table with the columns of a table."""
    need_tables()
    import pyarrow as pa

    return pa.Table.from_pylist(list(rows), schema=schema(name))


@cache
def schema(name: str) -> Any:  # noqa: ANN401 - pyarrow has no types
    """Return a table's Arrow schema; the columns' meanings go along in the file."""
    import pyarrow as pa

    kinds = {
        "text": pa.string(),
        "whole": pa.int64(),
        "number": pa.float64(),
        "yes": pa.bool_(),
        "texts": pa.list_(pa.string()),
        "numbers": pa.list_(pa.float64()),
        "day": pa.date32(),
        "time": pa.timestamp("us", tz="UTC"),
    }
    return pa.schema(
        [
            pa.field(one.name, kinds[one.kind], metadata={"meaning": one.meaning})
            for one in columns(name)
        ]
    )


def _stream(table: Any) -> bytes:  # noqa: ANN401 - pyarrow has no types
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())
