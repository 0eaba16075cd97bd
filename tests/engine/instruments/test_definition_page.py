"""The page that says how a definition is written: its examples are read, its tables complete."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from holdfast.instruments import fields, load_instrument, read_definition, read_wording, score
from holdfast.instruments.adding import add_file
from holdfast.instruments.definition import Checked, Worse
from holdfast.instruments.fhir.facts import NEEDED, OPTIONAL
from holdfast.instruments.reading import ABOUT

PAGE = (Path(__file__).parents[3] / "docs/reference/definition.md").read_text(encoding="utf-8")
BLOCKS = [
    tomllib.loads(block) for block in re.findall(r"^```toml\n(.*?)^```", PAGE, re.M | re.DOTALL)
]
DEFINITION, WORDING, FACTS = BLOCKS
CODE = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`\n]+)`", PAGE))))


def test_the_definition_is_read() -> None:
    tides = read_definition(DEFINITION)
    result = score(tides, {"waves": 3, "calm": 0, "storm": 3, "leak": 0})
    assert (result.total, result.scales[0].band) == (9, "rough")
    assert [flag.item for flag in result.safety] == ["storm"]
    assert result.findings[0].holds
    assert result.level is not None
    assert result.level.name == "dry"


def test_the_wording_is_read() -> None:
    words = read_wording(WORDING, read_definition(DEFINITION))
    assert words.text("waves", 1) == "The waves were high."
    assert dict(words.sides)["leak"] == ("The boat is dry", "The boat leaks")


def test_both_can_be_added_as_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOLDFAST_HOME", str(tmp_path / "home"))
    for place, block in enumerate(re.findall(r"^```toml\n(.*?)^```", PAGE, re.M | re.DOTALL)[:2]):
        file = tmp_path / f"{place}.toml"
        file.write_text(block, encoding="utf-8")
        assert add_file(file).files[0].is_relative_to(tmp_path / "home" / "instruments")
    assert load_instrument("tides").title == "Tides"


def test_the_facts_are_those_that_fhir_lacks() -> None:
    assert set(FACTS) == set(NEEDED)


@pytest.mark.parametrize("word", sorted({*NEEDED, *OPTIONAL, *ABOUT}))
def test_the_page_names_every_fact(word: str) -> None:
    assert word in CODE


@pytest.mark.parametrize("kind", [Checked, Worse])
def test_the_page_names_every_choice(kind: type[Checked] | type[Worse]) -> None:
    assert {word for one in kind for word in one.value.split()} <= CODE


def test_the_page_names_every_key_that_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: set[str] = set()

    class Noting(fields.Fields):
        def take(self, key: str, default: object = fields.REQUIRED) -> object:
            asked.add(key)
            return super().take(key, default)

        def optional_number(self, key: str) -> float | None:
            asked.add(key)
            return super().optional_number(key)

        def optional_inner(self, key: str) -> fields.Fields | None:
            asked.add(key)
            return super().optional_inner(key)

    for module in ("reading", "scale_reading", "wording_reading"):
        monkeypatch.setattr(f"holdfast.instruments.{module}.Fields", Noting)
    words: dict[str, Any] = WORDING
    read_wording(words, read_definition(DEFINITION))
    items = {item["name"] for item in DEFINITION["item"]}
    own = {*items, *DEFINITION["options"], *WORDING["options"]}
    assert {"name", "same_as", "confidence", "left"} <= asked
    assert {key for key in asked - own if not re.search(rf"\b{key}\b", PAGE)} == set()
