from __future__ import annotations

import pytest

from holdfast.errors import TranscriptError
from holdfast.formats import read_text
from holdfast.session import Session

ANNOMI = (
    "transcript_id,mi_quality,topic,utterance_id,interlocutor,timestamp,utterance_text\n"
    '4,high,sleep,0,therapist,00:00:13,"So, how have you slept?"\n'
    "4,high,sleep,1,client,00:00:17,Badly.\n"
)


def told(session: Session) -> list[tuple[str | None, str, float | None, float | None]]:
    assert session.format == "table"
    return [(one.speaker, one.text, one.start, one.end) for one in session.utterances]


def test_annomis_columns_are_understood() -> None:
    session = read_text(ANNOMI)
    assert told(session) == [
        ("therapist", "So, how have you slept?", 13.0, None),
        ("client", "Badly.", 17.0, None),
    ]
    assert [one.line for one in session.utterances] == [2, 3]
    assert "Columns that were not needed and not read: 2 of 7." in session.notes


def test_several_sessions_in_one_file_are_an_error_that_says_so() -> None:
    with pytest.raises(TranscriptError, match="transcript_id names 2 different sessions"):
        read_text(ANNOMI + "5,high,sleep,0,therapist,00:00:02,Hello.\n")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "header",
    [
        "Speaker,Text,Start,End",
        "ROLE,CONTENT,START_TIME,END_TIME",
        "name,Transcript,Start Time,End Time",
        "interlocutor,utterance,start (s),end-time",
        "﻿speaker,utterance text,timestamp,stop",
    ],
)
def test_columns_go_by_many_names(header: str, delimiter: str) -> None:
    rows = f"{header}\nDana,Hello.,1.5,0:02.5\nLee,Hi.,00:00:03,4\n".replace(",", delimiter)
    assert told(read_text(rows)) == [("Dana", "Hello.", 1.5, 2.5), ("Lee", "Hi.", 3.0, 4.0)]


def test_milliseconds_are_told_by_the_columns_name() -> None:
    session = read_text("speaker,text,start_ms,End (ms)\nDana,Hello.,1500,2500\n")
    assert told(session) == [("Dana", "Hello.", 1.5, 2.5)]


def test_dates_are_counted_from_the_first() -> None:
    session = read_text(
        "speaker,text,timestamp\nDana,Hello.,2024-03-01 10:00:00\nLee,Hi.,2024-03-01T10:00:04\n"
    )
    assert [one.start for one in session.utterances] == [0.0, 4.0]
    assert any("dates" in note for note in session.notes)


@pytest.mark.parametrize("empty", ["", "-", "NA", "n/a", "NaN", "none"])
def test_a_time_may_be_missing(empty: str) -> None:
    assert told(read_text(f"speaker,text,start\nDana,Hello.,{empty}\n"))[0][2] is None


def test_a_broken_time_is_an_error_with_its_line() -> None:
    with pytest.raises(TranscriptError, match="line 3: the time in column start") as caught:
        read_text("speaker,text,start\nDana,Hello.,1\nLee,Hush.,soon\n")
    assert "Hush" not in str(caught.value)


def test_cells_over_several_lines_are_one_utterance_at_their_first_line() -> None:
    session = read_text('speaker,text\nDana,"Hello\nthere"\nLee,Hi.\n')
    assert [(one.text, one.line) for one in session.utterances] == [("Hello there", 2), ("Hi.", 4)]
    assert session.utterances[0].raw == "Hello\nthere"


def test_a_missing_column_lists_what_came_and_what_is_understood() -> None:
    with pytest.raises(TranscriptError) as caught:
        read_text("start,spk,utterance\n1,Dana,Hello.\n", name="a.csv")
    said = str(caught.value)
    assert "the columns are start, spk, utterance; no column for the speaker" in said
    assert "interlocutor" in said
    assert "utterance_text" in said


def test_a_table_without_names_of_columns_does_not_spill_its_words() -> None:
    with pytest.raises(TranscriptError, match="do not look like names of columns") as caught:
        read_text("Dana,I never told anyone\nLee,Take your time\n", name="a.csv")
    assert "never" not in str(caught.value)


def test_an_unquoted_comma_is_an_error_and_not_a_loss() -> None:
    with pytest.raises(TranscriptError, match="line 2: the row has 3 cells"):
        read_text("speaker,text\nDana,Well, yes\n")


def test_a_quotation_mark_that_never_closes_is_an_error_and_not_a_loss() -> None:
    with pytest.raises(TranscriptError, match="line 3: from here on the table cannot be read"):
        read_text('speaker,text\nDana,Hello.\nLee,"Hi.\nDana,Well.\n')


def test_tabs_without_quoting_keep_their_quotation_marks() -> None:
    session = read_text('speaker\ttext\nDana\t"Well" he said\nLee\t"Oh\n')
    assert [one.text for one in session.utterances] == ['"Well" he said', '"Oh']


def test_rows_without_words_or_speaker_are_noted() -> None:
    session = read_text("speaker,text\nDana,Hello.\nLee,\n,Hm.\n")
    assert told(session) == [("Dana", "Hello.", None, None), (None, "Hm.", None, None)]
    assert "Rows without words were left out: line 3." in session.notes
    assert "Rows without a speaker are kept, speaker unknown: line 4." in session.notes


def test_an_utterance_that_several_people_annotated_is_read_once() -> None:
    rows = "utterance_id,speaker,text,annotator\n0,Dana,Hello.,a\n0,Dana,Hello.,b\n1,Lee,Hello.,a\n"
    session = read_text(rows)
    assert [one.speaker for one in session.utterances] == ["Dana", "Lee"]
    assert any("were read once: 1" in note for note in session.notes)


def test_the_same_words_in_two_rows_are_two_utterances() -> None:
    assert len(read_text("speaker,text\nDana,Yes.\nDana,Yes.\n")) == 2
