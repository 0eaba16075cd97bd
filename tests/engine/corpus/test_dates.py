"""The day of a session is taken from its source where that says it in one way, else nowhere."""

from __future__ import annotations

import csv
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from holdfast.corpus.batch import Batch
from holdfast.corpus.reading import look
from holdfast.corpus.run import analyze_corpus
from holdfast.formats import write_jsonl
from holdfast.testing import as_webvtt, synthetic_session

DAYS = {"c0": "2026-03-04", "c1": "2026-03-11"}


def rows(**days: str | None) -> list[dict[str, Any]]:
    """Return the utterances of some conversations, each with its day."""
    return [
        {"conversation_id": name, "date": day, **json.loads(line)}
        for seed, (name, day) in enumerate(days.items())
        for line in write_jsonl(
            synthetic_session(1, seed, therapist="Therapist", client="Client")
        ).splitlines()
    ]


def lines(path: Path, table: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in table))
    return path


def days(path: Path) -> dict[str | None, date | None]:
    return {item.conversation: item.held_on for item in look([str(path)]).items()}


KNOWN = {"c0": date(2026, 3, 4), "c1": date(2026, 3, 11)}


def test_a_column_of_lines_says_it(tmp_path: Path) -> None:
    assert days(lines(tmp_path / "a.jsonl", rows(**DAYS))) == KNOWN


def test_a_column_of_csv_says_it(tmp_path: Path) -> None:
    table = rows(**DAYS)
    with (tmp_path / "a.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, list(table[0]))
        writer.writeheader()
        writer.writerows(table)
    assert days(tmp_path / "a.csv") == KNOWN


@pytest.mark.parametrize("kind", [pa.string(), pa.date32(), pa.timestamp("us")])
def test_a_column_of_parquet_says_it(kind: Any, tmp_path: Path) -> None:
    table = pa.Table.from_pylist(rows(**DAYS))
    column = table["date"] if kind == pa.string() else table["date"].cast(pa.date32()).cast(kind)
    pq.write_table(table.set_column(1, "date", column), tmp_path / "a.parquet")
    assert days(tmp_path / "a.parquet") == KNOWN


def convokit(folder: Path, meta: dict[str, Any]) -> Path:
    table = [{"id": f"u{n}", **row} for n, row in enumerate(rows(c0=None, c1=None))]
    lines(
        folder / "utterances.jsonl",
        [{k: v for k, v in row.items() if k != "date"} for row in table],
    )
    (folder / "conversations.json").write_text(json.dumps(meta))
    return folder


def test_convokits_conversations_say_it(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    meta = {name: {"meta": {"date": day}, "vectors": []} for name, day in DAYS.items()}
    corpus = convokit(tmp_path / "corpus", meta)
    assert days(corpus) == KNOWN
    with zipfile.ZipFile(tmp_path / "corpus.zip", "w") as archive:
        for path in corpus.iterdir():
            archive.write(path, f"corpus/{path.name}")
    assert days(tmp_path / "corpus.zip") == KNOWN


def test_convokit_on_object_storage_says_it_too(tmp_path: Path) -> None:
    fsspec = pytest.importorskip("fsspec")
    memory = fsspec.filesystem("memory")
    for path in convokit(tmp_path, {"c0": {"date": DAYS["c0"]}}).iterdir():
        memory.pipe(f"/dated/{path.name}", path.read_bytes())
    found = look(["memory://dated"])
    assert {item.conversation: item.held_on for item in found.items()} == {**KNOWN, "c1": None}
    assert found.failures == []


def test_chats_header_says_it(tmp_path: Path) -> None:
    (tmp_path / "a.cha").write_text(
        "@UTF8\n@Begin\n@Participants:\tTHE Therapist, CLI Client\n@Date:\t04-MAR-2026\n"
        "*THE:\tHow was it?\n*CLI:\tNot so well.\n@End\n"
    )
    assert days(tmp_path / "a.cha") == {None: date(2026, 3, 4)}


@pytest.mark.parametrize("said", ["04/03/2026", "2026-02-30", "yesterday", "", None])
def test_a_day_that_can_be_read_in_two_ways_or_none_is_not_taken(
    said: str | None, tmp_path: Path
) -> None:
    assert set(days(lines(tmp_path / "a.jsonl", rows(c0=said, c1=said))).values()) == {None}


def test_rows_that_disagree_say_nothing(tmp_path: Path) -> None:
    table = rows(**DAYS)
    table[0]["date"] = "2026-03-05"
    assert days(lines(tmp_path / "a.jsonl", table)) == {**KNOWN, "c0": None}


def test_the_time_of_a_file_and_its_name_are_not_asked(tmp_path: Path) -> None:
    (tmp_path / "2026-03-04.vtt").write_text(as_webvtt(synthetic_session(1)))
    assert days(tmp_path) == {None: None}


def test_the_day_is_in_the_table_and_no_part_of_the_content(tmp_path: Path, rows_of: Any) -> None:
    path = lines(tmp_path / "a.jsonl", rows(c0=DAYS["c0"], c1=None))
    analyze_corpus([path], tmp_path / "out", workers=1)
    found = {row["conversation"]: row for row in rows_of(tmp_path / "out", "sessions")}
    assert {name: row["date"] for name, row in found.items()} == {**KNOWN, "c1": None}
    again = lines(tmp_path / "b.jsonl", rows(c0="2020-01-01", c1=None))
    assert {item.content for item in look([str(again)]).items()} == {
        row["content"] for row in found.values()
    }


def test_the_day_survives_its_way_as_bytes(tmp_path: Path) -> None:
    items = tuple(look([str(lines(tmp_path / "a.jsonl", rows(**DAYS)))]).items())
    back = Batch.from_bytes(Batch(items).as_bytes())
    assert [one.held_on for one in back.items] == list(KNOWN.values())
