from __future__ import annotations

import pytest

from holdfast.errors import TranscriptError
from holdfast.formats import read_text
from holdfast.session import Session


def told(session: Session) -> list[tuple[str | None, str]]:
    assert session.format == "srt"
    return [(one.speaker, one.text) for one in session.utterances]


def srt(*cues: str) -> str:
    return "\n\n".join(
        f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\n{cue}" for n, cue in enumerate(cues, start=1)
    )


@pytest.mark.parametrize("form", ["{}: {}", "[{}] {}", "[{}]: {}", "({}) {}", ">> {}: {}"])
def test_speakers_stand_before_the_words_in_many_ways(form: str) -> None:
    lines = [("Dana", "How was it?"), ("Lee", "Long."), ("Dana", "Oh.")]
    assert told(read_text(srt(*(form.format(*line) for line in lines)))) == lines


def test_a_sound_in_brackets_is_no_speaker() -> None:
    cues = ("[Laughs] Oh no.", "[Sighs] Well.", "[Laughs] Yes.")
    assert told(read_text(srt(*cues))) == [(None, cue) for cue in cues]


def test_dashes_in_a_cue_are_two_people_whose_names_are_unknown() -> None:
    assert told(read_text(srt("- Was it?\n- It was."))) == [(None, "Was it?"), (None, "It was.")]


def test_one_dash_alone_is_talk() -> None:
    assert told(read_text(srt("Dana: well", "Lee: I was\n- you know - away"))) == [
        ("Dana", "well"),
        ("Lee", "I was - you know - away"),
    ]


def test_a_change_mark_without_name_begins_an_utterance() -> None:
    assert told(read_text(srt(">> Was it?\n>> It was."))) == [(None, "Was it?"), (None, "It was.")]


@pytest.mark.parametrize(
    "text",
    [
        "00:00:01,000 --> 00:00:02,000\nDana: One.\n\n00:00:03,000 --> 00:00:04,000\nLee: Two.\n",
        "7\n00:00:01.000 --> 00:00:02.000\nDana: One.\n7\n00:00:03.000 --> 00:00:04.000\nLee: Two.",
        "1\n0:0:01,0 -> 0:0:02,0\nDana: One.\n2\n0:0:03,0 -> 0:0:04,0\nLee: Two.\n",
        "1\n00:01 --> 00:02\n\nDana: One.\n\n\n2\n00:03 --> 00:04 X1:40\nLee: Two.\n\n\n",
        "\n\n1\n0:01,0 --> 0:02,0\nDana: One.\n2\n0:03,0 --> 0:04,0\nLee: Two.",
    ],
    ids=[
        "no numbers",
        "wrong number, no blank line",
        "short times",
        "blank lines",
        "no blank line",
    ],
)
def test_sloppy_files_are_read(text: str) -> None:
    session = read_text(text)
    kept = [(speaker, said.removesuffix(" 7")) for speaker, said in told(session)]
    assert kept[0][0] == "Dana"
    assert "One." in kept[0][1]
    assert kept[1] == ("Lee", "Two.")
    assert [(one.start, one.end) for one in session.utterances] == [(1.0, 2.0), (3.0, 4.0)]


def test_a_number_that_is_talk_stays() -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,000\nHow many?\n\n12\n\n2\n00:00:03,000 --> 00:00:04,000\n7\n"
    )
    assert told(read_text(text)) == [(None, "How many? 12"), (None, "7")]


def test_a_wordy_line_above_a_time_is_talk() -> None:
    text = "00:00:01,000 --> 00:00:02,000\nOne.\n\nand more\n00:00:03,000 --> 00:00:04,000\nTwo.\n"
    assert told(read_text(text)) == [(None, "One. and more"), (None, "Two.")]


def test_text_above_the_first_cue_is_kept_without_times() -> None:
    session = read_text("Our talk\n\n1\n00:00:01,000 --> 00:00:02,000\nDana: One.\n")
    assert told(session)[0] == (None, "Our talk")
    assert session.utterances[0].start is None
    assert "Text stands above the first cue; it is kept, without times." in session.notes


def test_styling_is_taken_out() -> None:
    session = read_text(srt('{\\an8}<font color="#fff">Dana:</font> <b>One.</b>', "Lee: Two."))
    assert told(session) == [("Dana", "One."), ("Lee", "Two.")]


def test_a_file_without_times_asked_for_as_srt_is_refused() -> None:
    with pytest.raises(TranscriptError, match="no line has a cue's times"):
        read_text("Dana: One.\nLee: Two.\n", format="srt")
