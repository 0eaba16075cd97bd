from __future__ import annotations

import io
import runpy
import zipfile
from pathlib import Path

import pytest

from holdfast.errors import TranscriptError
from holdfast.formats import docx, open_document
from holdfast.session import Session

BUILD = runpy.run_path(str(Path(__file__).parents[3] / "examples" / "formats" / "build.py"))
NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(*paragraphs: str) -> Session:
    return parse(BUILD["word_file"](paragraphs))


def parse(data: bytes) -> Session:
    return docx.FORMAT.parse(open_document(data, "lee.docx"))


def packed(
    markup: bytes, *, kind: int = zipfile.ZIP_DEFLATED, name: str = "word/document.xml"
) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", kind) as archive:
        archive.writestr(name, markup)
    return whole.getvalue()


def body(inner: str) -> bytes:
    return packed(f"<w:document {NAMESPACE}><w:body>{inner}</w:body></w:document>".encode())


def told(session: Session) -> list[tuple[str | None, str, float | None, float | None]]:
    return [(one.speaker, one.text, one.start, one.end) for one in session.utterances]


def test_name_and_time_may_stand_in_a_paragraph_of_their_own() -> None:
    session = read("Dana Reed   0:12", "How was it?", "Lee   1:02:03", "Hard.", "Really.")
    assert told(session) == [
        ("Dana Reed", "How was it?", 12.0, None),
        ("Lee", "Hard. Really.", 3723.0, None),
    ]
    assert [said.line for said in session.utterances] == [1, 3]


def test_what_stands_above_the_first_speaker_is_left_aside_and_said_so() -> None:
    session = read("Weekly session", "2 May", "", "Dana   0:12\nHow was it?")
    assert session.notes == ("Before the first speaker, so left aside: lines 1, 2.",)


def test_what_teams_says_of_itself_is_not_talk() -> None:
    session = read("Dana   0:12\nHow was it?", "Dana started transcription", "Lee   0:13\nHard.")
    assert [said.text for said in session.utterances] == ["How was it?", "Hard."]
    assert session.notes == ("Teams speaking of its own transcription, so left aside: line 2.",)


def test_talk_that_ends_in_a_time_is_talk() -> None:
    session = read("Dana   0:12\nWhen do you get up?", "Lee   0:15\nI get up at 10:30")
    assert told(session)[1] == ("Lee", "I get up at 10:30", 15.0, None)


def test_times_with_an_arrow_may_stand_in_paragraphs_of_their_own() -> None:
    session = read("0:0:12.34 --> 0:0:15.1", "Dana Reed", "How was it?")
    assert told(session) == [("Dana Reed", "How was it?", 12.34, 15.1)]


def test_words_under_an_arrow_without_name_belong_to_nobody() -> None:
    session = read("0:0:12.34 --> 0:0:15.1\nHow was it?")
    assert told(session) == [(None, "How was it?", 12.34, 15.1)]


def test_names_written_by_hand_are_read_like_plain_text() -> None:
    session = read("Dana: How was it?", "", "Lee: Hard. I thought: enough.")
    assert [one[:2] for one in told(session)] == [
        ("Dana", "How was it?"),
        ("Lee", "Hard. I thought: enough."),
    ]
    assert [said.line for said in session.utterances] == [1, 3]
    assert session.format == "docx"


def test_a_line_counts_by_its_paragraph() -> None:
    session = read("Dana: How\nwas it?", "Lee: Hard.")
    assert [said.line for said in session.utterances] == [1, 2]


def test_deleted_words_are_gone_and_inserted_ones_are_there() -> None:
    session = parse(
        body(
            "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>Lee: I </w:t></w:r>"
            "<w:del><w:r><w:delText>never </w:delText><w:t>no </w:t></w:r></w:del>"
            "<w:ins><w:r><w:t>slept</w:t><w:noBreakHyphen/><w:t>in.</w:t></w:r></w:ins></w:p>"
        )
    )
    assert [said.text for said in session.utterances] == ["I slept-in."]


def test_words_in_a_table_are_read() -> None:
    cells = "".join(
        f"<w:tr><w:tc><w:p><w:r><w:t>{line}</w:t></w:r></w:p></w:tc></w:tr>"
        for line in ("Dana: Hm?", "Lee: Hard.")
    )
    assert parse(body(f"<w:tbl>{cells}</w:tbl>")).speakers == ("Dana", "Lee")


def test_a_word_file_is_recognised_and_a_zip_archive_is_not() -> None:
    assert docx.FORMAT.recognise(open_document(body("")))
    assert not docx.FORMAT.recognise(open_document(packed(b"x", name="notes.txt")))
    assert not docx.FORMAT.recognise(open_document(b"Dana: Hm?"))


def test_a_bomb_is_refused_unopened() -> None:
    bomb = packed(b" " * 50_000_000)
    assert len(bomb) < 60_000
    with pytest.raises(TranscriptError, match="unpack to far more"):
        parse(bomb)


def test_a_bomb_that_lies_about_its_size_is_cut_off() -> None:
    bomb = bytearray(packed(b" " * 50_000_000))
    true, false = (50_000_000).to_bytes(4, "little"), (9_000).to_bytes(4, "little")
    lying = bytes(bomb).replace(true, false)
    assert lying != bytes(bomb)
    with pytest.raises(TranscriptError):
        parse(lying)


def test_a_document_type_is_refused() -> None:
    markup = f'<!DOCTYPE a [<!ENTITY b "ha">]><w:document {NAMESPACE}>&b;</w:document>'
    with pytest.raises(TranscriptError, match="DOCTYPE"):
        parse(packed(markup.encode()))


@pytest.mark.parametrize(
    "markup", [b"", b"<a>", b"\xff\xfe\x00", b"<?xml encoding='nonsense'?><a/>"]
)
def test_broken_xml_is_refused(markup: bytes) -> None:
    with pytest.raises(TranscriptError, match=r"lee\.docx"):
        parse(packed(markup))


def test_a_zip_archive_without_text_says_that_it_is_no_word_file() -> None:
    with pytest.raises(TranscriptError, match="no Word file"):
        parse(packed(b"x", name="notes.txt"))


@pytest.mark.parametrize("kept", [4, 30, 200, 0.5, 0.9, 0.99])
def test_a_file_cut_short_is_refused(kept: float) -> None:
    whole = BUILD["as_docx"](BUILD["SESSION"])
    with pytest.raises(TranscriptError, match="damaged"):
        parse(whole[: int(kept * len(whole)) if kept < 1 else int(kept)])


def test_a_file_with_a_password_is_refused() -> None:
    whole = bytearray(body("<w:p/>"))
    entry = whole.rindex(b"PK\x01\x02")
    whole[entry + 8] |= 1
    with pytest.raises(TranscriptError, match="password"):
        parse(bytes(whole))


def test_a_long_line_takes_no_time() -> None:
    with pytest.raises(TranscriptError):
        read("Dana" + " " * 3_000_000 + "x")
