from __future__ import annotations

import pytest

from holdfast.errors import TranscriptError
from holdfast.formats import read_text
from holdfast.session import Session

Told = list[tuple[str | None, str]]


def told(session: Session) -> Told:
    assert session.format == "webvtt"
    return [(one.speaker, one.text) for one in session.utterances]


def vtt(*cues: str) -> str:
    times = (f"00:00:0{n}.000 --> 00:00:0{n}.900" for n in range(10))
    return "WEBVTT\n\n" + "\n\n".join(f"{time}\n{cue}" for time, cue in zip(times, cues))  # noqa: B905


def test_voice_tags_name_the_speakers() -> None:
    session = read_text(vtt("<v Dana>How was it?</v>", "<v.quiet Lee Ray>Long."))
    assert told(session) == [("Dana", "How was it?"), ("Lee Ray", "Long.")]
    assert session.utterances[1].raw == "<v.quiet Lee Ray>Long."


def test_the_same_voice_over_many_cues_stays_many_utterances() -> None:
    session = read_text(vtt("<v Dana>So</v>", "<v Dana>how was it?</v>", "<v Lee>Long.</v>"))
    assert told(session) == [("Dana", "So"), ("Dana", "how was it?"), ("Lee", "Long.")]


def test_several_voices_in_a_cue_become_utterances_with_its_times() -> None:
    session = read_text(vtt("<v Dana>And then?</v> <v Lee>I left.</v>"))
    assert told(session) == [("Dana", "And then?"), ("Lee", "I left.")]
    assert {(one.start, one.end) for one in session.utterances} == {(0.0, 0.9)}
    assert any("several utterances" in note for note in session.notes)


def test_words_after_a_closed_voice_belong_to_nobody_known() -> None:
    session = read_text(vtt("<v Dana>And then?</v> I left.", "<v Lee>Yes</v>."))
    assert told(session) == [("Dana", "And then?"), (None, "I left."), ("Lee", "Yes.")]


def test_a_cue_without_speaker_keeps_its_words() -> None:
    session = read_text(vtt("<v Dana>And then?</v>", "I left."))
    assert told(session)[1] == (None, "I left.")
    assert "1 of 2 utterances have no speaker; their words are kept." in session.notes


def test_names_before_a_colon_are_speakers() -> None:
    session = read_text(vtt("Dana Whit: How was it?", "Lee: Long: too long.", "Dana Whit: Oh."))
    assert told(session)[:2] == [("Dana Whit", "How was it?"), ("Lee", "Long: too long.")]


def test_a_colon_in_talk_is_no_speaker() -> None:
    cues = ("I told her: enough", "Mom: she never calls", "and then", "well", "we sat there")
    session = read_text(vtt(*cues))
    assert told(session) == [(None, cue) for cue in cues]


def test_a_second_speaker_on_the_next_line_is_an_utterance_of_its_own() -> None:
    session = read_text(vtt("Dana: And then?\nLee: I left.", "Dana: Oh.\nThat was hard."))
    assert told(session) == [
        ("Dana", "And then?"),
        ("Lee", "I left."),
        ("Dana", "Oh. That was hard."),
    ]
    assert [one.line for one in session.utterances] == [4, 5, 8]


def test_webex_names_the_speaker_in_the_identifier() -> None:
    session = read_text(
        'WEBVTT\n\n1 "Dana Whit" (123)\n00:01.000 --> 00:02.000\nHow was it?\n\n'
        '2 "Lee" (456)\n00:02.000 --> 00:03.000\nLong.\n'
    )
    assert told(session) == [("Dana Whit", "How was it?"), ("Lee", "Long.")]


def test_header_notes_styles_and_regions_are_no_talk() -> None:
    session = read_text(
        "WEBVTT - our talk\nKind: captions\nLanguage: en\n\nNOTE\nmade by hand\n\n"
        "STYLE\n::cue { color: red }\n\nREGION\nid:left\n\n"
        "intro\n00:01.000 --> 00:02.000 align:left line:0\n<v Dana>How was it?\n\nNOTE the end\n"
    )
    assert told(session) == [("Dana", "How was it?")]
    assert session.utterances[0].line == 16
    assert any("note and style blocks" in note for note in session.notes)


def test_tags_and_entities_become_text() -> None:
    session = read_text(
        vtt("<v Dana><i>Rock</i> &amp; <c.loud>roll</c> <00:00:00.500>&lt;here&gt;", "<v Lee>a < b")
    )
    assert told(session) == [("Dana", "Rock & roll <here>"), ("Lee", "a < b")]
    assert "Markup was taken out of the text of 1 cue." in session.notes


def test_an_unknown_tag_is_talk() -> None:
    assert told(read_text(vtt("<v Dana>Oh <laughs> yes"))) == [("Dana", "Oh <laughs> yes")]


def test_a_blank_line_inside_a_cue_loses_nothing() -> None:
    session = read_text(vtt("<v Dana>How was\n\nyour week?", "<v Lee>Long."))
    assert told(session)[0] == ("Dana", "How was your week?")


def test_a_cue_without_words_is_left_out_and_said_so() -> None:
    session = read_text(vtt("<v Dana>Hi.", "", "<v Lee></v>"))
    assert told(session) == [("Dana", "Hi.")]
    assert "2 cues without words were left out." in session.notes


def test_overlapping_cues_keep_their_times() -> None:
    text = (
        "WEBVTT\n\n00:01.000 --> 00:05.000\n<v Dana>Well\n\n00:02.000 --> 00:03.000\n<v Lee>Yes\n"
    )
    session = read_text(text)
    assert [(one.start, one.end) for one in session.utterances] == [(1.0, 5.0), (2.0, 3.0)]
    assert not session.notes


@pytest.mark.parametrize("times", ["00:xx --> 00:02.000", "00:99.000 --> 00:02.000"])
def test_a_broken_time_is_an_error_with_its_line(times: str) -> None:
    with pytest.raises(TranscriptError, match=r"a\.vtt, line 3: the times of a cue") as caught:
        read_text(f"WEBVTT\n\n{times}\n<v Dana>Hi.\n", name="a.vtt")
    assert "Hi" not in str(caught.value)


def test_an_arrow_in_talk_is_talk() -> None:
    assert told(read_text(vtt("<v Dana>it went up --> and down"))) == [
        ("Dana", "it went up --> and down")
    ]
