"""The folder of a corpus: parts of Parquet that appear whole, and what they say is done.

    DIR/utterances/RUN-000001.parquet   the words and codes of a batch
    DIR/sessions/RUN-000001.parquet     its sessions: written last, and so the batch's seal
    DIR/failures/RUN-000001.parquet     what of it could not be read or coded
    DIR/run/RUN.parquet                 versions, settings, counts

A part of ``utterances`` without its part of ``sessions`` comes from a run that was killed between
the two; it is removed when the run is resumed.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from holdfast.corpus.columns import TABLES
from holdfast.corpus.extras import need_tables
from holdfast.corpus.tables import Tables, as_table
from holdfast.errors import HoldfastError

UNFINISHED = ".unfinished"


class Store:
    """A corpus on disk.

    Parameters
    ----------
    folder
        Where the four tables lie, a folder each.
    """

    def __init__(self, folder: Path) -> None:
        need_tables()
        self.folder = folder

    def exists(self) -> bool:
        """Whether anything was written there before."""
        return any(self.parts(name) for name in TABLES)

    def create(self) -> None:
        """Make the folders.

        Raises
        ------
        HoldfastError
            If another kind of file is in the way.
        """
        if self.folder.exists() and not self.folder.is_dir():
            raise HoldfastError(f"{self.folder} is a file; give a folder with --out.")
        for name in TABLES:
            (self.folder / name).mkdir(parents=True, exist_ok=True)

    def parts(self, name: str) -> list[Path]:
        """Return the parts of a table, in order."""
        return sorted((self.folder / name).glob("*.parquet"))

    def mend(self) -> None:
        """Remove what a killed run left half done, and failures, which are found again."""
        sealed = {part.name for part in self.parts("sessions")}
        for part in self.parts("utterances"):
            if part.name not in sealed:
                part.unlink()
        for part in (*self.parts("failures"), *self.folder.rglob(f"*{UNFINISHED}")):
            part.unlink()

    def commit(self, part: str, tables: Tables) -> None:
        """Write a batch; the part of ``sessions`` comes last."""
        for name in ("failures", "utterances", "sessions"):
            table = getattr(tables, name)
            if table.num_rows:
                self._write(name, part, table)

    def write_run(self, row: dict[str, Any]) -> None:
        """Write or renew the row of a run."""
        self._write("run", row["run_id"], as_table("run", [row]))

    def read(self, name: str, columns: Collection[str] | None = None) -> Any:  # noqa: ANN401
        """Return a whole table, or some of its columns, as Arrow."""
        import pyarrow as pa

        none = as_table(name, [])
        none = none if columns is None else none.select(list(columns))
        return pa.concat_tables([none, *self.each(name, columns)])

    def done(self) -> dict[str, tuple[str, str | None]]:
        """Return the sessions that are coded: their source and conversation by their names."""
        wanted = ("session_id", "source", "conversation")
        return {
            session: (source, conversation)
            for table in self.each("sessions", wanted)
            for session, source, conversation in zip(
                *(table.column(one).to_pylist() for one in wanted), strict=True
            )
        }

    def forget(self, sessions: Collection[str]) -> None:
        """Take sessions out of the tables, as when their source has changed since."""
        import pyarrow as pa
        import pyarrow.compute as pc

        gone = pa.array(sorted(sessions), pa.string())
        for name in ("sessions", "utterances"):  # without its seal the rest is removed in mend()
            for part in self.parts(name) if len(gone) else ():
                table = self._table(part)
                kept = table.filter(pc.invert(pc.is_in(table["session_id"], value_set=gone)))
                if kept.num_rows < table.num_rows:
                    self._write(name, part.stem, kept)

    def each(self, name: str, columns: Collection[str] | None) -> Iterator[Any]:
        """Yield a table part by part."""
        for part in self.parts(name):
            yield self._table(part, columns)

    def _table(self, part: Path, columns: Collection[str] | None = None) -> Any:  # noqa: ANN401
        import pyarrow.parquet as pq

        chosen = None if columns is None else list(columns)
        return pq.ParquetFile(part).read(columns=chosen)

    def _write(self, name: str, part: str, table: Any) -> None:  # noqa: ANN401
        import pyarrow.parquet as pq

        path = self.folder / name / f"{part}.parquet"
        unfinished = path.with_name(path.name + UNFINISHED)
        with unfinished.open("wb") as file:
            pq.write_table(table, file, compression="zstd")
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
