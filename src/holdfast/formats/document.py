"""A transcript file as its bytes and its text, and the one way to make a session of it."""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from dataclasses import dataclass

from holdfast.errors import TranscriptError
from holdfast.session import Seconds, Session, Utterance

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Document:
    """A file to be read: its bytes, its text where it has one, and its name.

    Attributes
    ----------
    data
        The file's bytes.
    text
        Its text with ``\\n`` line ends, or ``None`` for a binary file (a ``.docx``).
    name
        Its name without the folder, or ``None``.
    """

    data: bytes
    text: str | None
    name: str | None = None

    @property
    def lines(self) -> list[str]:
        """The text's lines without their ends; none for a binary file."""
        return [] if self.text is None else self.text.split("\n")

    @property
    def suffix(self) -> str:
        """The name's last suffix in lower case, with its dot; ``""`` where there is none."""
        _, dot, suffix = (self.name or "").rpartition(".")
        return dot + suffix.lower() if dot else ""


@dataclass(frozen=True, slots=True)
class Said:
    """What a format found of one utterance, before it is numbered."""

    speaker: str | None
    text: str
    line: int
    start: Seconds | None = None
    end: Seconds | None = None
    raw: str = ""


def open_document(data: bytes, name: str | None = None) -> Document:
    """Decode a file's bytes: UTF-8 with or without mark, UTF-16, else cp1252.

    Examples
    --------
    >>> open_document("Lee: Héllo.\\r\\n".encode("utf-16")).text
    'Lee: Héllo.\\n'
    """
    return Document(data, _decode(data), name)


def _decode(data: bytes) -> str | None:
    encoding = next((known for mark, known in MARKS if data.startswith(mark)), None)
    if encoding is None and data[:4] == b"PK\x03\x04":
        return None
    for attempt in (encoding,) if encoding else ("utf-8", _sixteen(data), "cp1252"):
        if attempt is None:
            continue
        try:
            text = data.decode(attempt)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    return None


def _sixteen(data: bytes) -> str | None:
    """Return the byte order of UTF-16 without a mark, told by where its zero bytes lie."""
    sample = data[:2000]
    if len(sample) < 4 or len(data) % 2 or b"\0" not in sample:
        return None
    return "utf-16-le" if sample[1::2].count(0) > sample[0::2].count(0) else "utf-16-be"


def make_session(
    said: Iterable[Said], *, format: str, document: Document, notes: Iterable[str] = ()
) -> Session:
    """Number what was said and return the session.

    Raises
    ------
    TranscriptError
        If nothing was said.
    """
    utterances = tuple(
        Utterance(
            index=index,
            speaker=one.speaker,
            text=one.text,
            line=one.line,
            start=one.start,
            end=one.end,
            raw=one.raw,
        )
        for index, one in enumerate(said)
    )
    if not utterances:
        raise TranscriptError(
            f"it was read as {format}, but nobody says anything in it",
            source=document.name,
            remedy="Check that the export holds the words and not only the times or the header",
        )
    return Session(utterances, format=format, source=document.name, notes=tuple(notes))
