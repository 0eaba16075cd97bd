from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from holdfast.corpus.store import Store
from holdfast.testing import write_sessions

pytest.importorskip("pyarrow", reason="the corpus extra is not installed")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six made-up sessions of about a minute."""
    made = tmp_path_factory.mktemp("sessions")
    write_sessions(made, 6, seed=3, minutes=(1, 1.5))
    return made


@pytest.fixture(scope="session")
def rows_of() -> Any:
    def rows(folder: Path, table: str) -> list[dict[str, Any]]:
        """Return a table's rows in a fixed order."""
        found: list[dict[str, Any]] = Store(folder).read(table).to_pylist()
        return sorted(found, key=lambda row: [str(row.get(key)) for key in KEYS[table]])

    return rows


KEYS = {
    "utterances": ("session_id", "index"),
    "sessions": ("session_id",),
    "failures": ("source", "conversation"),
    "run": ("run_id",),
}
