from __future__ import annotations

import csv
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import Result
from typer.testing import CliRunner

from holdfast.cli import app
from holdfast.instruments import load_instrument
from holdfast.instruments.library import shipped_names

HEAD = "client,session," + ",".join(f"q{n}" for n in range(1, 10)) + "\n"
GOOD = HEAD + "A,1,0,0,0,0,0,0,0,0,1\nB,1,2,2,2,2,2,2,2,,\nC,1,2,2,2,2,2,2,,,\n"
BAD = HEAD + "A,1,0,0,0,0,0,0,0,0,1\nB,1,2,2,so sad,2,2,2,2,0,0\nC,1,2,2,2,2,2,2,2,2,0\n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOLDFAST_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "120")


def run(tmp_path: Path, content: str, *options: str, name: str = "phq-9") -> Result:
    file = tmp_path / "answers.csv"
    file.write_text(content, encoding="utf-8")
    return CliRunner().invoke(app, ["score", name, str(file), *options])


def test_answers_that_somebody_must_see_come_first(tmp_path: Path) -> None:
    result = run(tmp_path, GOOD)
    assert result.exit_code == 0
    out = result.stdout
    alert = out.index("Please look at these answers today")
    assert alert < out.index("A, session 1: Thoughts of being better off dead")
    assert out.index("(q9 = 1)") < out.index("minimal")
    assert result.stderr == ""


def test_a_note_comes_after_alerts_and_is_none(tmp_path: Path) -> None:
    head = "client," + ",".join(f"q{n}" for n in range(1, 21)) + "\n"
    result = run(tmp_path, head + "A" + ",0" * 15 + ",3" + ",0" * 4 + "\n", name="pcl-5")
    assert "To bear in mind" in result.stdout
    assert "Please look" not in result.stdout


def test_what_is_filled_in_and_what_is_missing_is_said(tmp_path: Path) -> None:
    out = run(tmp_path, GOOD).stdout
    assert "18" in out
    assert "filled in: " in out
    assert "3 of 9 answers are missing, no more than 2 may be" in out
    assert "Not: a diagnosis" in out


def test_a_cell_that_cannot_be_read_is_named_and_its_words_are_not_repeated(tmp_path: Path) -> None:
    result = run(tmp_path, BAD)
    assert result.exit_code == 2
    assert result.stderr == (
        "holdfast: answers.csv, row 3, column q3: the answer is none of 0, 1, 2, 3.\n"
    )
    assert "so sad" not in result.output
    assert "the answer to q3 can't be read" in result.stdout
    assert "Please look at these answers today" in result.stdout


def test_many_bad_cells_are_counted_and_not_all_listed(tmp_path: Path) -> None:
    result = run(tmp_path, HEAD + "A,1,9,9,9,9,9,9,9,9,9\n" * 5)
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 21
    assert "and 25 more cells" in result.stderr


def test_columns_that_are_not_needed_are_told_and_no_mistake(tmp_path: Path) -> None:
    result = run(tmp_path, GOOD.replace("client,", "weather,"))
    assert result.exit_code == 0
    assert "columns not needed: weather" in result.stderr


def test_json_prints_a_line_for_each_response_and_nothing_else(tmp_path: Path) -> None:
    result = run(tmp_path, BAD, "--json")
    assert result.exit_code == 2
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [one["total"] for one in rows] == [1, None, 16]
    assert [one["alerts"] for one in rows] == ["q9", "", ""]
    assert rows[1]["missing"] == "the answer to q3 can't be read"


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_out_writes_a_row_for_each_response(tmp_path: Path, ending: str) -> None:
    place = tmp_path / f"scores.{ending}"
    assert run(tmp_path, GOOD, "--out", str(place)).exit_code == 0
    if ending == "csv":
        with place.open(encoding="utf-8", newline="") as file:
            totals = [one["total"] for one in csv.DictReader(file)]
        assert totals == ["1", "18", ""]
    elif ending == "jsonl":
        lines = place.read_text(encoding="utf-8").splitlines()
        assert [json.loads(one)["total"] for one in lines] == [1, 18, None]
    else:
        assert pq.read_table(place).column("total").to_pylist() == [1, 18, None]


def test_out_writes_what_could_be_read_of_a_table_with_bad_cells(tmp_path: Path) -> None:
    place = tmp_path / "scores.jsonl"
    assert run(tmp_path, BAD, "--out", str(place)).exit_code == 2
    lines = place.read_text(encoding="utf-8").splitlines()
    assert [json.loads(one)["total"] for one in lines] == [1, None, 16]


@pytest.mark.parametrize("name", ["scores.xlsx", "nowhere/scores.csv"])
def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path, name: str) -> None:
    result = run(tmp_path, GOOD, "--out", str(tmp_path / name))
    assert result.exit_code == 2
    assert name.rpartition("/")[2] in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("client", ["[/b]", "[bold]B[/bold]", "[red]A"])
