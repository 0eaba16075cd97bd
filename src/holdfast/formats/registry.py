"""Every format, how a file's is told, and the reading of a file."""

from __future__ import annotations

from pathlib import Path

from holdfast.errors import TranscriptError
from holdfast.formats import (
    chat,
    convokit,
    docx,
    elan,
    jsonl,
    plain,
    srt,
    table,
    webvtt,
    whisper,
    whisperx,
)
from holdfast.formats.document import Document, open_document
from holdfast.formats.foreign import foreign
from holdfast.formats.format import Format
from holdfast.session import Session

FORMATS: tuple[Format, ...] = (
    webvtt.FORMAT,
    elan.FORMAT,
    docx.FORMAT,
    chat.FORMAT,
    whisperx.FORMAT,
    whisper.FORMAT,
    convokit.FORMAT,
    jsonl.FORMAT,
    srt.FORMAT,
    table.FORMAT,
    plain.FORMAT,
)
"""Every format, the strictest first; plain text is asked last."""

MOST_LINES = 500_000
LARGEST_FILE = 64 * 1024 * 1024
"""Lines and bytes beyond which a file is refused: an hour of talk is far below a tenth of them."""


def detect(document: Document) -> Format:
    r"""Return the format that a document's content has; its suffix only breaks a tie.

    Raises
    ------
    TranscriptError
        If the file is empty, no transcript, or of no format that is known.

    Examples
    --------
    >>> detect(open_document(b"Dana: How was it?\nLee: Fine.\n", "session.vtt")).name
    'plain'
    """
    _refuse_size(document)
    found = [one for one in FORMATS[:-1] if one.recognise(document)]
    by_suffix = [one for one in found if document.suffix in one.suffixes]
    if found:
        return (by_suffix or found)[0]
    refused = foreign(document)
    if refused is not None:
        raise refused
    if FORMATS[-1].recognise(document):
        return FORMATS[-1]
    named = next((one for one in FORMATS if document.suffix in one.suffixes), None)
    if named is not None:
        return named
    raise document.refuse(
        "it looks like none of the transcript formats that are known",
        f"Give --format if it is one of {', '.join(one.name for one in FORMATS)}; or write it as"
        " plain text, one line per speaker: Name: words",
    )


def read_document(document: Document, *, format: str | None = None) -> Session:
    """Read a document that is already open, as ``format`` or as what it looks like.

    Raises
    ------
    TranscriptError
        If it cannot be read; the message says why, where, and what to do.
    """
    if format is None:
        found = detect(document)
    else:
        found = named_format(format)
        _refuse_size(document)
        if document.text is None and not found.recognise(document):
            raise foreign(document) or document.refuse("it cannot be read", "Export it again")
    try:
        session = found.parse(document)
    except TranscriptError as error:
        raise (error.located(document.name) if document.name else error) from None
    return session


def read_transcript(path: str | Path, *, format: str | None = None) -> Session:
    """Read a transcript file.

    Parameters
    ----------
    path
        The file.
    format
        Name of its format; by default its content tells.

    Raises
    ------
    TranscriptError
        If the file is missing or cannot be read; the message says why, where, and what to do.
    """
    path = Path(path)
    try:
        if path.is_file() and (size := path.stat().st_size) > LARGEST_FILE:
            raise _too_large(size, path.name)
        data = path.read_bytes()
    except OSError as error:
        raise TranscriptError(
            f"the file cannot be opened ({(error.strerror or 'no reason given').lower()})",
            source=str(path),
            remedy="Check its name and folder",
        ) from None
    return read_bytes(data, name=path.name, format=format)


def read_bytes(data: bytes, *, name: str | None = None, format: str | None = None) -> Session:
    r"""Read a transcript that is already in memory, such as an upload: nothing touches the disk.

    Parameters
    ----------
    data
        The file's bytes.
    name
        Its name, for errors; the suffix breaks a tie between formats.
    format
        Name of its format; by default its content tells.

    Raises
    ------
    TranscriptError
        If it cannot be read; the message says why, where, and what to do.

    Examples
    --------
    >>> read_bytes(b"Dana: How was it?\nLee: Fine.\n", name="session.txt").speakers
    ('Dana', 'Lee')
    """
    if len(data) > LARGEST_FILE:
        raise _too_large(len(data), name)
    return read_document(open_document(data, name), format=format)


def read_text(text: str, *, format: str | None = None, name: str | None = None) -> Session:
    r"""Read a transcript that is already text, such as one that was pasted.

    Examples
    --------
    >>> read_text("Dana: How was it?\nLee: Fine.").speakers
    ('Dana', 'Lee')
    """
    plain_ends = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    return read_document(Document(text.encode("utf-8", "replace"), plain_ends, name), format=format)


def named_format(name: str) -> Format:
    """Return the format of a name.

    Raises
    ------
    TranscriptError
        If there is none of that name.

    Examples
    --------
    >>> named_format("webvtt").title
    'WebVTT (Zoom, Teams, Webex, YouTube)'
    """
    for one in FORMATS:
        if one.name == name.strip().lower():
            return one
    raise TranscriptError(
        f"there is no format called {name!r}",
        source="--format",
        remedy=f"It may be {', '.join(one.name for one in FORMATS)}",
    )


def _too_large(size: int, name: str | None) -> TranscriptError:
    return TranscriptError(
        f"the file has {size // 1_000_000} MB; the transcript of an hour has less than one",
        source=name,
        remedy="Check that it is the transcript and not the recording",
    )


def _refuse_size(document: Document) -> None:
    if not document.data or (document.text is not None and not document.text.strip("\ufeff \t\n")):
        raise document.refuse(
            "the file is empty", "Export the transcript again, and check that it has words"
        )
    if document.text is not None and (lines := document.text.count("\n")) > MOST_LINES:
        raise document.refuse(
            f"it has {lines:,} lines; the transcript of an hour has a few thousand",
            "Check that it is one session, and split it if it is several",
        )
