"""Where fhir.resources is not installed: everything else works, and the cure is named."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from holdfast.cli import app
from holdfast.instruments import load_instrument, score
from holdfast.instruments.extras import MissingExtra
from holdfast.instruments.fhir import (
    looks_like_fhir,
    read_questionnaire,
    read_response,
    read_responses,
    to_bundle,
    to_observations,
    to_questionnaire,
    to_response,
)
from holdfast.instruments.responses import Response

from .foreign import FACTS, answer, form, response

PHQ2 = load_instrument("phq-2")
ANSWERS = {"q1": 2, "q2": 1}
SAID = "FHIR needs the package fhir.resources, which is not installed. Run: pip install 'holdfast["
USES: dict[str, Callable[[], object]] = {
    "to_questionnaire": lambda: to_questionnaire(PHQ2),
    "to_response": lambda: to_response(PHQ2, ANSWERS),
    "to_observations": lambda: to_observations(PHQ2, score(PHQ2, ANSWERS)),
    "to_bundle": lambda: to_bundle(PHQ2, [(Response("phq-2", ANSWERS), score(PHQ2, ANSWERS))]),
    "read_questionnaire": lambda: read_questionnaire(form(), FACTS),
    "read_response": lambda: read_response(PHQ2, response(answer("q1", valueInteger=1))),
    "read_responses": lambda: read_responses(PHQ2, response(answer("q1", valueInteger=1))),
}


@pytest.fixture(autouse=True)
def gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have Python find no fhir.resources, as where nobody installed it."""
    monkeypatch.setenv("HOLDFAST_HOME", str(tmp_path / "home"))
    for name in [one for one in sys.modules if one == "fhir" or one.startswith("fhir.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "fhir", None)


@pytest.mark.parametrize("name", USES)
def test_every_use_of_it_names_the_command_that_brings_it(name: str) -> None:
    with pytest.raises(MissingExtra) as refusal:
        USES[name]()
    assert str(refusal.value) == f"{SAID}fhir]'"


def test_a_file_of_fhir_is_still_known_for_one(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps(response(answer("q1", valueInteger=1))), encoding="utf-8")
    assert looks_like_fhir(file)


@pytest.mark.parametrize("arguments", [["score", "phq-2"], ["instrument", "add"]])
def test_the_command_line_says_so_in_a_line_and_writes_nothing(
    tmp_path: Path, arguments: list[str]
) -> None:
    file = tmp_path / "a.json"
    resource = form() if "add" in arguments else response(answer("q1", valueInteger=1))
    file.write_text(json.dumps(resource), encoding="utf-8")
    result = CliRunner().invoke(app, [*arguments, str(file)])
    assert result.exit_code == 2
    assert result.stderr == f"holdfast: {SAID}fhir]'\n"
    assert result.stdout == ""
    assert list(tmp_path.iterdir()) == [file]


def test_scores_are_not_printed_when_the_bundle_cannot_be_written(tmp_path: Path) -> None:
    file, bundle = tmp_path / "a.csv", tmp_path / "bundle.json"
    file.write_text("q1,q2\n2,1\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["score", "phq-2", str(file), "--fhir", str(bundle)])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert not bundle.exists()
    assert CliRunner().invoke(app, ["score", "phq-2", str(file)]).exit_code == 0
