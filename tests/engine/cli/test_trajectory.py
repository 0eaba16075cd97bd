from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from holdfast.cli import app
from holdfast.examples import PHQ9_ANSWERS, RATINGS
from holdfast.trajectories.expected import ExpectedCourse

HEAD = "client,session,score\n"
FALL = HEAD + "".join(f"A,{n},{value}\n" for n, value in enumerate((9, 9, 9, 9, 3), start=1))
USUAL = ExpectedCourse("phq-9", "1", 300, 2400, 15, (15, -2, 1, 0), (4, 0, 1), 9, 0, 27)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOLDFAST_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "160")


def run(tmp_path: Path, content: str | Path, *options: str) -> Result:
    file = tmp_path / "ratings.csv"
    if isinstance(content, Path):
        shutil.copy(content, file)
    else:
        file.write_text(content, encoding="utf-8")
    return CliRunner().invoke(app, ["trajectory", str(file), *options])


def one_line(text: str) -> str:
    return " ".join(text.split())


def test_it_prints_a_picture_with_notes_and_writes_a_page_beside_the_table(tmp_path: Path) -> None:
    result = run(tmp_path, RATINGS)
    assert result.exit_code == 0
    assert "┤" in result.stdout
    assert "Consider: " in result.stdout
    assert "The whole cards, with sources: " in result.stdout
    assert result.stderr == ""
    page = (tmp_path / "ratings.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")


def test_answers_that_somebody_must_see_come_first(tmp_path: Path) -> None:
    out = run(tmp_path, PHQ9_ANSWERS, "--instrument", "phq-9").stdout
    assert out.index("Please look at these answers first") < out.index("PHQ-9")


def test_the_page_goes_where_out_says(tmp_path: Path) -> None:
    place = tmp_path / "elsewhere.html"
    assert run(tmp_path, RATINGS, "--out", str(place)).exit_code == 0
    assert place.exists()
    assert not (tmp_path / "ratings.html").exists()


def test_a_file_that_is_not_ours_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "ratings.html").write_text("<p>My holiday photos.</p>")
    result = run(tmp_path, RATINGS)
    assert result.exit_code == 2
    assert "not a page that Holdfast made" in result.stderr
    assert result.stdout == ""
    assert (tmp_path / "ratings.html").read_text() == "<p>My holiday photos.</p>"


def test_json_gives_everything_and_writes_nothing(tmp_path: Path) -> None:
    result = run(tmp_path, RATINGS, "--json")
    (client,) = json.loads(result.stdout)["clients"]
    (one,) = client["trajectories"]
    assert len(one["ratings"]) == 14
    assert one["signals"]
    assert not (tmp_path / "ratings.html").exists()


def test_json_writes_a_page_where_one_is_asked_for(tmp_path: Path) -> None:
    place = tmp_path / "a.html"
    result = run(tmp_path, RATINGS, "--json", "--out", str(place))
    assert json.loads(result.stdout)
    assert place.exists()


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_table_writes_a_row_for_each_signal(tmp_path: Path, ending: str) -> None:
    place = tmp_path / f"signals.{ending}"
    assert run(tmp_path, FALL, "--table", str(place)).exit_code == 0
    text = place.read_text(encoding="utf-8")
    rows = (
        list(csv.DictReader(text.splitlines()))
        if ending == "csv"
        else [json.loads(line) for line in text.splitlines()]
    )
    assert {one["client"] for one in rows} == {"A"}
    assert {str(one["session"]) for one in rows} == {"5"}
    assert "strong_dip" in {one["signal"] for one in rows}


# Several clients


def many(count: int) -> str:
    return HEAD + "".join(f"P{n},{s},{9 - n % 2}\n" for n in range(count) for s in (1, 2))


def test_few_clients_are_shown_whole_and_many_on_a_line_each(tmp_path: Path) -> None:
    few, lots = run(tmp_path, many(3)).stdout, run(tmp_path, many(4)).stdout
    assert few.count("┤") == 33
    assert "┤" not in lots
    assert [f"P{n}" in lots for n in range(4)] == [True] * 4
    assert "Each of them: " in lots
    assert "--client ID" in lots


def test_one_client_of_many_can_be_asked_for(tmp_path: Path) -> None:
    result = run(tmp_path, many(9), "--client", "P7", "--json")
    assert [one["client"] for one in json.loads(result.stdout)["clients"]] == ["P7"]


