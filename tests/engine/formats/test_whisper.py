from __future__ import annotations

import json

import pytest

from holdfast.errors import TranscriptError
from holdfast.formats import open_document, whisper, whisperx
from holdfast.formats.document import Document
from holdfast.session import Session


def read(*segments: object) -> Session:
    return whisper.FORMAT.parse(document({"text": "", "segments": list(segments)}))


def document(whole: object, name: str = "lee.json") -> Document:
    return open_document(json.dumps(whole).encode(), name)


def test_nobody_is_named() -> None:
    session = read({"start": 0, "end": 2.5, "text": " I slept."})
    assert session.speakers == (None,)
    assert "names no speakers" in session.notes[0]


def test_raw_keeps_the_space_that_whisper_writes() -> None:
    said = read({"start": 0, "end": 2.5, "text": " I slept."}).utterances[0]
    assert (said.text, said.raw) == ("I slept.", " I slept.")


def test_whisper_cpp_counts_in_milliseconds() -> None:
    entry = {"offsets": {"from": 1500, "to": 2300}, "text": " I slept."}
    written = document({"systeminfo": "", "transcription": [entry, {"text": " Well."}]})
    assert whisper.FORMAT.recognise(written)
    session = whisper.FORMAT.parse(written)
    assert [(said.text, said.start, said.end) for said in session.utterances] == [
        ("I slept.", 1.5, 2.3),
        ("Well.", None, None),
    ]


def test_an_offset_that_cannot_be_is_left_out_and_the_words_stay() -> None:
    entry = {"offsets": {"from": 10**400, "to": float("nan")}, "text": "I slept."}
    said = whisper.FORMAT.parse(document({"transcription": [entry]})).utterances[0]
    assert (said.text, said.start, said.end) == ("I slept.", None, None)


@pytest.mark.parametrize("offsets", [{"from": "soon"}, {"from": True}, {"from": [1]}])
def test_a_broken_offset_names_its_segment(offsets: object) -> None:
    entry = {"offsets": offsets, "text": "I slept."}
    with pytest.raises(TranscriptError, match="segment 1 has a"):
        whisper.FORMAT.parse(document({"transcription": [entry]}))


def test_a_segment_without_words_is_left_out_and_said_so() -> None:
    session = read({"text": "Hm."}, {"text": "  "}, {"text": "Yes."})
    assert [said.text for said in session.utterances] == ["Hm.", "Yes."]
    assert [said.line for said in session.utterances] == [1, 3]
    assert session.notes[1:] == ("Without words, so left out: line 2.",)


@pytest.mark.parametrize("time", ["NaN", "-Infinity", "1e999", "9" * 400, "-3"])
def test_a_time_that_cannot_be_is_left_out_and_the_words_stay(time: str) -> None:
    data = f'{{"segments": [{{"start": {time}, "end": 2, "text": "I slept."}}]}}'.encode()
    said = whisper.FORMAT.parse(open_document(data)).utterances[0]
    assert (said.text, said.start, said.end) == ("I slept.", None, 2.0)


@pytest.mark.parametrize(
    ("segment", "problem"),
    [
        ({"start": [1], "text": "a"}, 'segment 2 has a "start" that is no number of seconds'),
        ({"start": True, "text": "a"}, 'segment 2 has a "start" that is no number of seconds'),
        ({"start": "soon", "text": "a"}, 'segment 2 has a "start" that is no number of seconds'),
        ({"text": 7}, 'segment 2 has a "text" that is no text'),
        ("I slept.", "segment 2 is not a JSON object"),
    ],
)
def test_an_error_names_file_and_segment(segment: object, problem: str) -> None:
    with pytest.raises(TranscriptError) as refusal:
        read({"text": "Hm."}, segment)
    assert str(refusal.value).startswith(f"lee.json: {problem}")


def test_an_error_never_holds_the_words() -> None:
    with pytest.raises(TranscriptError) as refusal:
        read({"text": ["my secret"], "start": "my secret"})
    assert "secret" not in str(refusal.value)


def test_json_cut_short_names_its_line() -> None:
    with pytest.raises(TranscriptError, match="line 2: it is no valid JSON"):
        whisper.FORMAT.parse(open_document(b'{"segments":\n [{"text": "I sl', "lee.json"))


def test_json_nested_without_end_is_refused() -> None:
    data = b'{"segments": ' + b"[" * 200_000
    with pytest.raises(TranscriptError, match="nested too deeply"):
        whisper.FORMAT.parse(open_document(data))


def test_a_number_of_ten_thousand_digits_is_refused() -> None:
    data = b'{"segments": [{"text": "a", "start": ' + b"9" * 10_000 + b"}]}"
    with pytest.raises(TranscriptError, match="number too long"):
        whisper.FORMAT.parse(open_document(data))


@pytest.mark.parametrize("whole", [[], {"segments": 4}, {"segments": {}}, {}, "segments"])
def test_json_without_segments_says_what_was_expected(whole: object) -> None:
    with pytest.raises(TranscriptError, match='a list called "segments"'):
        whisper.FORMAT.parse(document(whole))


def test_no_segment_at_all_is_an_error() -> None:
    with pytest.raises(TranscriptError, match="nobody says anything"):
        read()


def test_speakers_tell_whisperx_from_whisper() -> None:
    named = document({"segments": [{"text": "Hm.", "speaker": "A"}]})
    nameless = document({"segments": [{"text": 'He said "speaker".'}]})
    assert [one.FORMAT.recognise(named) for one in (whisper, whisperx)] == [False, True]
    assert [one.FORMAT.recognise(nameless) for one in (whisper, whisperx)] == [True, False]
