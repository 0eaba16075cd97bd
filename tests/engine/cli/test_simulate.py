from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from holdfast.cli import app
from holdfast.trajectories.rules import load_rules


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")


def run(*options: str, clients: int = 60) -> Result:
    return CliRunner().invoke(app, ["simulate", "--clients", str(clients), *options])


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_it_measures_the_signals_on_made_up_ratings_and_says_so() -> None:
    result = run(clients=200)
    assert result.exit_code == 0
    assert "On simulated ratings: how it is with people, nobody knows yet." in result.stdout
    alerts = [one.title for one in load_rules().values() if one.is_alert]
    assert all(title in result.stdout for title in alerts)


def test_the_same_seed_gives_the_same_ratings(tmp_path: Path) -> None:
    places = [tmp_path / f"{name}.csv" for name in ("one", "same", "other")]
    for place, seed in zip(places, ("3", "3", "4"), strict=True):
        assert run("--seed", seed, "--out", str(place)).exit_code == 0
    one, same, other = (place.read_bytes() for place in places)
    assert one == same
    assert one != other


def test_its_ratings_are_read_by_trajectory(tmp_path: Path) -> None:
    place = tmp_path / "ratings.csv"
    assert run("--sessions", "9", "--out", str(place)).exit_code == 0
    result = CliRunner().invoke(app, ["trajectory", str(place), "--json"])
    assert result.exit_code == 0
    assert result.stderr == ""
    clients = json.loads(result.stdout)["clients"]
    assert len(clients) == 60
    assert {len(one["trajectories"][0]["ratings"]) for one in clients} == {9}


def test_the_truth_has_a_row_for_each_client_and_is_empty_where_there_is_no_rupture(
    tmp_path: Path,
) -> None:
    place, ratings = tmp_path / "truth.csv", tmp_path / "ratings.csv"
    assert run("--truth", str(place), "--out", str(ratings)).exit_code == 0
    found = rows(place)
    assert [one["client"] for one in found] == list(
        dict.fromkeys(one["client"] for one in rows(ratings))
    )
    onsets = [one for one in found if one["onset"]]
    assert 0 < len(onsets) < 60
    assert all(float(one["depth_sd"]) > 0 for one in onsets)
    assert all(not one["depth_sd"] and not one["repaired_at"] for one in found if not one["onset"])
    assert all(int(one["repaired_at"]) > int(one["onset"]) for one in onsets if one["repaired_at"])


def test_nothing_is_written_unless_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run().exit_code == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "options",
    [
        ("--clients", "0"),
        ("--sessions", "7"),
        ("--reliability", "0"),
        ("--reliability", "1"),
        ("--reliability", "high"),
    ],
)
def test_what_cannot_be_simulated_is_refused(options: tuple[str, ...]) -> None:
    result = CliRunner().invoke(app, ["simulate", *options])
    assert result.exit_code == 2
    assert options[0] in result.stderr


def test_a_table_of_another_kind_is_refused(tmp_path: Path) -> None:
    result = run("--out", str(tmp_path / "ratings.xlsx"))
    assert result.exit_code == 2
    assert "ratings.xlsx: a table is written as .csv, .jsonl, .parquet" in result.stderr


@pytest.mark.parametrize("clients", [1, 2])
def test_a_few_clients_are_too_few_to_measure_and_break_nothing(clients: int) -> None:
    assert run(clients=clients).exit_code == 0
