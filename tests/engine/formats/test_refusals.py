from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path
from random import Random

import pytest

from holdfast.errors import TranscriptError
from holdfast.formats import FORMATS, open_document, read_document, read_transcript

MILLIONS = 10_000_000


def refused(data: bytes, name: str = "session.vtt", **how: str) -> str:
    with pytest.raises(TranscriptError) as caught:
        read_document(open_document(data, name), **how)
    message = str(caught.value)
    assert message.startswith(name)
    assert caught.value.remedy
    return message


def archive(**files: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as writer:
        for name, text in files.items():
            writer.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize("data", [b"", b" \n\t\n ", b"\xef\xbb\xbf", b"\xff\xfe", b"\r\n\r\n"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    assert "the file is empty" in refused(data)


@pytest.mark.parametrize("name", [one.name for one in FORMATS])
def test_an_empty_or_binary_file_is_refused_by_every_format(name: str) -> None:
    assert "the file is empty" in refused(b"", format=name)
    refused(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", format=name)
    refused(b"We sat there.\nIt rained.\n", format=name)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0", "a picture"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\nDana: hello\nLee: hi\n", "a PDF"),
        (b"{\\rtf1\\ansi Dana: hello\\par\nLee: hi}", "a rich-text"),
        (archive(readme="hello"), "a ZIP archive"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "a recording"),
        (b"\0\0\0\x20ftypM4A ", "a recording"),
        (b"<!DOCTYPE html><p>Dana: hello</p>", "a web page"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word or Excel document"),
    ],
)
def test_a_file_of_another_kind_is_called_what_it_is(data: bytes, what: str) -> None:
    assert f"it is {what}" in refused(data)


def test_zero_bytes_are_refused_with_their_line() -> None:
    assert "session.vtt, line 2: it is not text" in refused(b"Dana: hello\nLee: h\0i\n")


def test_random_bytes_are_refused() -> None:
    random = Random(5)  # noqa: S311 - repeatable, not secret
    for length in (60, 200, 5_000):
        for _ in range(40):
            refused(random.randbytes(length))


TIMES = b"00:01.000 --> 00:02.000\n"


@pytest.mark.parametrize(
    "data",
    [
        b"a" * MILLIONS,
        b"word " * (MILLIONS // 5),
        b"Dana: " + b"word " * (MILLIONS // 5),
        b"Dana" + b" " * MILLIONS + b"0:12",
        b"WEBVTT\n\n" + TIMES + b"<v " * (MILLIONS // 3),
        b"WEBVTT\n\n" + TIMES + b"&amp" * (MILLIONS // 4),
        b"1\n" + TIMES + b"-->" * (MILLIONS // 3),
        b"speaker,text\nDana," + b"a" * MILLIONS,
        b'speaker,text\nDana,"' + b"a\n" * (MILLIONS // 25),
        b'{"speaker": "Dana", "text": "' + b"a" * MILLIONS + b'"}',
        b"[" * MILLIONS,
        b'{"a":' * (MILLIONS // 5),
        b"0:" * (MILLIONS // 2),
        b"Dana: yes\n" * (MILLIONS // 10),
    ],
    ids=lambda data: repr(data[:24]),
)
def test_ten_megabytes_of_nonsense_are_refused_soon(data: bytes) -> None:
    began = time.process_time()
    message = refused(data)
    assert time.process_time() - began < 5, "about two seconds on a slow machine, not minutes"
    assert len(message) < 900


def test_a_line_of_ten_megabytes_is_refused_with_its_number() -> None:
    message = refused(b"Dana: hello\nLee: " + b"word " * (MILLIONS // 5))
    assert "session.vtt, line 2: one utterance has 10,000,005 characters" in message


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TranscriptError, match="cannot be opened"):
        read_transcript(tmp_path / "nothing.vtt")
    with pytest.raises(TranscriptError, match="cannot be opened"):
        read_transcript(tmp_path)


def test_a_recordings_size_is_refused_without_reading_it(tmp_path: Path) -> None:
    file = tmp_path / "session.vtt"
    with file.open("wb") as handle:
        handle.truncate(80_000_000)
    with pytest.raises(TranscriptError, match="the file has 80 MB"):
        read_transcript(file)


def test_an_error_names_the_file_without_its_folder(tmp_path: Path) -> None:
    file = tmp_path / "session.vtt"
    file.write_text("WEBVTT\n\n00:xx --> 00:01.000\nHello.\n", encoding="utf-8")
    with pytest.raises(TranscriptError) as caught:
        read_transcript(file)
    assert str(caught.value).startswith("session.vtt, line 3: ")
