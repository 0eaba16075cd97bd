from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.formats import open_document, read_document, read_text

TALK = "Zoë: Ça va, étudiante ?\nSøren: Það er “gott” – já.\n"


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("cp1252", b""),
    ],
)
def test_every_usual_encoding_reads_the_same(encoding: str, mark: bytes, ends: str) -> None:
    data = mark + TALK.replace("\n", ends).encode(encoding)
    session = read_document(open_document(data, "session.txt"))
    assert session == read_text(TALK, name="session.txt")
    assert session.speakers == ("Zoë", "Søren")


@pytest.mark.parametrize("text", ["Лена: Как вы?\nДима: Плохо.\n", "小林：元気？\n田中：はい。\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_other_scripts_are_read(text: str, encoding: str) -> None:
    session = read_document(open_document(text.encode(encoding)))
    assert len(session.speakers) == 2
    assert None not in session.speakers


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_any_text_in_utf8_comes_out_as_it_went_in(text: str) -> None:
    opened = open_document(text.encode()).text
    plain_ends = text.replace("\r\n", "\n").replace("\r", "\n")
    assert opened is None or opened == plain_ends.removeprefix("\ufeff")


@given(st.binary())
def test_any_bytes_are_opened(data: bytes) -> None:
    assert open_document(data).data == data
