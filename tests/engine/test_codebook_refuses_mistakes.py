"""A codebook that lacks something says what, and where."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from holdfast.codebooks import CodebookError, load_codebook, parse_codebook

HEAD = {"name": "own", "version": "1", "title": "Our own", "description": "Ours."}
CODE: dict[str, Any] = {
    "name": "warmth", "title": "Warmth", "role": "therapist", "by": "rules", "choice": "one",
    "status": "experimental", "definition": "Warm words.", "source": "Ours.",
    "not_meaning": "Warmth of heart.",
    "value": [{"name": "present", "title": "Warm", "definition": "Warm.", "examples": ["Hello."]}],
}  # fmt: skip
Change = Callable[[dict[str, Any]], object]


def parse(change: Change) -> object:
    code = deepcopy(CODE)
    change(code)
    return parse_codebook(HEAD, [{"code": [code]}])


def test_a_codebook_of_ones_own_can_be_read() -> None:
    codebook = parse_codebook(HEAD, [{"code": [CODE]}])
    assert codebook.label == "own 1"
    assert codebook.code("warmth").value("present").examples[0].said == "Hello."


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda code: code.pop("source"), "code warmth: source is missing"),
        (lambda code: code.update(role="doctor"), "code warmth: role is 'doctor'"),
        (lambda code: code.update(status="proven"), "code warmth: status is 'proven'"),
        (lambda code: code.update(colour="red"), "code warmth: unknown colour"),
        (lambda code: code.update(value=[]), "code warmth: it has no value"),
        (lambda code: code["value"].append(code["value"][0]), "present stands there twice"),
        (lambda code: code["value"][0].pop("examples"), "value present: examples is missing"),
        (lambda code: code["value"][0].update(color="red"), "value present: unknown color"),
    ],
)
def test_a_mistake_is_named_with_its_place(change: Change, says: str) -> None:
    with pytest.raises(CodebookError, match=says):
        parse(change)


def test_a_code_cannot_stand_there_twice() -> None:
    with pytest.raises(CodebookError, match="warmth stands there twice"):
        parse_codebook(HEAD, [{"code": [CODE]}, {"code": [CODE]}])


@pytest.mark.parametrize("name", ["missing", "../holdfast", ""])
def test_an_unknown_codebook_is_refused(name: str) -> None:
    with pytest.raises(CodebookError, match="there is no codebook called"):
        load_codebook(name)
