"""Whisper's JSON, from OpenAI's program or from whisper.cpp: timed segments, nobody named.

Whisper writes one object with ``segments``, each with ``start``, ``end`` and ``text``;
whisper.cpp calls the list ``transcription`` and counts milliseconds. Both hear
words and not who says them, so every utterance's speaker is ``None``; WhisperX adds speakers.
An utterance's line is the number of its segment.
"""

from __future__ import annotations

from holdfast.formats.document import Document, Said, make_session
from holdfast.formats.format import Format
from holdfast.formats.noticed import Noticed
from holdfast.formats.segments import (
    looks_like_segments,
    seconds_of,
    segments_of,
    text_of,
)
from holdfast.session import Session

NAMELESS = "Whisper names no speakers; WhisperX with --diarize does."


def recognise(document: Document) -> bool:
    """Whether the document is JSON with segments, none of which names a speaker."""
    text = document.text or ""
    return looks_like_segments(document) and not ('"speaker"' in text or '"word_segments"' in text)


def parse(document: Document) -> Session:
    """Read each segment as one utterance without speaker."""
    noticed = Noticed()
    said = []
    for number, entry in enumerate(segments_of(document), start=1):
        raw = text_of(entry, "text", number=number, document=document)
        said.append(
            Said(
                speaker=None,
                text=" ".join(raw.split()),
                line=number,
                start=seconds_of(entry, "start", number=number, document=document),
                end=seconds_of(entry, "end", number=number, document=document),
                raw=raw,
            )
        )
    return make_session(
        list(noticed.leave_out_silent(said)),
        format=FORMAT.name,
        document=document,
        notes=(NAMELESS, *noticed.notes()),
    )


FORMAT = Format(
    name="whisper",
    title="Whisper JSON (also whisper.cpp)",
    suffixes=(".json",),
    recognise=recognise,
    parse=parse,
)
