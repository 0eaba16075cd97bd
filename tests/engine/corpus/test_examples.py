"""The examples read the tables, each where its packages are installed."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from holdfast.corpus.run import analyze_corpus
from holdfast.formats import write_jsonl
from holdfast.testing import synthetic_sessions

EXAMPLES = Path(__file__).parents[3] / "examples" / "corpus"


def example(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve sessions of one client; of eleven it is known when they were, the latest first."""
    folder = tmp_path_factory.mktemp("examples")
    with (folder / "corpus.jsonl").open("w") as file:
        for number, session in enumerate(synthetic_sessions(12, seed=21, minutes=(2, 3))):
            day = f"2026-03-{30 - number}" if number else None
            for line in write_jsonl(session).splitlines():
                said = json.loads(line)
                who = {"speaker": said["role"].capitalize(), "session_date": day}
                file.write(json.dumps({"session": str(number), **said, **who}) + "\n")
    analyze_corpus([folder / "corpus.jsonl"], folder / "out", workers=1)
    return folder / "out"


def test_polars(tables: Path) -> None:
    pytest.importorskip("polars")
    module = example("skills_polars")
    assert module.skills(str(tables))["sessions"].to_list() == [12]
    assert module.heard(str(tables))["len"].sum() > 50


def test_duckdb(tables: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    duckdb = pytest.importorskip("duckdb")
    monkeypatch.chdir(tables)
    rows = duckdb.sql((EXAMPLES / "skills_duckdb.sql").read_text()).fetchall()
    assert [(row[0], row[1]) for row in rows] == [("Therapist", 12)]


@pytest.mark.filterwarnings("ignore")
def test_pandas(tables: Path) -> None:
    pytest.importorskip("pandas")
    found = example("over_time_pandas").over_time(str(tables), "Client")
    assert [day.day for day in found["date"]] == list(range(19, 30))
    assert found["talk_share"].between(0, 1).all()


@pytest.mark.filterwarnings("ignore")
def test_a_mixed_model_finds_what_was_put_in(tables: Path) -> None:
    pd = pytest.importorskip("pandas")
    pytest.importorskip("statsmodels")
    module = example("mixed_model")
    sessions: Any = pd.read_parquet(tables / "sessions").sort_values("session_id")
    ratings = pd.DataFrame(
        {
            "session_id": sessions["session_id"],
            "client": [f"c{n % 3}" for n in range(12)],
            "score": 5
            + 0.1 * sessions[module.SKILL].to_numpy()
            + [0.4, -0.4, 0.1] * 4
            + [0.01, -0.02, 0.03, -0.01] * 3,
        }
    )
    model = module.fitted(module.together(str(tables), ratings))
    assert model.params["more_than_usual"] == pytest.approx(0.1, abs=0.01)
