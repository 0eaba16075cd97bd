from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from holdfast.cli import app
from holdfast.examples import FIRST_SESSION

WHO = ["--therapist", "Dana", "--client", "Lee"]


@pytest.fixture
def transcript(tmp_path: Path) -> Path:
    return Path(shutil.copy(FIRST_SESSION, tmp_path / "session.vtt"))


def test_it_prints_a_summary_and_writes_a_page_beside_the_transcript(transcript: Path) -> None:
    result = CliRunner().invoke(app, ["analyze", str(transcript), *WHO])
    assert result.exit_code == 0
    assert "Dana" in result.stdout
    assert "What this can't tell" in result.stdout
    page = transcript.with_suffix(".html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")


def test_the_summary_fits_one_screen(transcript: Path) -> None:
    result = CliRunner().invoke(app, ["analyze", str(transcript), *WHO])
    lines = result.stdout.splitlines()
    assert len(lines) <= 45
    assert max(map(len, lines[:-3])) <= 80


def test_json_gives_the_whole_record_and_writes_nothing(transcript: Path) -> None:
    result = CliRunner().invoke(app, ["analyze", str(transcript), *WHO, "--json"])
    record = json.loads(result.stdout)
    assert len(record["utterances"]) == 120
    assert record["indicators"]
    assert not transcript.with_suffix(".html").exists()


def test_the_page_goes_where_out_says(transcript: Path, tmp_path: Path) -> None:
    place = tmp_path / "elsewhere.html"
    CliRunner().invoke(app, ["analyze", str(transcript), *WHO, "--out", str(place)])
    assert place.exists()
    assert not transcript.with_suffix(".html").exists()


def test_a_page_of_ours_is_replaced_by_a_newer_one(transcript: Path) -> None:
    for _ in range(2):
        assert CliRunner().invoke(app, ["analyze", str(transcript), *WHO]).exit_code == 0


def test_a_file_that_is_not_ours_is_never_overwritten(transcript: Path) -> None:
    page = transcript.with_suffix(".html")
    page.write_text("<p>My holiday photos.</p>")
    result = CliRunner().invoke(app, ["analyze", str(transcript), *WHO])
    assert result.exit_code == 2
    assert "not a page that Holdfast made" in result.stderr
    assert page.read_text() == "<p>My holiday photos.</p>"


def test_without_roles_it_stops_with_the_speakers_and_the_option_to_give(transcript: Path) -> None:
    result = CliRunner().invoke(app, ["analyze", str(transcript)])
    assert result.exit_code == 2
    assert "--therapist Dana --client Lee" in result.stderr
    assert "--accept-roles" in result.stderr
    assert not transcript.with_suffix(".html").exists()


def test_accepted_roles_are_said_with_their_confidence(transcript: Path) -> None:
    result = CliRunner().invoke(app, ["analyze", str(transcript), "--accept-roles"])
    assert result.exit_code == 0
    assert "Dana is the therapist, Lee the client" in result.stderr
    assert "% sure" in result.stderr


def test_a_name_that_nobody_has_is_refused_with_the_names_there_are(transcript: Path) -> None:
    result = CliRunner().invoke(app, ["analyze", str(transcript), "--therapist", "Dona"])
    assert result.exit_code == 2
    assert "Dana" in result.stderr


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.vtt", b""),
        ("picture.vtt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40),
        ("times.srt", b"1\n00:00:xx,000 --> 00:00:02,000\nDana: Hello.\n"),
        ("one.txt", b"Dana: Hello.\nDana: Is anybody there?\n"),
        ("prose.txt", b"It was a quiet afternoon and nobody came.\n"),
    ],
)
@pytest.mark.parametrize("command", ["analyze", "code"])
def test_bad_input_ends_with_code_2_and_a_message_that_names_the_file(
    tmp_path: Path, name: str, content: bytes, command: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    result = CliRunner().invoke(app, [command, str(file)])
    assert result.exit_code == 2
    assert name in result.stderr
    assert result.stdout == ""
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["analyze", str(tmp_path / "gone.vtt")])
    assert result.exit_code == 2
    assert "gone.vtt" in result.stderr


def test_another_transcript_of_the_same_name_does_not_replace_the_page(transcript: Path) -> None:
    assert CliRunner().invoke(app, ["analyze", str(transcript), *WHO]).exit_code == 0
    text = "".join(f"{name}: {words}\n" for name, words in [("Dana", "Well?"), ("Lee", "Hm.")])
    other = transcript.with_suffix(".txt")
    other.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(app, ["analyze", str(other), *WHO])
    assert result.exit_code == 2
    assert "--out" in result.stderr


def test_somebody_who_is_neither_is_not_suggested(transcript: Path) -> None:
    words = transcript.read_text(encoding="utf-8")
    transcript.write_text(words + "\n40:00.000 --> 40:03.000\n<v Sam>What do you want?</v>\n")
    asked = ["analyze", str(transcript), "--accept-roles", "--other", "Sam"]
    result = CliRunner().invoke(app, asked)
    assert result.exit_code == 0
    assert "Dana is the therapist, Lee the client" in result.stderr


def test_how_roles_were_settled_is_said_on_standard_error(tmp_path: Path) -> None:
    file = tmp_path / "session.txt"
    file.write_text("Therapist: How was your week?\nClient: It was hard. I felt lost.\n")
    result = CliRunner().invoke(app, ["code", str(file)])
    assert "Note: Therapist is taken as the therapist" in result.stderr


def test_a_record_is_not_printed_when_the_page_cannot_be_written(
    transcript: Path, tmp_path: Path
) -> None:
    place = tmp_path / "nowhere" / "page.html"
    result = CliRunner().invoke(
        app, ["analyze", str(transcript), *WHO, "--json", "--out", str(place)]
    )
    assert result.exit_code == 2
    assert result.stdout == ""
