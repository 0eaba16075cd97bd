from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from holdfast import read
from holdfast.cli import app
from holdfast.examples import FIRST_SESSION

WHO = ["--therapist", "Dana", "--client", "Lee"]


def coded() -> list[dict[str, object]]:
    result = CliRunner().invoke(app, ["code", str(FIRST_SESSION), *WHO])
    assert result.exit_code == 0
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_each_utterance_of_the_file_has_one_line_in_its_order() -> None:
    session = read(FIRST_SESSION)
    lines = coded()
    assert [line["index"] for line in lines] == list(range(len(session)))
    assert [line["text"] for line in lines] == [said.text for said in session.utterances]
    assert [line["start"] for line in lines] == [said.start for said in session.utterances]


def test_a_therapist_has_behaviours_and_a_client_has_talk_and_emotions() -> None:
    for line in coded():
        codes = line["codes"]
        assert isinstance(codes, dict)
        therapist = line["role"] == "therapist"
        assert (codes["behaviour"]["value"] is not None) is therapist
        assert (codes["talk"]["value"] is None) is therapist
        assert isinstance(codes["emotions"]["value"], list) is not therapist


def test_what_it_writes_can_be_read_again(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["code", str(FIRST_SESSION), *WHO])
    file = tmp_path / "coded.jsonl"
    file.write_text(result.stdout, encoding="utf-8")
    again = CliRunner().invoke(app, ["code", str(file)])
    assert again.exit_code == 0
    one = [json.loads(line)["codes"] for line in result.stdout.splitlines()]
    other = [json.loads(line)["codes"] for line in again.stdout.splitlines()]
    assert one == other


def test_role_words_need_no_names(tmp_path: Path) -> None:
    file = tmp_path / "session.txt"
    file.write_text("Therapist: How was your week?\nClient: It was hard. I felt lost.\n")
    result = CliRunner().invoke(app, ["code", str(file)])
    assert result.exit_code == 0
    assert [json.loads(line)["role"] for line in result.stdout.splitlines()] == [
        "therapist",
        "client",
    ]
