"""A transcript that is in memory already is read without a file."""

from __future__ import annotations

import builtins
import tempfile
from pathlib import Path

import pytest

from holdfast import TranscriptError, read, read_bytes
from holdfast.examples import FIRST_SESSION
from holdfast.formats.registry import LARGEST_FILE


def test_bytes_are_read_like_the_file_they_came_from() -> None:
    data = Path(FIRST_SESSION).read_bytes()
    assert read_bytes(data, name=Path(FIRST_SESSION).name) == read(FIRST_SESSION)


def test_nothing_touches_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    data = Path(FIRST_SESSION).read_bytes()
    read_bytes(data)

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a file was opened")

    monkeypatch.setattr(builtins, "open", refuse)
    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", refuse)
    assert len(read_bytes(data)) > 90


def test_what_is_too_large_is_refused_before_it_is_looked_at() -> None:
    with pytest.raises(TranscriptError, match="67 MB"):
        read_bytes(b"\0" * (LARGEST_FILE + 1))


def test_an_error_names_the_file_where_it_has_a_name() -> None:
    with pytest.raises(TranscriptError, match=r"^week 3\.vtt: the file is empty"):
        read_bytes(b"", name="week 3.vtt")