def test_a_client_who_is_not_there_is_refused_and_nobody_is_named(tmp_path: Path) -> None:
    result = run(tmp_path, many(4), "--client", "Lee Miller")
    assert result.exit_code == 2
    assert "No client of the table has the identifier given with --client." in result.stderr
    assert "Lee" not in result.output
    assert "P1" not in result.output
    assert not (tmp_path / "ratings.html").exists()


@pytest.mark.parametrize("client", ["[/b]", "[bold]B[/bold]", "[red]A"])
def test_a_clients_name_is_printed_as_it_is(tmp_path: Path, client: str) -> None:
    assert client in run(tmp_path, FALL.replace("A,", f"{client},")).stdout
    (tmp_path / "ratings.html").unlink()
    result = run(tmp_path, many(5).replace("P3", client))
    assert result.exit_code == 0
    assert client in result.stdout


# Expected courses


def usual(tmp_path: Path, content: str | None = None) -> str:
    file = tmp_path / "usual.json"
    file.write_text(USUAL.to_json() if content is None else content, encoding="utf-8")
    return str(file)


def test_an_expected_course_gives_its_band_and_its_signal(tmp_path: Path) -> None:
    options = ("--instrument", "phq-9", "--expected", usual(tmp_path))
    result = run(tmp_path, HEAD + "A,1,15\nA,2,22\n", *options)
    assert result.exit_code == 0
    assert "Outside the expected course" in result.stdout
    assert "The rating of 22 lies outside what is usual here" in one_line(result.stdout)
    assert result.stderr == ""
    assert 'class="band"' in (tmp_path / "ratings.html").read_text(encoding="utf-8")


def test_an_expected_course_of_something_that_nobody_rated_is_said_to_be_unused(
    tmp_path: Path,
) -> None:
    result = run(tmp_path, FALL, "--expected", usual(tmp_path))
    assert result.exit_code == 0
    assert result.stderr == (
        "holdfast: usual.json is for phq-9, which nobody rated here. It was not used.\n"
    )


@pytest.mark.parametrize("content", ["", "so sad", "{}", "[1]"])
def test_what_is_no_expected_course_is_refused(tmp_path: Path, content: str) -> None:
    result = run(tmp_path, FALL, "--expected", usual(tmp_path, content))
    assert result.exit_code == 2
    assert "This is no expected course of this version of Holdfast" in result.stderr
    assert "so sad" not in result.output


def test_bytes_that_are_no_text_are_no_expected_course(tmp_path: Path) -> None:
    (tmp_path / "usual.json").write_bytes(b"\xff\xfe\x00")
    result = run(tmp_path, FALL, "--expected", str(tmp_path / "usual.json"))
    assert result.exit_code == 2
    assert "This is no expected course" in result.stderr


# What can't be read


def test_a_cell_that_cannot_be_read_is_named_and_the_rest_is_shown(tmp_path: Path) -> None:
    result = run(tmp_path, FALL + "A,6,so sad\n")
    assert result.exit_code == 2
    assert result.stderr == (
        "holdfast: ratings.csv, row 7, column score: expected a number from 0 to 10.\n"
    )
    assert "so sad" not in result.output
    assert "┤" in result.stdout


def test_columns_that_are_not_needed_are_told_and_no_mistake(tmp_path: Path) -> None:
    result = run(tmp_path, "session,weather,score\n1,rain,9\n")
    assert result.exit_code == 0
    assert result.stderr == "holdfast: ratings.csv: columns not needed: weather.\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "ratings.csv: it is empty"),
        ("score\n9\n", "no column for the session or the date"),
        (HEAD + "A,1,9\nA,1,8\n", "row 3: session 1 has two ratings of Check-in"),
        (HEAD + "A,so sad,9\n", "row 2, column session: expected the number of a session"),
        ("session,instrument,score\n1,ors,9\n", "row 2: There is no instrument 'ors'"),
    ],
)
def test_a_table_that_cannot_be_read_ends_with_code_2_and_writes_nothing(
    tmp_path: Path, content: str, message: str
) -> None:
    result = run(tmp_path, content)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "so sad" not in result.output
    assert result.stdout == ""
    assert [one.name for one in tmp_path.iterdir()] == ["ratings.csv"]


def test_an_instrument_or_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    result = run(tmp_path, FALL, "--instrument", "ors")
    assert result.exit_code == 2
    assert "There is no instrument 'ors'" in result.stderr
    result = CliRunner().invoke(app, ["trajectory", str(tmp_path / "gone.csv")])
    assert result.exit_code == 2
    assert "gone.csv" in result.stderr
