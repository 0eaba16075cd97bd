"""A transcript file as its bytes and its text, and the one way to make a session of it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass

from holdfast.errors import TranscriptError
from holdfast.formats.mending import mend, name_lines
from holdfast.session import Role, Seconds, Session, Utterance

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

LONGEST_UTTERANCE = 100_000
"""Characters in one utterance beyond which a file is refused: an hour of talk has about 60,000."""

MOST_UTTERANCES = 50_000
"""Utterances in one session beyond which a file is refused: an hour of talk has about 1,000."""

_HEAD = 20_000
_SAMPLE = 4_000
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x14\x16-\x1b]")  # \x15 marks times in CHAT
_UNWRITABLE = re.compile(r"[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Document:
    r"""A file to be read: its bytes, its text where it has one, and its name.

    Attributes
    ----------
    data
        The file's bytes.
    text
        Its text with ``\n`` line ends, or ``None`` for a binary file (a ``.docx``).
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
    def head(self) -> str:
        """The first 20,000 characters: enough to recognise a format by."""
        return "" if self.text is None else self.text[:_HEAD]

    @property
    def suffix(self) -> str:
        """The name's last suffix in lower case, with its dot; ``""`` where there is none."""
        _, dot, suffix = (self.name or "").rpartition(".")
        return dot + suffix.lower() if dot else ""

    def refuse(self, problem: str, remedy: str, *, line: int | None = None) -> TranscriptError:
        """Return the error that names this file; the caller raises it."""
        return TranscriptError(problem, source=self.name, line=line, remedy=remedy)


@dataclass(frozen=True, slots=True)
class Said:
    """What a format found of one utterance, before it is numbered."""

    speaker: str | None
    text: str
    line: int
    start: Seconds | None = None
    end: Seconds | None = None
    raw: str = ""
    role: Role | None = None


def open_document(data: bytes, name: str | None = None) -> Document:
    r"""Decode a file's bytes: UTF-8 with or without mark, UTF-16, else cp1252.

    Examples
    --------
    >>> open_document("Lee: Héllo.\r\n".encode("utf-16")).text
    'Lee: Héllo.\n'
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
            return _with_plain_ends(text) if _legible(text) else None
        if attempt == "utf-8" and _has_stray_zeros(text):
            return None
    return None


def _with_plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _has_stray_zeros(text: str) -> bool:
    """Whether it is text but for a few zero bytes, and so not UTF-16, which is full of them."""
    return text.count("\0") * 4 < len(text) and _legible(text.replace("\0", ""))


def _sixteen(data: bytes) -> str | None:
    """Return the byte order of UTF-16 without a mark, told by where its zero bytes lie."""
    sample = data[:2000]
    if len(sample) < 4 or len(data) % 2 or b"\0" not in sample:
        return None
    return "utf-16-le" if sample[1::2].count(0) > sample[0::2].count(0) else "utf-16-be"


def _legible(text: str) -> bool:
    """Whether at most one character in fifty is a control character that text never has."""
    sample = text[:_SAMPLE]
    return len(_CONTROLS.findall(sample)) * 50 <= len(sample)


def make_session(
    said: Iterable[Said],
    *,
    format: str,
    document: Document,
    notes: Iterable[str] = (),
) -> Session:
    """Return the session of what was said, numbered, with impossible times mended.

    Raises
    ------
    TranscriptError
        If nothing was said, or one utterance is longer than any talk can be.
    """
    utterances, broken = [], []
    for index, one in enumerate(said):
        if len(one.text) > LONGEST_UTTERANCE:
            raise too_long(document, len(one.text), one.line)
        if index >= MOST_UTTERANCES:
            raise document.refuse(
                f"it has more than {MOST_UTTERANCES:,} utterances; an hour of talk has about 1,000",
                "Check that it is one session, and split it if it is several",
                line=one.line,
            )
        utterance = _number(index, one)
        if utterance.text is not one.text:
            broken.append(one.line)
        utterances.append(utterance)
    if not utterances:
        raise document.refuse(
            f"it was read as {format}, but nobody says anything in it",
            "Check that the export holds the words and not only the times or the header",
        )
    mended, repairs = mend(utterances)
    unread = [f"Broken characters were replaced by �: {name_lines(broken)}."]
    return Session(
        mended,
        format=format,
        source=document.name,
        notes=(*notes, *repairs, *(unread if broken else ())),
    )


def refuse_long_lines(document: Document) -> None:
    """Raise the error for a line that is longer than any talk, before time is spent on it."""
    if document.text is not None and len(document.text) > LONGEST_UTTERANCE:
        for number, line in enumerate(document.lines, start=1):
            if len(line) > LONGEST_UTTERANCE:
                raise too_long(document, len(line), number)


def too_long(document: Document, characters: int, line: int) -> TranscriptError:
    """Return the error for an utterance that is longer than any talk."""
    return document.refuse(
        f"one utterance has {characters:,} characters; a whole hour of talk has about 60,000",
        "Export it again with a new line, cue or row each time the speaker changes",
        line=line,
    )


def _number(index: int, one: Said) -> Utterance:
    return Utterance(
        index=index,
        speaker=one.speaker if one.speaker is None else writable(one.speaker),
        text=writable(one.text),
        line=one.line,
        start=one.start,
        end=one.end,
        raw=writable(one.raw),
        role=one.role,
    )


def writable(text: str) -> str:
    r"""Return the text itself, or with � for halves of characters that no file can hold.

    Examples
    --------
    >>> writable("Good, \ud83d thanks.")
    'Good, � thanks.'
    """
    return _UNWRITABLE.sub("�", text) if _UNWRITABLE.search(text) else text
