"""The shipped example and the codes that its author gave it belong together."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from holdfast.codebooks import load_codebook
from holdfast.coding.codes import CodedSession
from holdfast.session import Role

GOLD = Path(__file__).parents[1] / "gold" / "a-first-session.json"


@pytest.fixture(scope="module")
def gold() -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(GOLD.read_text(encoding="utf-8"))
    return whole


def test_every_utterance_has_its_codes(gold: dict[str, Any], first_coded: CodedSession) -> None:
    said = [(one.index, one.speaker, one.role) for one in first_coded.session.utterances]
    assert [(one["index"], one["speaker"], one["role"]) for one in gold["utterances"]] == said


def test_every_label_is_one_of_the_codebook(gold: dict[str, Any]) -> None:
    book = load_codebook()
    for one in gold["utterances"]:
        for name, value in one["codes"].items():
            assert book.code(name).role is Role(one["role"])
            for label in value if isinstance(value, list) else [value]:
                assert label is None or book.code(name).value(label)


def test_the_words_of_each_feeling_are_in_its_line(
    gold: dict[str, Any], first_coded: CodedSession
) -> None:
    for opening in gold["openings"]:
        assert opening["words"] in first_coded.session.utterances[opening["index"]].text.lower()


def test_times_follow_each_other_and_once_overlap(first_coded: CodedSession) -> None:
    starts = [one.start for one in first_coded.session.utterances if one.start is not None]
    assert len(starts) == len(first_coded.session)
    assert starts == sorted(starts)
