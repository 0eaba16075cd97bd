from __future__ import annotations

import pytest

from holdfast.errors import TranscriptError
from holdfast.formats import read_text
from holdfast.session import Session


def told(session: Session) -> list[tuple[str | None, str]]:
    assert session.format == "plain"
    return [(one.speaker, one.text) for one in session.utterances]


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("Dana: One.\nLee: Two.\n", [None, None]),
        ("Dana:\nOne.\n\nLee:\nTwo.\n", [None, None]),
        ("Dana：One.\nLee：Two.\n", [None, None]),
        ("[00:01:02] Dana: One.\n[00:01:05] Lee: Two.\n", [62, 65]),
        ("(1:02) Dana: One.\n(1:05) Lee: Two.\n", [62, 65]),
        ("00:01:02 - Dana: One.\n00:01:05 - Lee: Two.\n", [62, 65]),
        ("00:01:02 Dana: One.\n00:01:05 Lee: Two.\n", [62, 65]),
        ("Dana (00:01:02): One.\nLee (00:01:05): Two.\n", [62, 65]),
        ("Dana [1:02] One.\nLee [1:05] Two.\n", [62, 65]),
        ("Dana 1:02: One.\nLee 1:05: Two.\n", [62, 65]),
        ("Dana  1:02\nOne.\n\nLee  1:05\nTwo.\n", [62, 65]),
        ("Dana | 1:02\nOne.\n\nLee | 1:05\nTwo.\n", [62, 65]),
        ("[1:02] Dana\nOne.\n\n[1:05] Lee\nTwo.\n", [62, 65]),
        ("1:02\nDana: One.\n\n1:05\nLee: Two.\n", [62, 65]),
    ],
)
def test_names_and_times_are_read_in_many_forms(text: str, starts: list[float | None]) -> None:
    session = read_text(text)
    assert told(session) == [("Dana", "One."), ("Lee", "Two.")]
    assert [one.start for one in session.utterances] == starts


def test_a_range_of_times_gives_start_and_end() -> None:
    session = read_text("[0:01 - 0:03] Dana: One.\n[0:03 --> 0:05] Lee: Two.\n")
    assert [(one.start, one.end) for one in session.utterances] == [(1, 3), (3, 5)]


def test_lines_without_a_name_go_on_with_the_one_above() -> None:
    session = read_text("Dana: How was\nyour week?\n\nI mean it.\nLee: Long.\n")
    assert told(session) == [("Dana", "How was your week? I mean it."), ("Lee", "Long.")]
    assert session.utterances[0].raw == "Dana: How was\nyour week?\n\nI mean it."
    assert session.utterances[1].line == 5


def test_words_above_the_first_name_are_kept_with_speaker_unknown() -> None:
    session = read_text("Session of Tuesday\nin the small room\n\nDana: One.\nLee: Two.\n")
    assert told(session)[0] == (None, "Session of Tuesday in the small room")
    assert any("speaker unknown: line 1" in note for note in session.notes)


def test_a_colon_inside_an_utterance_is_talk() -> None:
    session = read_text("Dana: Go on: what then?\nLee: She said:\nRemember: no one.\nDana: Oh.\n")
    assert told(session)[1] == ("Lee", "She said: Remember: no one.")


def test_somebody_who_speaks_once_among_names_is_a_speaker() -> None:
    session = read_text("Dana: One.\nLee: Two.\nInterpreter: Three.\nDana: Four.\n")
    assert session.speakers == ("Dana", "Lee", "Interpreter")


def test_names_in_lower_case_are_speakers_where_they_come_again() -> None:
    session = read_text("dana: one\nlee: two\ndana: three\nlee: four\nso: five\n")
    assert session.speakers == ("dana", "lee")
    assert told(session)[-1] == ("lee", "four so: five")


@pytest.mark.parametrize("talk", ["Hm 0:12", "Ten 10:30", "Maybe (2:30)", "Note: nothing"])
def test_words_right_below_an_otter_heading_are_words(talk: str) -> None:
    session = read_text(f"Dana  0:03\n{talk}\n\nLee  0:09\nYes.\n\nDana  0:12\nOh.\n")
    assert told(session)[0] == ("Dana", talk)


def test_a_time_in_talk_stays_in_the_text() -> None:
    session = read_text("Dana: When?\nLee: At 10:30.\nDana: When?\n10:45\nLee: Late.\n")
    assert told(session)[1:3] == [("Lee", "At 10:30."), ("Dana", "When? 10:45")]


def test_otters_credit_is_no_talk() -> None:
    session = read_text("Dana  0:03\nOne.\n\nLee  0:09\nTwo.\n\nTranscribed by https://otter.ai\n")
    assert told(session) == [("Dana", "One."), ("Lee", "Two.")]
    assert "Otter's credit is no talk and was left out." in session.notes


def test_a_name_without_words_is_left_out_and_said_so() -> None:
    session = read_text("Dana: One.\nLee:\nDana: Two.\nLee: Three.\n")
    assert told(session) == [("Dana", "One."), ("Dana", "Two."), ("Lee", "Three.")]
    assert "A name without words was left out: line 2." in session.notes


@pytest.mark.parametrize("heading", ["Lee (00:xx): Two.", "[0:99] Lee: Two.", "(1:2x) Lee: Two."])
def test_a_broken_time_beside_a_name_is_an_error_with_its_line(heading: str) -> None:
    with pytest.raises(TranscriptError, match=r"line 2: the time beside a name") as caught:
        read_text(f"Dana (0:01): One.\n{heading}\nLee (0:05): Three.\nLee: Four.\n")
    assert "Two" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "We sat there for a while.\nNobody said a thing.\nIt rained.\n",
        "First I thought: no.\nThen I thought: well.\nIn the end: yes.\n",
        "Groceries\nmilk\nbread\nApples: four\neggs\nrice\ntea\nsalt\noats\njam\nrye\n",
    ],
)
def test_prose_is_no_transcript(text: str) -> None:
    with pytest.raises(TranscriptError, match="none of the transcript formats"):
        read_text(text)
