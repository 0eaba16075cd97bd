"""SubRip: numbered cues with times; speakers, if any, before the words.

Numbering may be missing or wrong, milliseconds may follow a comma or a dot.
"""

from __future__ import annotations

from holdfast.formats import webvtt
from holdfast.formats.cues import has_timing, read_cues
from holdfast.formats.document import Document, make_session, refuse_long_lines
from holdfast.formats.format import Format
from holdfast.formats.voices import voices
from holdfast.session import Session


def recognise(document: Document) -> bool:
    """Whether a line near the beginning has a cue's times, and the first is not WebVTT's."""
    return not webvtt.recognise(document) and has_timing(document.head)


def parse(document: Document) -> Session:
    """Read the cues.

    Raises
    ------
    TranscriptError
        If there is no cue, a cue's times cannot be read, or nobody says anything.
    """
    refuse_long_lines(document)
    lines = document.lines
    cues = read_cues(document, lines, worded=False)
    if all(cue.start is None for cue in cues):
        raise document.refuse(
            "no line has a cue's times, such as 00:00:01,000 --> 00:00:02,500",
            "Give --format if it is another kind of transcript, or export it again",
            line=1,
        )
    said, notes = voices(cues)
    return make_session(said, format=FORMAT.name, document=document, notes=notes)


FORMAT = Format(
    name="srt",
    title="SubRip subtitles",
    suffixes=(".srt",),
    recognise=recognise,
    parse=parse,
)