def test_a_clients_name_is_printed_as_it_is(tmp_path: Path, client: str) -> None:
    result = run(tmp_path, GOOD.replace("A,1", f"{client},1"))
    assert result.exit_code == 0
    assert result.stdout.count(f"{client}, session 1") == 2


@pytest.mark.parametrize(
    ("content", "message"),
    [("", "answers.csv: it is empty"), ("client\nA\n", "no column for q1"), ('q1\n"1\n', "row 2")],
)
def test_a_table_that_cannot_be_read_ends_with_code_2(
    tmp_path: Path, content: str, message: str
) -> None:
    result = run(tmp_path, content)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""


def test_an_instrument_or_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    result = run(tmp_path, GOOD, name="phq-99")
    assert result.exit_code == 2
    assert "There is no instrument 'phq-99'. Known: " in result.stderr
    result = CliRunner().invoke(app, ["score", "phq-9", str(tmp_path / "gone.csv")])
    assert result.exit_code == 2
    assert "gone.csv" in result.stderr


@pytest.mark.parametrize("name", shipped_names())
def test_every_instrument_is_scored_from_a_table_of_its_items(tmp_path: Path, name: str) -> None:
    items = load_instrument(name).items
    most = [f"{one.options.values[-1]}" if one.options else "A line." for one in items]
    content = f"{','.join(one.name for one in items)}\n{','.join(most)}\n"
    result = run(tmp_path, content, "--json", name=name)
    assert result.exit_code == 0
    (row,) = [json.loads(line) for line in result.stdout.splitlines()]
    for scale in load_instrument(name).scales:
        assert isinstance(row[scale.name], float)


def test_a_therapists_guess_alerts_nobody(tmp_path: Path) -> None:
    content = GOOD.replace("session,", "session,respondent,").replace("A,1,", "A,1,therapist,")
    result = run(tmp_path, content.replace("B,1,", "B,1,,").replace("C,1,", "C,1,,"))
    assert result.exit_code == 0
    assert "Please look" not in result.stdout


def test_rows_of_another_instrument_are_counted_and_not_scored(tmp_path: Path) -> None:
    content = GOOD.replace("client,", "instrument,client,").replace("A,1,", "phq-9,A,1,")
    content = content.replace("B,1,", "gad-7,B,1,").replace("C,1,", "phq-9,C,1,")
    result = run(tmp_path, content, "--json")
    assert result.exit_code == 0
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [one["client"] for one in rows] == ["A", "C"]
    assert result.stderr == (
        "holdfast: answers.csv: 1 row is of another instrument, and left out.\n"
    )
    result = run(tmp_path, content.replace("phq-9,C", "gad-7,C"))
    assert "2 rows are of another instrument, and left out" in result.stderr


def test_a_table_without_a_row_of_this_instrument_is_refused(tmp_path: Path) -> None:
    content = GOOD.replace("client,", "measure,").replace("\nA,", "\ngad-7,")
    content = content.replace("\nB,", "\ngad-7,").replace("\nC,", "\ngad-7,")
    result = run(tmp_path, content)
    assert result.exit_code == 2
    assert "answers.csv: no row is of PHQ-9: each names another one in the column measure" in (
        result.stderr
    )
    assert result.stdout == ""


def test_a_score_that_is_no_whole_number_is_printed_with_one_place_and_kept_whole_in_rows(
    tmp_path: Path,
) -> None:
    content = HEAD + "A,1,1,1,2,2,1,1,1,,0\n"
    assert "10.1" in (out := run(tmp_path, content).stdout)
    assert "10.125" not in out
    assert "10.2857" not in out
    (row,) = [json.loads(line) for line in run(tmp_path, content, "--json").stdout.splitlines()]
    assert row["total"] == 10.125


def test_what_nobody_has_validated_says_so(tmp_path: Path) -> None:
    items = "goal,task,bond,understood,safe,not_judged,uncomfortable"
    shown = run(tmp_path, f"{items}\n8,8,8,8,8,8,0\n", name="check-in").stdout
    assert "Unvalidated: nobody has studied yet how well it measures." in shown
    assert "Unvalidated" not in run(tmp_path, GOOD).stdout


def test_what_it_is_not_goes_on_in_small_letters(tmp_path: Path) -> None:
    assert "Not: a diagnosis" in run(tmp_path, GOOD).stdout
    head = "client," + ",".join(f"q{n}" for n in range(1, 21)) + "\n"
    assert (
        "PCL-5  how much twenty problems"
        in run(tmp_path, head + "A" + ",0" * 20 + "\n", name="pcl-5").stdout
    )
