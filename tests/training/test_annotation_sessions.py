from __future__ import annotations

from pathlib import Path

import pytest

from training.annotation.sessions import read_by
from training.annotation.sheet import sheet, table

TEXT = (
    "transcript_id,utterance_id,interlocutor,utterance_text,main_therapist_behaviour,"
    "client_talk_type\n"
    '7,1,client,"I want to,\nI think.",n/a,change\n7,0,therapist,Why now?,question,n/a\n'
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "annomi"
    folder.mkdir()
    (folder / "sessions.csv").write_text(
        "transcript_id,mi_quality,topic,n_utt,series_group,fold5\n12,low,diet,30,2,1\n"
        "7,high,sleep,2,1,3\n"
    )
    (folder / "AnnoMI-simple.csv").write_text(TEXT)
    return tmp_path


def test_a_sheet_has_one_line_per_utterance_and_hides_the_experts_labels(data: Path) -> None:
    assert list(sheet(data, "7")) == ["0\tT\tWhy now?", "1\tC\tI want to, I think."]


def test_the_experts_labels_are_shown_when_asked_for(data: Path) -> None:
    lines = list(sheet(data, "7", hints=True))
    assert lines == ["0\tT\tquestion\tWhy now?", "1\tC\tchange\tI want to, I think."]


def test_a_transcript_that_is_not_there_is_named(data: Path) -> None:
    with pytest.raises(SystemExit, match="no transcript 8"):
        list(sheet(data, "8"))


def test_the_list_marks_which_passes_have_read_a_session(data: Path) -> None:
    for reader, name in (("a", "7"), ("a", "12"), ("b", "12")):
        folder = data / "labels" / reader
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.txt").touch()
    head, seven, twelve = table(data, data / "labels")
    assert head.startswith("transcript\tread")
    assert seven == "7\ta\t2\thigh\t3\t1\tsleep"
    assert twelve == "12\tab\t30\tlow\t1\t2\tdiet"


def test_what_the_second_pass_read_the_first_read_too() -> None:
    assert len(read_by("a")) == 117
    assert len(read_by("b")) >= 15
    assert read_by("b") <= read_by("a")
