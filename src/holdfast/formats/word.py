"""Paragraphs of a Word file, with nothing of it opened but ``word/document.xml``."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from holdfast.formats.document import Document
from holdfast.formats.markup import Element, read_markup

MAIN_PART = "word/document.xml"
LARGEST = 64 * 2**20
"""Bytes of the text's XML beyond which a file is refused; an hour of talk has about two million."""

STEEPEST = 400
"""How many times larger than packed the XML may be: Word's reaches a hundred, a bomb a thousand."""

SAVE_AGAIN = "Open it in Word and save it again as .docx, or save it as plain text"

_NOT_SHOWN = frozenset({"pPr", "rPr", "del", "moveFrom", "drawing", "pict", "object", "Fallback"})
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a Word file: its text, and the number of its paragraph counted from 1."""

    paragraph: int
    text: str


def looks_like_word(document: Document) -> bool:
    """Whether the bytes are those of a Word file."""
    return document.data[:4] == b"PK\x03\x04" and MAIN_PART.encode() in document.data


def lines_of(document: Document) -> list[Line]:
    """Return the lines of a Word file: its paragraphs, cut where they hold line breaks.

    Raises
    ------
    TranscriptError
        If it is no Word file, is damaged, protected by a password, or far larger unpacked
        than a transcript.
    """
    root = read_markup(_main_part(document), source=document.name, remedy=SAVE_AGAIN)
    return [
        Line(number, text)
        for number, paragraph in enumerate(_paragraphs(root), start=1)
        for text in "".join(_characters(paragraph)).split("\n")
    ]


def _main_part(document: Document) -> bytes:
    import zipfile  # slow to import, and few transcripts are Word files

    try:
        with zipfile.ZipFile(io.BytesIO(document.data)) as archive:
            entry = archive.getinfo(MAIN_PART)
            if entry.flag_bits & 1:
                raise document.refuse("it is protected by a password", SAVE_AGAIN)
            if entry.file_size > min(LARGEST, STEEPEST * max(entry.compress_size, 1024)):
                raise document.refuse(
                    "it would unpack to far more than a transcript holds, so it was not opened",
                    SAVE_AGAIN,
                )
            with archive.open(entry) as part:
                # The sizes above are the file's own claim; the bound here is ours.
                return part.read(entry.file_size + 1)
    except KeyError:
        problem = f"it is a zip archive without {MAIN_PART}, so it is no Word file"
        raise document.refuse(problem, "Give a .docx, or unpack the archive first") from None
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        OSError,
        OverflowError,
        RuntimeError,
        ValueError,
    ):
        raise document.refuse("it is a damaged Word file", SAVE_AGAIN) from None


def _paragraphs(element: Element) -> Iterator[Element]:
    for child in element.children:
        if child.name == "p":
            yield child
        elif child.name not in _NOT_SHOWN:
            yield from _paragraphs(child)


def _characters(element: Element) -> Iterator[str]:
    for child in element.children:
        if child.name == "t":
            yield child.text
        elif child.name in _SIGNS:
            yield _SIGNS[child.name]
        elif child.name not in _NOT_SHOWN:
            yield from _characters(child)
