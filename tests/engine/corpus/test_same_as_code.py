"""The tables hold what ``holdfast.code`` hears, exactly, wherever the work was done."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from holdfast import code, read
from holdfast.corpus.batch import Batch, Item, pack
from holdfast.corpus.run import analyze_corpus
from holdfast.corpus.settings import Settings
from holdfast.corpus.tables import Tables, make_tables
from holdfast.indicators import measure
from holdfast.testing import synthetic_session


@pytest.fixture(scope="module")
def tables(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("tables") / "corpus"
    analyze_corpus([folder], out, workers=1)
    return out


def test_every_code_equals_that_of_the_single_session(
    folder: Path, tables: Path, rows_of: Any
) -> None:
    rows = rows_of(tables, "utterances")
    for path in sorted(folder.iterdir()):
        coded = code(read(path))
        session = Item(str(path), None, read(path)).session_id
        mine = [row for row in rows if row["session_id"] == session]
        mine.sort(key=lambda row: row["index"])
        assert len(mine) == len(coded.session)
        for row, (said, codes) in zip(mine, coded, strict=True):
            assert row["text"] == said.text
            for name, one in codes.items():
                value = list(one.value) if isinstance(one.value, tuple) else one.value or None
                p = list(one.p) if isinstance(one.p, tuple) else one.p
                assert (row[name], row[f"{name}_p"], row[f"{name}_unsure"]) == (
                    value, p, one.unsure,
                )  # fmt: skip


def test_every_indicator_equals_that_of_the_single_session(
    folder: Path, tables: Path, rows_of: Any
) -> None:
    rows = {row["source"]: row for row in rows_of(tables, "sessions")}
    for path in sorted(folder.iterdir()):
        for one in measure(code(read(path))):
            row = rows[str(path)]
            assert row[one.name] == one.value
            assert row[f"{one.name}_n"] == one.n
            assert (row[f"{one.name}_low"], row[f"{one.name}_high"]) == (
                one.interval or (None, None)
            )


def test_processes_give_the_same_rows(
    folder: Path, tables: Path, tmp_path: Path, rows_of: Any
) -> None:
    analyze_corpus([folder], tmp_path / "two", workers=2, batch_tokens=500)
    for table in ("utterances", "sessions", "failures"):
        assert rows_of(tmp_path / "two", table) == rows_of(tables, table)


def test_the_size_of_batches_changes_nothing(
    folder: Path, tables: Path, tmp_path: Path, rows_of: Any
) -> None:
    analyze_corpus([folder], tmp_path / "small", workers=1, batch_tokens=1)
    assert rows_of(tmp_path / "small", "utterances") == rows_of(tables, "utterances")


def test_words_can_be_left_out(folder: Path, tmp_path: Path, rows_of: Any) -> None:
    analyze_corpus([folder], tmp_path / "out", settings=Settings(words=False), workers=1)
    rows = rows_of(tmp_path / "out", "utterances")
    assert {row["text"] for row in rows} == {None}
    assert any(row["behaviour"] for row in rows)


def test_batches_are_cut_by_tokens_across_files() -> None:
    items = [Item(f"{n}", None, synthetic_session(1, n)) for n in range(6)]
    batches = list(pack(items, budget=2 * max(item.tokens for item in items)))
    assert [item.source for batch in batches for item in batch.items] == list("012345")
    assert 1 < len(batches) < 6


def test_a_batch_survives_its_way_as_bytes() -> None:
    batch = Batch((Item("a", "1", synthetic_session(1)), Item("b", None, synthetic_session(1, 2))))
    back = Batch.from_bytes(batch.as_bytes())
    assert [one.session_id for one in back.items] == [one.session_id for one in batch.items]
    assert [one.conversation for one in back.items] == ["1", None]


def test_tables_survive_their_way_as_bytes() -> None:
    tables = make_tables(failures=[{"source": "a", "kind": "roles", "reason": "…"}])
    assert Tables.from_bytes(tables.as_bytes()).failures.equals(tables.failures)
