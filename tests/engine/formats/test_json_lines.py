from __future__ import annotations

import json

import pytest

from holdfast.errors import TranscriptError
from holdfast.formats import read_text
from holdfast.session import Role


def lines(*entries: dict[str, object]) -> str:
    return "".join(json.dumps(entry) + "\n" for entry in entries)


def test_what_holdfast_code_writes_is_read_with_its_roles() -> None:
    session = read_text(
        lines(
            {
                "index": 0,
                "speaker": "Dana",
                "role": "therapist",
                "start": 0.5,
                "end": 2,
                "text": "How was it?",
                "codes": {"behaviour": {"value": "question", "p": 0.9}},
            },
            {
                "index": 1,
                "speaker": "Lee",
                "role": None,
                "start": None,
                "end": None,
                "text": "Long.",
            },
        )
    )
    first, second = session.utterances
    assert session.format == "jsonl"
    assert (first.speaker, first.role, first.start, first.end) == ("Dana", Role.THERAPIST, 0.5, 2.0)
    assert (second.text, second.role, second.start, second.line) == ("Long.", None, None, 2)
    assert "The codes in the file were not read; the words are." in session.notes


def test_utterances_need_only_words_and_a_speaker() -> None:
    session = read_text(lines({"utterance": "Hello.", "role": "client"}, {"utterance": "Hm."}))
    assert [(one.speaker, one.text) for one in session.utterances] == [
        ("client", "Hello."),
        (None, "Hm."),
    ]
    assert "Entries without a speaker are kept, speaker unknown: line 2." in session.notes


def test_a_speaker_may_be_a_number() -> None:
    assert read_text(lines({"speaker": 7, "text": "Hello."})).speakers == ("7",)


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[1]",
        '"secret"',
        '{"speaker": "Dana", "text": ["secret"]}',
        '{"speaker": "Dana"}',
        "[" * 5000,
    ],
)
def test_a_line_that_cannot_be_read_is_an_error_with_its_line(line: str) -> None:
    text = lines({"speaker": "Dana", "text": "Hello."}) + line + "\n"
    if line == '{"speaker": "Dana"}':
        line = "no words"
    with pytest.raises(TranscriptError, match="line 2: ") as caught:
        read_text(text, name="a.jsonl")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("time", ["soon", [1], True, "1" * 5000])
def test_a_broken_time_is_an_error_with_its_line(time: object) -> None:
    with pytest.raises(TranscriptError, match="line 1: the time under 'start'"):
        read_text(lines({"speaker": "Dana", "text": "Hello.", "start": time}), format="jsonl")


def test_half_a_character_is_replaced_and_said_so() -> None:
    session = read_text('{"speaker": "Dana", "text": "Good \\ud83d day\\u0000"}\n')
    assert session.utterances[0].text == "Good � day�"
    assert "Broken characters were replaced by �: line 1." in session.notes


def convokit(number: int, **more: object) -> dict[str, object]:
    return {
        "id": f"u{number}",
        "conversation_id": "u0",
        "speaker": "dana" if number % 2 else "lee",
        "text": f"Words {number}",
        "meta": {"stars": 4},
        "reply-to": None,
        "timestamp": 10 + number,
        "vectors": [],
        **more,
    }


def test_a_convokit_conversation_is_read_in_the_order_of_the_file() -> None:
    session = read_text(lines(convokit(1), convokit(0)))
    assert session.format == "convokit"
    assert [(one.speaker, one.text, one.start) for one in session.utterances] == [
        ("dana", "Words 1", 11.0),
        ("lee", "Words 0", 10.0),
    ]
    assert any("earlier than the one above" in note for note in session.notes)


def test_convokits_older_keys_are_understood() -> None:
    entry = {"id": "a", "root": "a", "user": {"id": "dana"}, "text": "Hello.", "reply_to": None}
    session = read_text(lines(entry))
    assert session.format == "convokit"
    assert session.speakers == ("dana",)


def test_a_corpus_of_several_conversations_is_an_error_that_says_so() -> None:
    with pytest.raises(TranscriptError, match="the file holds 2 conversations"):
        read_text(lines(convokit(0), convokit(1, conversation_id="u1")))
