"""Sessions are read from wherever they lie, and a bad file never stops a run."""

from __future__ import annotations

import json
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from holdfast.corpus.reading import Reading, look
from holdfast.corpus.run import analyze_corpus
from holdfast.formats import write_jsonl
from holdfast.session import Session
from holdfast.testing import as_webvtt, synthetic_session


def session(seed: int) -> Session:
    return synthetic_session(1, seed, therapist="Therapist", client="Client")


def read(*paths: Path | str) -> tuple[Reading, list[str]]:
    reading = look([str(path) for path in paths])
    return reading, sorted(item.content for item in reading.items())


def table(count: int) -> list[dict[str, Any]]:
    rows = [
        {"conversation_id": f"c{n}", **json.loads(line)}
        for n in range(count)
        for line in write_jsonl(session(n)).splitlines()
    ]
    return sorted(rows, key=lambda row: (row["index"], row["conversation_id"]))  # interleaved


@pytest.fixture
def files(tmp_path: Path) -> Path:
    for n in range(3):
        (tmp_path / f"{n}.vtt").write_text(as_webvtt(session(n)))
    return tmp_path


def test_folders_globs_and_files_lead_to_the_same_sessions(files: Path) -> None:
    (files / "notes.pdf").write_bytes(b"%PDF")
    (files / ".hidden.vtt").write_text("WEBVTT")
    reading, found = read(files)
    assert len(found) == reading.sessions == 3
    assert reading.ignored == 1
    assert read(f"{files}/*.vtt")[1] == found
    assert read(*sorted(files.glob("[0-9].vtt")))[1] == found


def test_archives_are_opened(files: Path) -> None:
    whole, tape = files / "all.zip", files / "all.tar.gz"
    with zipfile.ZipFile(whole, "w") as archive, tarfile.open(tape, "w:gz") as other:
        for path in sorted(files.glob("*.vtt")):
            archive.write(path, f"inside/{path.name}")
            other.add(path, path.name)
    found = read(*sorted(files.glob("*.vtt")))[1]
    assert read(whole)[1] == found
    assert read(tape)[1] == found
    assert next(look([str(whole)]).items()).source == f"{whole}/inside/0.vtt"


def test_lines_of_several_conversations_are_taken_apart(tmp_path: Path) -> None:
    path = tmp_path / "utterances.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in table(3)))
    (tmp_path / "speakers.json").write_text("{}")
    reading, found = read(tmp_path)
    assert (len(found), reading.failures, reading.ignored) == (3, [], 1)
    assert {item.conversation for item in look([str(path)]).items()} == {"c0", "c1", "c2"}


def test_parquet_gives_the_same_as_lines(tmp_path: Path) -> None:
    lines, parquet = tmp_path / "a.jsonl", tmp_path / "a.parquet"
    lines.write_text("".join(json.dumps(row) + "\n" for row in table(3)))
    pq.write_table(pa.Table.from_pylist(table(3)), parquet)
    assert read(parquet)[1] == read(lines)[1] == sorted(read(lines)[1])


def test_a_convokit_corpus_is_read(tmp_path: Path) -> None:
    rows = [
        {"id": f"{n}-{k}", "conversation_id": f"c{n}", "speaker": who, "text": text,
         "reply-to": None, "timestamp": k, "meta": {"x": 1}}
        for n in range(2)
        for k, (who, text) in enumerate([("Therapist", f"How are you {n}?"), ("Client", "Well.")])
    ]  # fmt: skip
    (tmp_path / "utterances.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    for name in ("corpus.json", "index.json", "conversations.json"):
        (tmp_path / name).write_text("{}")
    reading, found = read(tmp_path)
    assert (len(found), reading.failures) == (2, [])
    assert {item.session.format for item in look([str(tmp_path)]).items()} == {"convokit"}


def test_a_table_like_annomis_is_read(tmp_path: Path, rows_of: Any) -> None:
    lines = ["transcript_id,mi_quality,utterance_id,interlocutor,timestamp,utterance_text"]
    for n in range(3):
        lines += [
            f'{n},high,{said.index},{said.role},00:00:{said.index:02},"{said.text}"'
            for said in session(n).utterances
        ]
    path = tmp_path / "corpus.csv"
    path.write_text("\n".join(lines))
    done = analyze_corpus([path], tmp_path / "out", workers=1)
    assert (done.sessions, done.failures) == (3, 0)
    rows = rows_of(tmp_path / "out", "sessions")
    assert {row["conversation"] for row in rows} == {"0", "1", "2"}
    assert {row["therapist"] for row in rows} == {"therapist"}


def test_object_storage_is_read(files: Path) -> None:
    fsspec = pytest.importorskip("fsspec")
    memory = fsspec.filesystem("memory")
    for path in sorted(files.glob("*.vtt")):
        memory.pipe(f"/bucket/deep/{path.name}", path.read_bytes())
    found = read(files)[1]
    assert read("memory://bucket")[1] == found
    assert read("memory://bucket/deep/*.vtt")[1] == found
    assert look(["memory://elsewhere"]).failures[0]["kind"] == "unreadable"


def test_a_bad_file_becomes_a_failure_with_its_reason(files: Path, rows_of: Any) -> None:
    (files / "empty.vtt").write_text("")
    (files / "broken.zip").write_bytes(b"PK no")
    (files / "broken.parquet").write_bytes(b"PAR1")
    (files / "broken.jsonl").write_text('{"speaker": "A", "text": "x"}\n{"speaker"')
    (files / "nameless.txt").write_text("Dana: How was it?\nLee: Fine.\n")
    done = analyze_corpus([files, "nowhere"], files.parent / "out", workers=1)
    assert (done.sessions, done.failures) == (3, 6)
    failures = {Path(row["source"]).name: row for row in rows_of(files.parent / "out", "failures")}
    assert set(failures) == {
        "empty.vtt", "broken.zip", "broken.parquet", "broken.jsonl", "nameless.txt", "nowhere",
    }  # fmt: skip
    assert failures["nameless.txt"]["kind"] == "roles"
    assert "line 2" in failures["broken.jsonl"]["reason"]
    assert all(row["reason"] for row in failures.values())


def test_no_reason_carries_words_of_a_session(files: Path, rows_of: Any) -> None:
    (files / "odd.txt").write_text("Dana: Tell me about the lighthouse.\nLee: The lighthouse.\n")
    analyze_corpus([files / "odd.txt"], files.parent / "odd", workers=1)
    (row,) = rows_of(files.parent / "odd", "failures")
    assert "lighthouse" not in row["reason"]


def test_the_same_talk_twice_is_coded_once(files: Path) -> None:
    (files / "again.vtt").write_text(as_webvtt(session(0)))
    reading, found = read(files)
    assert len(found) == 3
    assert [row["kind"] for row in reading.failures] == ["duplicate"]


def test_a_table_of_one_session_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "one.jsonl"
    path.write_text(write_jsonl(session(1)))
    item = next(look([str(path)]).items())
    assert item.conversation is None
    assert len(item.session) == len(session(1))


def test_a_file_may_be_larger_than_what_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in table(4)))
    ((_, many),) = look([str(path)]).files
    assert many is not None
    assert sum(many.counts.values()) == len(table(4))
