from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from holdfast.cli import app
from holdfast.codebooks import load_codebook
from holdfast.formats import FORMATS
from holdfast.instruments.extras import EXTRAS


def shown(*words: str) -> str:
    result = CliRunner().invoke(app, list(words), env={"COLUMNS": "100"})
    assert result.exit_code == 0
    return result.stdout


def test_formats_lists_every_format() -> None:
    page = shown("formats")
    assert all(one.name in page for one in FORMATS)


def test_codebook_lists_every_code() -> None:
    page = shown("codebook")
    assert all(one.name in page for one in load_codebook().codes)


@pytest.mark.parametrize("name", [one.name for one in load_codebook().codes])
def test_codebook_shows_one_code_with_its_limits(name: str) -> None:
    assert "It does not mean" in shown("codebook", name)


def test_an_unknown_code_is_refused_with_those_there_are() -> None:
    result = CliRunner().invoke(app, ["codebook", "charm"])
    assert result.exit_code == 2
    assert "behaviour" in result.stderr


def test_the_card_says_data_accuracy_people_and_limits() -> None:
    page = shown("model")
    for words in ("AnnoMI", "GoEmotions", "CC BY 4.0", "macro-F1", "people", "Limits"):
        assert words in page


def test_the_card_as_json_is_the_file() -> None:
    assert json.loads(shown("model", "--json"))["name"] == "holdfast-open"


def test_doctor_finds_everything_in_place_and_names_every_extra() -> None:
    page = shown("doctor")
    assert "Everything is in place" in page
    extras = page[page.index("Extras:") : page.index("Terminal:")]
    assert all(name in extras for name in EXTRAS)


def test_version() -> None:
    assert shown("--version").startswith("holdfast 0.")
