from __future__ import annotations

import json
import runpy
from collections.abc import Callable
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from holdfast.errors import TranscriptError
from holdfast.formats import chat, docx, elan, open_document, whisper, whisperx
from holdfast.formats.document import writable
from holdfast.formats.format import Format
from holdfast.session import Session, Utterance

BUILD = runpy.run_path(str(Path(__file__).parents[3] / "examples" / "formats" / "build.py"))

LETTERS = st.characters(categories=("Lu", "Ll", "Lo"), exclude_characters="Ϋϋ")
WORDS = st.text(LETTERS, min_size=1, max_size=9).filter(
    lambda word: word not in {"xxx", "yyy", "www"} and "um" not in word
)
TEXTS = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)
MARKUP = st.sampled_from(["<b>&amp;</b>", "a < b && c", "]]>", "“so”", "5 > 4", "&lt;"])


def sessions(
    texts: st.SearchStrategy[str] = TEXTS, speakers: tuple[str | None, ...] = ("Dana", "Lee", "Kim")
) -> st.SearchStrategy[Session]:
    """Sessions whose utterances follow each other in time, in whole milliseconds."""
    said = st.tuples(st.sampled_from(speakers), texts, st.integers(1, 9_000), st.integers(0, 900))
    return st.lists(said, min_size=1, max_size=12).map(_session)


def _session(said: list[tuple[str | None, str, int, int]]) -> Session:
    utterances, clock = [], 0
    for index, (speaker, text, long, pause) in enumerate(said):
        start, clock = clock + pause + 1, clock + pause + 1 + long
        utterances.append(Utterance(index, speaker, text, 1, start / 1000, clock / 1000))
    return Session(tuple(utterances))


def read_again(session: Session, write: Callable[[Session], str | bytes], one: Format) -> Session:
    written = write(session)
    document = open_document(written if isinstance(written, bytes) else written.encode())
    assert one.recognise(document)
    return one.parse(document)


def told(session: Session) -> list[tuple[str | None, str, float | None, float | None]]:
    return [(one.speaker, one.text, one.start, one.end) for one in session.utterances]


@settings(deadline=None)
@given(sessions(TEXTS | MARKUP))
def test_elan_keeps_words_speakers_and_times(session: Session) -> None:
    assert told(read_again(session, BUILD["as_elan"], elan.FORMAT)) == told(session)


@settings(deadline=None)
@given(sessions(TEXTS | MARKUP, speakers=("Dana", "Lee", None)), st.sets(st.integers(0, 11)))
def test_whisperx_keeps_words_speakers_and_times(session: Session, joined: set[int]) -> None:
    utterances = session.utterances
    joined = {
        place
        for place in joined
        if place + 1 < len(utterances)
        and None not in (utterances[place].speaker, utterances[place + 1].speaker)
        and utterances[place].speaker != utterances[place + 1].speaker
    }
    read = read_again(
        session, lambda one: BUILD["as_whisperx"](one, joined=joined), whisperx.FORMAT
    )
    assert told(read) == told(session)


@settings(deadline=None)
@given(sessions(TEXTS | MARKUP))
def test_whisper_keeps_words_and_times(session: Session) -> None:
    read = read_again(session, BUILD["as_whisper"], whisper.FORMAT)
    assert told(read) == [(None, *rest) for _, *rest in told(session)]


@settings(deadline=None)
@given(sessions())
def test_chat_keeps_words_speakers_and_times(session: Session) -> None:
    read = read_again(session, BUILD["as_chat"], chat.FORMAT)
    assert [(speaker.title(), *rest) for speaker, *rest in told(read) if speaker] == [
        tuple(one) for one in told(session)
    ]


@settings(deadline=None)
@given(sessions(TEXTS | MARKUP))
def test_a_teams_file_keeps_words_speakers_and_whole_seconds(session: Session) -> None:
    read = read_again(session, BUILD["as_docx"], docx.FORMAT)
    assert told(read) == [
        (speaker, text, float(int(start or 0)), None) for speaker, text, start, _ in told(session)
    ]


@settings(deadline=None)
@given(sessions(TEXTS | MARKUP))
def test_an_older_teams_file_keeps_words_speakers_and_times(session: Session) -> None:
    read = read_again(session, BUILD["as_docx_with_ranges"], docx.FORMAT)
    assert told(read) == told(session)


@settings(deadline=None)
@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists, max_leaves=5))
def test_a_segment_of_any_json_is_read_or_refused(value: object) -> None:
    for key in ("start", "end", "text", "speaker", "words"):
        segment = {"text": "I slept.", "start": 0.0, "end": 1.0, "speaker": "Lee", key: value}
        document = open_document(json.dumps({"segments": [segment]}).encode())
        try:
            session = whisperx.FORMAT.parse(document)
        except TranscriptError:
            continue
        meant = value if key == "text" and isinstance(value, str) else "I slept."
        assert session.utterances[0].text == writable(" ".join(meant.split()))
