from __future__ import annotations

from pathlib import Path

import pytest

from holdfast.errors import TranscriptError
from holdfast.formats import FORMATS, detect, named_format, open_document, read_transcript

CONTENTS = {
    "webvtt": "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Dana>Hello.\n",
    "srt": "1\n00:00:01,000 --> 00:00:02,000\nDana: Hello.\n",
    "plain": "Dana: Hello.\nLee: Hi.\n",
    "table": "speaker,text\nDana,Hello.\nLee,Hi.\n",
    "jsonl": '{"speaker": "Dana", "text": "Hello."}\n',
    "convokit": '{"speaker": "Dana", "text": "Hello.", "conversation_id": "a", "reply-to": null}\n',
    "whisper": '{"text": "Hello.", "segments": [{"start": 0, "end": 1, "text": "Hello."}]}',
    "whisperx": '{"segments": [{"start": 0, "end": 1, "text": "Hello.", "speaker": "A"}]}',
    "chat": "@UTF8\n@Begin\n@Participants:\tDAN Dana Therapist\n*DAN:\thello .\n@End\n",
    "elan": (
        '<?xml version="1.0"?>\n<ANNOTATION_DOCUMENT><TIME_ORDER/>'
        '<TIER TIER_ID="Dana"></TIER></ANNOTATION_DOCUMENT>'
    ),
}


@pytest.mark.parametrize("suffix", ["", ".txt", ".vtt", ".srt", ".csv", ".json", ".dat", ".docx"])
@pytest.mark.parametrize("name", CONTENTS)
def test_the_content_tells_the_format_whatever_the_suffix(name: str, suffix: str) -> None:
    data = CONTENTS[name].encode()
    assert detect(open_document(data, f"session{suffix}")).name == name


@pytest.mark.parametrize("name", CONTENTS)
def test_only_one_format_recognises_a_clear_file(name: str) -> None:
    document = open_document(CONTENTS[name].encode())
    strict = [one.name for one in FORMATS if one.recognise(document) and one.name != "plain"]
    assert name in {"plain", *strict}
    assert len(strict) <= 1 or set(strict) <= {"convokit", "jsonl", "whisper", "whisperx"}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a.vtt", "a line that says WEBVTT"),
        ("a.srt", "no line has a cue's times"),
        ("a.csv", "no column for the speaker"),
        ("a.txt", "no line opens with a speaker's name"),
        ("a.json", "JSON"),
        ("a.dat", "none of the transcript formats"),
        (None, "none of the transcript formats"),
    ],
)
def test_where_the_content_tells_nothing_the_suffix_says_what_was_expected(
    name: str | None, said: str
) -> None:
    document = open_document(b"We sat there for a while and it rained.\n", name)
    with pytest.raises(TranscriptError, match=said) as caught:
        detect(document).parse(document)
    assert "rained" not in str(caught.value)


def test_a_format_can_be_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "session.txt"
    file.write_text("speaker,text\nDana,Lee: hello\nLee,Dana: hi\n", encoding="utf-8")
    assert read_transcript(file).format == "table"
    assert read_transcript(file, format=" Table ").format == "table"
    with pytest.raises(TranscriptError, match=r"session\.txt, line 1: a WebVTT file begins"):
        read_transcript(file, format="webvtt")


def test_an_unknown_format_is_answered_with_those_there_are() -> None:
    with pytest.raises(TranscriptError, match=r"no format called 'vtt'.*webvtt"):
        named_format("vtt")


def test_every_format_has_a_name_of_its_own_and_a_title() -> None:
    assert len({one.name for one in FORMATS}) == len(FORMATS)
    assert all(one.title and one.suffixes for one in FORMATS)
    assert FORMATS[-1].name == "plain"
