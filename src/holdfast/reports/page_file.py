"""Writes a page to disk: whole or not at all, for its owner's eyes, and never over other work."""

from __future__ import annotations

import os
import re
from html import unescape
from pathlib import Path
from tempfile import NamedTemporaryFile

from holdfast.errors import HoldfastError
from holdfast.reports.page.markup import text

OURS = '<meta name="generator" content="Holdfast">'
SOURCE = re.compile('<meta name="holdfast-source" content="([^"]*)">')
LOOK_AT = 4096


def write_page(path: Path, page: str, source: str | None = None) -> None:
    """Write a page.

    The file appears when it is complete, and only its owner may read it. An earlier page of
    the same transcript is replaced; any other file of that name is left alone.

    Parameters
    ----------
    path
        Where the page goes.
    page
        Its HTML.
    source
        Name of the transcript's file. The page of a transcript with another name is left alone.

    Raises
    ------
    HoldfastError
        If another file is in the way, or the folder can't be written to.
    """
    if path.exists() and not path.is_file():  # a pipe, or a folder: then this says so
        _write_through(path, page)
        return
    if path.exists() and not _is_ours(path):
        raise HoldfastError(
            f"{path} already exists and is not a page that Holdfast made, so it was left as it "
            "is. Give another name with --out, or move that file away."
        )
    if path.exists() and source:
        _refuse_another_source(path, source)
    try:
        _replace(path, page)
    except OSError as error:
        raise _unwritable(path, error) from error


def _is_ours(path: Path) -> bool:
    with path.open("rb") as file:
        return OURS.encode() in file.read(LOOK_AT)


def _refuse_another_source(path: Path, source: str) -> None:
    with path.open("rb") as file:
        found = SOURCE.search(file.read(LOOK_AT).decode(errors="replace"))
    if found is None or found[1] in ("", text(source)):
        return
    other = "".join(c if c.isprintable() else "\ufffd" for c in unescape(found[1]))
    raise HoldfastError(
        f"{path} already holds the page of another transcript, {other}, so it was left as it is. "
        "Give another name with --out, or move that page away."
    )


def _replace(path: Path, page: str) -> None:
    with NamedTemporaryFile(
        "w", encoding="utf-8", newline="\n", dir=path.parent, suffix=".part", delete=False
    ) as file:
        unfinished = Path(file.name)
        try:
            file.write(page)
            file.flush()
            os.fsync(file.fileno())
            file.close()
            unfinished.replace(path)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise


def _write_through(path: Path, page: str) -> None:
    try:
        path.write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> HoldfastError:
    reason = error.strerror or type(error).__name__
    return HoldfastError(
        f"The page can't be written to {path} ({reason}). Give another place with --out."
    )
