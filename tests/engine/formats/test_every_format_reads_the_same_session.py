from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from holdfast.formats import open_document, read_document, read_transcript
from holdfast.session import Session

FOLDER = Path(__file__).parents[3] / "examples" / "formats"
BUILD = runpy.run_path(str(FOLDER / "build.py"))
TALK: Session = BUILD["SESSION"]
FORMATS = {
    "session.vtt": "webvtt",
    "session.srt": "srt",
    "session.txt": "plain",
    "session-otter.txt": "plain",
    "session.csv": "table",
    "session.tsv": "table",
    "session-whisper.json": "whisper",
    "session-whisperx.json": "whisperx",
    "session.cha": "chat",
    "session.eaf": "elan",
    "session.docx": "docx",
    "session-convokit.jsonl": "convokit",
    "session.jsonl": "jsonl",
}
NAMES_NOBODY = {"session-whisper.json"}
STARTS_ONLY = {"session-otter.txt", "session.docx", "session-convokit.jsonl"}
NO_TIMES = {"session.txt"}


@pytest.mark.parametrize("name", FORMATS)
def test_the_example_is_what_the_script_writes(name: str) -> None:
    written = BUILD["FILES"][name](TALK)
    data = written if isinstance(written, bytes) else written.encode()
    session, shipped = (read_document(open_document(one, name)) for one in (data, _data(name)))
    assert session == shipped


@pytest.mark.parametrize("name", FORMATS)
def test_an_example_is_recognised_by_its_content_alone(name: str) -> None:
    assert read_document(open_document(_data(name))).format == FORMATS[name]


@pytest.mark.parametrize("name", FORMATS)
def test_an_example_has_the_same_words(name: str) -> None:
    session = read_transcript(FOLDER / name)
    assert [said.text for said in session.utterances] == [said.text for said in TALK.utterances]


@pytest.mark.parametrize("name", FORMATS.keys() - NAMES_NOBODY)
def test_an_example_has_the_same_speakers(name: str) -> None:
    session = read_transcript(FOLDER / name)
    speakers = [(said.speaker or "").title() for said in session.utterances]
    assert speakers == [said.speaker for said in TALK.utterances]


@pytest.mark.parametrize("name", FORMATS.keys() - NO_TIMES)
def test_an_example_has_the_same_times(name: str) -> None:
    session = read_transcript(FOLDER / name)
    for said, meant in zip(session.utterances, TALK.utterances, strict=True):
        assert said.start == meant.start
        assert said.end == (None if name in STARTS_ONLY else meant.end)


def test_every_example_is_tested() -> None:
    assert FORMATS.keys() == BUILD["FILES"].keys()
    assert {path.name for path in FOLDER.iterdir() if path.name.startswith("session")} == set(
        FORMATS
    )


def _data(name: str) -> bytes:
    return (FOLDER / name).read_bytes()
