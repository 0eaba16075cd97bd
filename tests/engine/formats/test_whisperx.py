from __future__ import annotations

import json

import pytest

from holdfast.errors import TranscriptError
from holdfast.formats import open_document, whisperx
from holdfast.session import Session


def read(*segments: object) -> Session:
    data = json.dumps({"segments": segments, "word_segments": []}).encode()
    return whisperx.FORMAT.parse(open_document(data, "lee.json"))


def word(text: str, speaker: str | None = None, **times: float) -> dict[str, object]:
    return {"word": text, **({"speaker": speaker} if speaker else {}), **times}


def told(session: Session) -> list[tuple[str | None, str, float | None, float | None]]:
    return [(one.speaker, one.text, one.start, one.end) for one in session.utterances]


def test_a_segment_without_speaker_keeps_its_words() -> None:
    session = read({"text": "Hm.", "speaker": "A"}, {"text": "I slept."})
    assert told(session)[1] == (None, "I slept.", None, None)
    assert session.notes == ("Nobody is named: line 2.",)


def test_a_segment_is_split_where_the_speaker_changes() -> None:
    words = [
        word("I", "A", start=1.0, end=1.1),
        word("slept.", "A", start=1.2, end=1.6),
        word("Good.", "B", start=2.0, end=2.5),
    ]
    session = read(
        {"start": 1, "end": 3, "text": " I slept. Good.", "speaker": "A", "words": words}
    )
    assert told(session) == [("A", "I slept.", 1.0, 1.6), ("B", "Good.", 2.0, 3.0)]
    assert [said.line for said in session.utterances] == [1, 1]
    assert "".join(said.raw for said in session.utterances) == " I slept. Good."
    assert session.notes == ("The speaker changes inside a segment, so it was split: line 1.",)


def test_words_without_times_leave_the_inner_times_open() -> None:
    words = [word("Two", "A"), word("nights.", "A"), word("Two?", "B"), word("Yes.", "A")]
    session = read({"start": 1, "end": 3, "text": "Two nights. Two? Yes.", "words": words})
    assert told(session) == [
        ("A", "Two nights.", 1.0, None),
        ("B", "Two?", None, None),
        ("A", "Yes.", None, 3.0),
    ]


def test_a_word_that_names_nobody_belongs_to_who_spoke_before_it() -> None:
    words = [word("I"), word("slept", "A"), word("12"), word("hours.", "A"), word("Good.", "B")]
    session = read({"text": "I slept 12 hours. Good.", "words": words})
    assert [one[:2] for one in told(session)] == [("A", "I slept 12 hours."), ("B", "Good.")]


def test_a_script_without_spaces_is_split_too() -> None:
    words = [word(letter, "A") for letter in "眠れた"] + [word(letter, "B") for letter in "そう"]
    session = read({"text": "眠れたそう", "words": words})
    assert [one[:2] for one in told(session)] == [("A", "眠れた"), ("B", "そう")]


@pytest.mark.parametrize(
    "text", ["I slept so well.", "I slept. Good. Really.", "Oh, I slept. Good."]
)
def test_nothing_is_lost_where_words_and_text_differ(text: str) -> None:
    words = [word("I", "A"), word("slept.", "A"), word("Good.", "B")]
    session = read({"text": text, "speaker": "A", "words": words})
    assert [one[:2] for one in told(session)] == [("A", text)]
    assert "kept whole: line 1" in session.notes[0]


def test_a_segment_without_text_is_read_from_its_words() -> None:
    session = read({"words": [word("I", "A"), word("slept.", "A")]})
    assert told(session) == [("A", "I slept.", None, None)]


def test_a_segment_takes_the_speaker_of_its_words_where_it_has_none() -> None:
    assert read({"text": "Hm.", "words": [word("Hm.", "A")]}).speakers == ("A",)


def test_speakers_may_be_numbers() -> None:
    assert read({"text": "Hm.", "speaker": 0}, {"text": "Yes.", "speaker": 1}).speakers == (
        "0",
        "1",
    )


@pytest.mark.parametrize(
    ("segment", "problem"),
    [
        ({"text": "Hm.", "words": "Hm."}, 'segment 1 has "words" that are no list'),
        ({"text": "Hm.", "words": ["Hm."]}, "segment 1 has a word that is no JSON object"),
        ({"text": "Hm.", "words": [{"word": 1}]}, 'segment 1 has a "word" that is no text'),
        ({"text": "Hm.", "speaker": []}, 'segment 1 has a "speaker" that is no text'),
    ],
)
def test_an_error_names_file_and_segment(segment: object, problem: str) -> None:
    with pytest.raises(TranscriptError) as refusal:
        read(segment)
    assert str(refusal.value).startswith(f"lee.json: {problem}")
