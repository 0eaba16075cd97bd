"""WebVTT, as Zoom, Teams, Webex and YouTube write it.

Header, NOTE, STYLE and REGION blocks, identifiers and cue settings are left aside; voice tags,
names before a colon and Webex's identifiers name the speakers.
"""

from __future__ import annotations

from holdfast.formats.cues import read_cues, without_blocks
from holdfast.formats.document import Document, make_session, refuse_long_lines
from holdfast.formats.format import Format
from holdfast.formats.mending import count
from holdfast.formats.voices import voices
from holdfast.session import Session


def recognise(document: Document) -> bool:
    """Whether the first line is WebVTT's."""
    return document.head.lstrip("\ufeff\n ").startswith("WEBVTT")


def parse(document: Document) -> Session:
    """Read the cues below the header.

    Raises
    ------
    TranscriptError
        If the header is missing, a cue's times cannot be read, or nobody says anything.
    """
    refuse_long_lines(document)
    lines = document.lines
    header = next((place for place, line in enumerate(lines) if line.strip("\ufeff ")), 0)
    if not recognise(document):
        raise document.refuse(
            "a WebVTT file begins with a line that says WEBVTT, and this one does not",
            "Give --format if it is another kind of transcript, or export it again",
            line=header + 1,
        )
    body, blocks = without_blocks(_without_header(lines, header))
    said, notes = voices(read_cues(document, body, worded=True))
    if blocks:
        blocks_of = count(blocks, "note or style block", "note and style blocks")
        notes.append(f"{blocks_of} of the file {'is' if blocks == 1 else 'are'} no talk: left out.")
    return make_session(said, format=FORMAT.name, document=document, notes=notes)


def _without_header(lines: list[str], header: int) -> list[str]:
    """Blank the header: from WEBVTT to the first blank line, or to the first cue without one."""
    end = header + 1
    while end < len(lines) and lines[end].strip() and "-->" not in lines[end]:
        end += 1
    return [""] * end + lines[end:]


FORMAT = Format(
    name="webvtt",
    title="WebVTT (Zoom, Teams, Webex, YouTube)",
    suffixes=(".vtt",),
    recognise=recognise,
    parse=parse,
)
