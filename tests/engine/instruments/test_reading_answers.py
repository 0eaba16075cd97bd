"""Answers from files: every kind of table, and cells that can't be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from holdfast.instruments import load_instrument, load_wordings
from holdfast.instruments.responses import Reading, read_responses, score_response
from holdfast.instruments.rows import TableError, read_rows

NAMES = [f"q{n}" for n in range(1, 8)]
ONES = dict.fromkeys(NAMES, 1.0)


def read(tmp_path: Path, content: str | bytes, name: str = "gad.csv") -> Reading:
    """Read a file of GAD-7 answers."""
    file = tmp_path / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    gad7 = load_instrument("gad-7")
    return read_responses(read_rows(file), gad7, load_wordings("gad-7"))


def table(*rows: str, head: str = ",".join(["client", "session", *NAMES])) -> str:
    return "\n".join([head, *rows]) + "\n"


# Kinds of files

CSV = table("A,1,1,1,1,1,1,1,1")
KINDS = {
    "comma.csv": CSV.encode(),
    "semicolon.csv": CSV.replace(",", ";").encode(),
    "tab.tsv": CSV.replace(",", "\t").encode(),
    "bar.txt": CSV.replace(",", "|").encode(),
    "quoted.csv": CSV.replace("A,1,", '"A","1",').encode(),
    "spaces.csv": CSV.replace(",", ", ").encode(),
    "decimal-comma.csv": CSV.replace(",", ";").replace("A;1;1", "A;1;1,0").encode(),
    "windows.csv": CSV.replace("\n", "\r\n").encode(),
    "old-mac.csv": CSV.replace("\n", "\r").encode(),
    "marked.csv": CSV.encode("utf-8-sig"),
    "sixteen.csv": CSV.encode("utf-16"),
    "empty-lines.csv": ("\n\n" + CSV + "\n,,,,,,,,\n\n").encode(),
    "empty-columns.csv": CSV.replace("q7\n", "q7,,\n").encode(),
    "list.json": json.dumps([{"client": "A", "session": 1, **ONES}]).encode(),
    "words.json": json.dumps(
        [{"client": "A", "session": "1", **dict.fromkeys(NAMES, "1")}]
    ).encode(),
    "lines.jsonl": (json.dumps({"client": "A", "session": 1, **ONES}) + "\n\n").encode(),
    "one.json": json.dumps({"client": "A", "session": 1, **ONES}, indent=2).encode(),
    "marked.json": json.dumps([{"client": "A", "session": 1, **ONES}]).encode("utf-8-sig"),
}


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_of_table_reads_the_same(tmp_path: Path, name: str) -> None:
    reading = read(tmp_path, KINDS[name], name)
    (response,) = reading.responses
    assert dict(response.answers) == ONES
    assert (response.client, response.session, response.respondent) == ("A", 1, "client")
    assert (reading.problems, reading.ignored) == ((), ())


@pytest.mark.parametrize(
    "names",
    [
        [f"Q{n}" for n in range(1, 8)],
        [f"gad7_{n}" for n in range(1, 8)],
        [f"GAD-7 q{n}" for n in range(1, 8)],
        [f"Item {n}" for n in range(1, 8)],
        [str(n) for n in range(1, 8)],
        ["69725-0", "68509-9", "69733-4", "69734-2", "69735-9", "69689-8", "69736-7"],
    ],
    ids=["Q1", "gad7_1", "GAD-7 q1", "Item 1", "1", "LOINC"],
)
def test_columns_may_be_named_in_several_ways(tmp_path: Path, names: list[str]) -> None:
    reading = read(tmp_path, table("0,1,2,3,0,1,2", head=",".join(names)))
    assert list(reading.responses[0].answers.values()) == [0, 1, 2, 3, 0, 1, 2]


def test_labels_are_understood_beside_numbers(tmp_path: Path) -> None:
    row = "A,1,Not at all,several days,MORE THAN HALF THE DAYS, Nearly every day ,0,1,2"
    answers = read(tmp_path, table(row)).responses[0].answers
    assert list(answers.values()) == [0, 1, 2, 3, 0, 1, 2]


@pytest.mark.parametrize("cell", ["", " ", "NA", "n/a", "NaN", "null", "None", "-"])
def test_an_empty_cell_is_a_missing_answer_and_no_mistake(tmp_path: Path, cell: str) -> None:
    reading = read(tmp_path, table(f"A,1,1,1,1,{cell},1,1,1"))
    assert "q4" not in reading.responses[0].answers
    assert (reading.problems, reading.responses[0].unreadable) == ((), ())


def test_json_null_and_nan_are_missing_answers(tmp_path: Path) -> None:
    rows = [{**ONES, "q1": None}, {**ONES, "q1": float("nan")}]
    reading = read(tmp_path, json.dumps(rows), "a.json")
    assert ["q1" in one.answers for one in reading.responses] == [False, False]
    assert reading.problems == ()


def test_a_short_row_lacks_its_last_answers(tmp_path: Path) -> None:
    assert "q7" not in read(tmp_path, table("A,1,1,1,1,1,1,1")).responses[0].answers


def test_columns_that_nobody_needs_are_named(tmp_path: Path) -> None:
    head = ",".join(["client", "session", *NAMES, "weather"])
    assert read(tmp_path, table("A,1,1,1,1,1,1,1,1,rain", head=head)).ignored == ("weather",)


# Rows of another instrument


def of(*names: str, column: str = "instrument") -> str:
    head = ",".join([column, *NAMES])
    return table(*(f"{name},1,1,1,1,1,1,1" for name in names), head=head)


@pytest.mark.parametrize("name", ["gad-7", "GAD-7", " gad-7 ", "GAD7", "gad-7 1", "", "NA"])
def test_a_row_that_names_this_instrument_or_none_is_read(tmp_path: Path, name: str) -> None:
    reading = read(tmp_path, of(name))
    assert (len(reading.responses), reading.others, reading.ignored) == (1, 0, ())


@pytest.mark.parametrize("name", ["phq-9", "gad-2", "something of our own", "気分", "?"])
@pytest.mark.parametrize("column", ["instrument", "Measure"])
def test_a_row_of_another_instrument_is_never_scored_as_this_one(
    tmp_path: Path, name: str, column: str
) -> None:
    reading = read(tmp_path, of(name, "gad-7", name, column=column))
    assert [one.row for one in reading.responses] == [3]
    assert reading.others == 2


def test_what_cannot_be_read_in_a_row_of_another_instrument_is_no_problem_here(
    tmp_path: Path,
) -> None:
    reading = read(tmp_path, of("gad-7", "phq-9").replace("phq-9,1", "phq-9,so sad"))
    assert (reading.problems, reading.others) == ((), 1)


def test_a_table_of_other_instruments_only_is_refused_with_the_column(tmp_path: Path) -> None:
    with pytest.raises(TableError) as refused:
        read(tmp_path, of("phq-9", "Lee's bad week"))
    assert str(refused.value) == (
        "gad.csv: no row is of GAD-7: each names another one in the column instrument. Write "
        "gad-7 there, or take the column out."
    )


# Cells that can't be read


@pytest.mark.parametrize("cell", ["4", "-1", "1.5", "I feel dead inside", "inf", "1e400", "0x1"])
def test_an_unreadable_cell_is_named_and_the_other_rows_are_scored(
    tmp_path: Path, cell: str
) -> None:
    rows = ["A,1,1,1,1,1,1,1,1", f"B,2,1,1,1,{cell},1,1,1", "C,3,2,2,2,2,2,2,2"]
    reading = read(tmp_path, table(*rows))
    (problem,) = reading.problems
    assert (problem.row, problem.column) == (3, "q4")
    assert str(problem) == "row 3, column q4: the answer is none of 0, 1, 2, 3"
    scores = [score_response(load_instrument("gad-7"), one) for one in reading.responses]
    assert [one.total for one in scores] == [7, None, 14]
    assert scores[1].scales[0].missing == "the answer to q4 can't be read"
    assert scores[1].scale("gad-2").value == 2


@pytest.mark.parametrize("cell", ["first", "1.5", "-2", "inf", "1e999"])
def test_a_session_that_is_no_number_is_named_and_its_answers_stay(
    tmp_path: Path, cell: str
) -> None:
    reading = read(tmp_path, table(f"A,{cell},1,1,1,1,1,1,1"))
    assert [str(one) for one in reading.problems] == [
        "row 2, column session: expected the number of a session"
    ]
    assert (reading.responses[0].session, len(reading.responses[0].answers)) == (None, 7)


@pytest.mark.parametrize(("cell", "date"), [("2026-03-09", "2026-03-09"), ("", None)])
def test_a_date_is_read(tmp_path: Path, cell: str, date: str | None) -> None:
    head = ",".join(["date", *NAMES])
    reading = read(tmp_path, table(f"{cell},1,1,1,1,1,1,1", head=head))
    assert reading.responses[0].date == date


@pytest.mark.parametrize("cell", ["9.3.2026", "03/09/2026", "2026-02-30", "yesterday"])
def test_a_date_of_another_form_is_named(tmp_path: Path, cell: str) -> None:
    head = ",".join(["date", *NAMES])
    reading = read(tmp_path, table(f"{cell},1,1,1,1,1,1,1", head=head))
    assert [one.expected for one in reading.problems] == ["expected a date as YYYY-MM-DD"]


def test_a_therapists_row_is_a_guess_and_anybody_else_is_refused(tmp_path: Path) -> None:
    head = ",".join(["respondent", *NAMES])
    rows = ["Therapist,1,1,1,1,1,1,1", "mother,1,1,1,1,1,1,1", ",1,1,1,1,1,1,1"]
    reading = read(tmp_path, table(*rows, head=head))
    assert [one.respondent for one in reading.responses] == ["therapist", "client", "client"]
    assert [str(one) for one in reading.problems] == [
        "row 3, column respondent: expected client or therapist"
    ]


def test_rows_are_counted_as_the_lines_of_the_file(tmp_path: Path) -> None:
    reading = read(tmp_path, "\n\n" + table("A,1,1,1,1,1,1,1,1", "", "B,1,9,1,1,1,1,1,1"))
    assert [one.row for one in reading.responses] == [4, 6]
    assert reading.problems[0].row == 6


# Tables that can't be read


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "it is empty"),
        (" \n\n", "it is empty"),
        (",".join(NAMES), "no rows below them"),
        ("[]", "no rows below them"),
        (table('A,1,1,1,1,1,1,1,"1'), "row 2: a quotation mark opens a cell and does not close"),
        (table('A,1,1,1,1,1,1,1,"1"x'), "row 2: a quotation mark"),
        (table("A,1,1,1,1,1,1,1,1,1"), "row 2: it has 10 cells, and the first row names 9"),
        (table("1,1", head="q1,q1"), "the column q1 is there twice. Keep one."),
        (table("1,1", head="q1,q2"), "no column for q3, q4, q5, q6, q7 of GAD-7 was found"),
        ("[{]", "line 1: it is no valid JSON"),
        ('{"q1": 1}\n{"q1": \n', "line 2: it is no valid JSON"),
        ("[1, 2]", "row 1: expected an object with plain values"),
        ('[{"q1": 1}, {"q1": [1]}]', "row 2: expected an object with plain values"),
        (b"PK\x03\x04" + bytes(40), "it is not a text file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "it is not a text file"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_with_its_place(
    tmp_path: Path, content: str | bytes, message: str
) -> None:
    with pytest.raises(TableError) as refused:
        read(tmp_path, content)
    assert str(refused.value).startswith("gad.csv")
    assert message in str(refused.value)


def test_the_place_of_a_mistake_in_json_lines_counts_empty_lines(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="line 4"):
        read(tmp_path, '\n{"q1": 1}\n\n{"q1": \n', "a.jsonl")
