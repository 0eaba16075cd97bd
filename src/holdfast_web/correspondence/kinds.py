"""What an attached file is, by what is in it; its name and what a browser says don't count."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

LARGEST = 2 * 1024 * 1024
MOST_FILES = 3
LONGEST_NAME = 100
PDF, PNG, JPEG, TEXT = "application/pdf", "image/png", "image/jpeg", "text/plain"
BEGINNINGS = {PDF: b"%PDF-", PNG: b"\x89PNG\r\n\x1a\n", JPEG: b"\xff\xd8\xff"}
ENDINGS = {PDF: (".pdf",), PNG: (".png",), JPEG: (".jpg", ".jpeg"), TEXT: (".txt", ".md")}
TITLES = {PDF: "PDF", PNG: "picture (PNG)", JPEG: "picture (JPEG)", TEXT: "plain text"}
WHITE = "\t\n\r\f"


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that goes with a message.

    Attributes
    ----------
    name
        A plain name that fits its kind.
    kind
        One of the four that may be sent.
    data
        Its bytes.
    """

    name: str
    kind: str
    data: bytes


def kind_of(data: bytes) -> str | None:
    r"""Return what a file is; ``None`` if it is nothing that may be sent.

    Examples
    --------
    >>> kind_of(b"%PDF-1.7 ..."), kind_of(b"Dear Nuala"), kind_of(b"MZ\x00\x01")
    ('application/pdf', 'text/plain', None)
    """
    for kind, beginning in BEGINNINGS.items():
        if data.startswith(beginning):
            return kind
    try:
        words = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    plain = all(one in WHITE or unicodedata.category(one) != "Cc" for one in words)
    return TEXT if words and plain else None


def plain_name(told: str, kind: str) -> str:
    r"""Return a file's name without its folders and without letters that can't be seen.

    Examples
    --------
    >>> plain_name("C:\\letters\\to my doctor.exe", PDF)
    'to my doctor.exe.pdf'
    """
    last = told.replace("\\", "/").rpartition("/")[2]
    seen = "".join(one for one in last if unicodedata.category(one)[0] != "C" and one not in '"<>|')
    name = PurePosixPath(seen.strip(" .") or "file")
    if name.suffix.lower() in ENDINGS[kind]:
        return name.stem[:LONGEST_NAME] + name.suffix
    return name.name[:LONGEST_NAME] + ENDINGS[kind][0]
