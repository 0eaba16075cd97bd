"""Tables that are written: no cell becomes a formula, and every kind reads back."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.errors import HoldfastError
from holdfast.instruments import load_instrument
from holdfast.instruments.responses import Response, score_response
from holdfast.reports.scores import Scored, score_row
from holdfast.reports.tables import Cell, as_csv, as_lines, write_table

ROWS: list[dict[str, Cell]] = [
    {"client": "=cmd|' /C calc'!A0", "total": 9, "alert": True, "band": None},
    {"client": 'Zoë, "Z"\nnew line', "total": 10.5, "alert": False, "band": "moderate"},
    {"client": "", "total": None, "alert": None, "band": ""},
]


def cells(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize(
    "words", ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x","y")']
)
def test_words_that_a_spreadsheet_would_take_for_a_formula_are_defused(words: str) -> None:
    (row,) = cells(as_csv([{"client": words}]))
    assert row["client"] == "'" + words


def test_a_negative_number_stays_a_number() -> None:
    assert as_csv([{"change": -3}, {"change": -3.5}]).splitlines()[1:] == ["-3", "-3.5"]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_no_words_ever_begin_a_formula(words: str) -> None:
    (row,) = cells(as_csv([{"client": words, "n": 1}]))
    assert not row["client"].startswith(("=", "+", "-", "@", "\t", "\r"))
    assert row["client"].removeprefix("'") == words.removeprefix("'")


def test_csv_says_yes_and_no_and_nothing() -> None:
    found = cells(as_csv(ROWS))
    assert [one["alert"] for one in found] == ["yes", "no", ""]
    assert [one["total"] for one in found] == ["9", "10.5", ""]
    assert found[1]["client"] == ROWS[1]["client"]


def test_json_lines_read_back() -> None:
    assert [json.loads(line) for line in as_lines(ROWS).split("\n")[:-1]] == ROWS


def test_parquet_reads_back(tmp_path: Path) -> None:
    write_table(ROWS, tmp_path / "a.parquet")
    assert pq.read_table(tmp_path / "a.parquet").to_pylist() == ROWS


@pytest.mark.parametrize("name", ["a.csv", "A.CSV", "a.jsonl", "a.parquet"])
def test_the_ending_says_how_a_table_is_written(tmp_path: Path, name: str) -> None:
    write_table(ROWS, tmp_path / name)
    assert (tmp_path / name).stat().st_size > 0


@pytest.mark.parametrize("name", ["a.xlsx", "a", "a.json"])
def test_another_ending_is_refused_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(HoldfastError, match=r"\.csv, \.jsonl, \.parquet"):
        write_table(ROWS, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["phq-9", "pcl-5", "c-ssrs", "c-nip", "check-in"])
def test_every_response_has_the_same_columns_whatever_is_missing(name: str) -> None:
    instrument = load_instrument(name)
    whole = {one.name: one.options.values[-1] for one in instrument.items if one.options}
    rows = [
        score_row(instrument, Scored(one, score_response(instrument, one)))
        for one in (Response(name, {}), Response(name, whole, client="A", session=2))
    ]
    assert list(rows[0]) == list(rows[1])
    assert all(one.name in rows[0] for one in instrument.scales)
    assert rows[0]["missing"]
    assert rows[1]["missing"] is None
