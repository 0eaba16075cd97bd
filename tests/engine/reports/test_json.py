"""The record as JSON: everything in it, under keys that stay."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from holdfast.coding.codes import CodedSession
from holdfast.reports.json import SCHEMA, as_data, render_json
from holdfast.reports.lines import coded_lines
from holdfast.reports.record import Record, make_record

REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "record.md"


@pytest.fixture(scope="module")
def data(first_record: Record) -> Any:
    return json.loads(render_json(first_record))


def test_what_is_written_comes_back(first_record: Record, data: dict[str, Any]) -> None:
    assert data == json.loads(json.dumps(as_data(first_record)))
    assert data["schema"] == SCHEMA


def test_no_utterance_and_no_word_is_lost(first_record: Record, data: dict[str, Any]) -> None:
    session = first_record.coded.session
    assert [one["text"] for one in data["utterances"]] == [one.text for one in session.utterances]
    assert [one["index"] for one in data["utterances"]] == list(range(len(session)))


def test_every_key_is_documented(data: dict[str, Any]) -> None:
    documented = set(re.findall(r"`(\w+)`", REFERENCE.read_text(encoding="utf-8")))
    shown = set(data)
    for part in ("session", "made_by"):
        shown |= set(data[part])
    for part in ("utterances", "indicators", "openings"):
        shown |= set(data[part][0])
    shown |= set(data["moments"]) | set(data["moments"]["kept"][0])
    shown |= set(data["utterances"][0]["codes"]["behaviour"])
    shown |= set(next(iter(data["accuracy"].values())))
    assert shown <= documented


def test_the_keys_do_not_depend_on_what_was_found(make: Any, data: dict[str, Any]) -> None:
    bare = as_data(make_record(make.coded(make.conversation(("Lee", "Hello.")))))
    assert set(bare) == set(data)
    assert set(bare["session"]) == set(data["session"])
    assert bare["moments"] == {"kept": (), "missed": (), "reread": ()}


def test_what_is_not_there_is_null_and_never_0(data: dict[str, Any]) -> None:
    untimed = [one for one in data["indicators"] if one["value"] is None]
    assert all(one["missing"] for one in untimed)
    assert all("NaN" not in json.dumps(one) for one in data["indicators"])


def test_half_a_character_can_still_be_written(make: Any) -> None:
    coded = make.coded(make.conversation(("Dana", "Caf\ud800")))
    assert json.loads(render_json(make_record(coded)).encode())["utterances"][0]["text"] == (
        "Caf\ud800"
    )


def test_a_line_for_each_utterance(first_coded: CodedSession) -> None:
    lines = list(coded_lines(first_coded))
    assert len(lines) == len(first_coded.session)
    assert all("\n" not in line for line in lines)
    first = json.loads(lines[0])
    assert {"index", "speaker", "role", "start", "end", "text", "codes"} <= set(first)
    assert first["codes"]["question"]["value"] == "open"
    assert json.loads(lines[1])["codes"]["emotions"]["value"] == ["nervousness"]
