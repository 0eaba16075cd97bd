"""Files that people bring by mistake, told by how they begin."""

from __future__ import annotations

from holdfast.errors import TranscriptError
from holdfast.formats.document import Document

RECORDING = "Transcribe it first, and give the transcript"
EXPORT = "Save it as plain text, one line per speaker: Name: words"

BEGINNINGS: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"%PDF-", "a PDF", EXPORT),
    (0, b"{\\rtf", "a rich-text (RTF) document", EXPORT),
    (0, b"\xd0\xcf\x11\xe0", "an old Word or Excel document", "Save it as .docx or as CSV"),
    (0, b"\x89PNG", "a picture (PNG)", "Give the transcript as text"),
    (0, b"\xff\xd8\xff", "a picture (JPEG)", "Give the transcript as text"),
    (0, b"GIF8", "a picture (GIF)", "Give the transcript as text"),
    (0, b"PK", "a ZIP archive", "Unpack it, and give the transcript inside"),
    (0, b"\x1f\x8b", "a gzip archive", "Unpack it, and give the transcript inside"),
    (0, b"RIFF", "a recording (WAV or AVI)", RECORDING),
    (0, b"ID3", "a recording (MP3)", RECORDING),
    (0, b"\xff\xfb", "a recording (MP3)", RECORDING),
    (4, b"ftyp", "a recording (MP4 or M4A)", RECORDING),
    (0, b"OggS", "a recording (Ogg)", RECORDING),
    (0, b"fLaC", "a recording (FLAC)", RECORDING),
    (0, b"\x1aE\xdf\xa3", "a recording (WebM or Matroska)", RECORDING),
    (0, b"SQLite format 3", "a database", "Export the transcript as text"),
)
"""Where the bytes stand, the bytes, what the file is, and what to do."""


def foreign(document: Document) -> TranscriptError | None:
    """Return the error for a file that is no transcript, ``None`` where it may be one.

    Examples
    --------
    >>> from holdfast.formats.document import open_document
    >>> print(foreign(open_document(b"%PDF-1.7", "session.pdf")))
    session.pdf: it is a PDF, and a transcript was expected. Save it as plain text, one line per \
speaker: Name: words
    """
    for at, mark, what, remedy in BEGINNINGS:
        if document.data[at : at + len(mark)] == mark:
            return document.refuse(f"it is {what}, and a transcript was expected", remedy)
    if document.data[:200].lstrip().lower().startswith((b"<!doctype html", b"<html")):
        return document.refuse("it is a web page, and a transcript was expected", EXPORT)
    if document.text is None:
        return document.refuse(
            "it is not text in UTF-8, UTF-16 or cp1252, nor a document that can be read",
            "Export the transcript again; for recordings, transcribe them first",
            line=_line_of_zero(document.data),
        )
    return None


def _line_of_zero(data: bytes) -> int | None:
    """Return the line of the first zero byte: text never has one."""
    at = data.find(b"\0")
    return data.count(b"\n", 0, at) + 1 if at >= 0 else None
