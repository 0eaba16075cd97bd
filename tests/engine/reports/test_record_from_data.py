"""A record that was kept as data comes back as it was."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from holdfast.codebooks.codebook import CodeDefinition, load_codebook
from holdfast.coding.codes import Code, CodedSession
from holdfast.examples import FIRST_SESSION
from holdfast.indicators import measure
from holdfast.pipeline import analyze
from holdfast.reports.accuracy import Accuracy
from holdfast.reports.from_json import from_data
from holdfast.reports.html import render_html
from holdfast.reports.json import as_data, render_json
from holdfast.reports.record import Record, make_record
from holdfast.session import Session, Utterance
from holdfast.testing import synthetic_session, without_speakers, without_times

CHANGES: tuple[Callable[[Session], Session], ...] = (lambda s: s, without_times, without_speakers)


def kept_and_back(record: Record) -> Record:
    return from_data(json.loads(render_json(record)))


def without_raw(record: Record) -> Record:
    said = tuple(replace(one, raw="") for one in record.coded.session.utterances)
    session = replace(record.coded.session, utterances=said)
    return replace(record, coded=replace(record.coded, session=session))


def drawn(said: Utterance, draws: Random) -> dict[str, Code]:
    """Draw codes of every shape, likely or not."""
    applying = load_codebook().codes_for(said.role) if said.role else ()
    return {one.name: drawn_code(one, draws) for one in applying if draws.random() < 0.9}


def drawn_code(definition: CodeDefinition, draws: Random) -> Code:
    labels = [one.name for one in definition.values]
    some = tuple(draws.sample(labels, k=draws.randint(0, min(3, len(labels)))))
    unsure = draws.random() < 0.3
    if definition.by == "rules":
        words = (0, draws.randint(1, 9)) if some else None
        value = next(iter(some), None)
        return Code(definition.name, value, by="rules", unsure=unsure, words=words)
    alternatives = tuple((label, draws.random()) for label in labels)
    if definition.choice == "many":
        p = tuple(draws.random() for _ in some)
        return Code(definition.name, some, p, unsure=unsure, alternatives=alternatives)
    value = next(iter(some), None)
    return Code(definition.name, value, draws.random(), unsure=unsure, alternatives=alternatives)


@pytest.fixture(scope="module")
def read_by_machine() -> Record:
    return analyze(FIRST_SESSION, therapist="Dana", client="Lee")


def test_the_example_comes_back_as_the_machine_read_it(read_by_machine: Record) -> None:
    back = kept_and_back(read_by_machine)
    assert as_data(back) == as_data(read_by_machine)
    assert render_html(back) == render_html(read_by_machine)
    assert back == without_raw(read_by_machine)


def test_the_example_comes_back_as_its_author_read_it(first_record: Record) -> None:
    back = kept_and_back(first_record)
    assert as_data(back) == as_data(first_record)
    assert render_html(back) == render_html(first_record)


@pytest.mark.parametrize("seed", range(9))
def test_made_up_sessions_come_back(seed: int) -> None:
    session = CHANGES[seed % len(CHANGES)](synthetic_session(minutes=6, seed=seed))
    draws = Random(seed)  # noqa: S311
    coded = CodedSession(session, tuple(drawn(one, draws) for one in session.utterances), "m", "c")
    record = make_record(coded, measure(coded))
    back = kept_and_back(record)
    assert back == without_raw(record)
    assert as_data(back) == as_data(record)
    assert render_html(back) == render_html(record)


def test_every_shape_of_a_code_comes_back(make: Any) -> None:
    codes = {
        "talk": {1: Code("talk", "change", 0.4, unsure=True, alternatives=(("change", 0.4),))},
        "emotions": {
            1: Code("emotions", ("grief", "hope"), (0.5, 0.25)),
            3: Code("emotions", (), (), unsure=True),
        },
        "question": {0: Code("question", None, 1.0), 2: Code("question", None, None, unsure=True)},
        "encourager": {2: Code("encourager", "present", by="rules", words=(0, 3))},
        "judging": {2: Code("judging", None, by="rules")},
    }
    said = (("Dana", "How?"), ("Lee", "Sad, and hopeful."), ("Dana", "Hm."), (None, "…"))
    session = replace(make.conversation(*said), notes=("A note.",), source="a.vtt")
    record = Record(
        make.coded(session, **codes),
        indicators=(make.referenced(), make.referenced(name="x", value=None, interval=None)),
        accuracy={"talk": Accuracy("Often.", 0.5, None, 12)},
        limits=("One.",),
        versions={"holdfast": "0"},
    )
    assert kept_and_back(record) == record


def test_keys_of_another_version_are_left_aside(first_record: Record) -> None:
    data = json.loads(render_json(first_record))
    for part in (data, data["utterances"][0], data["indicators"][0], data["openings"][0]):
        part["later"] = 1
    data["openings"][0]["feeling_span"] = [0, 5]  # records had it before the model heard openings
    next(iter(data["accuracy"].values()))["later"] = 1
    assert as_data(from_data(data)) == as_data(first_record)


@pytest.mark.parametrize("schema", [None, "holdfast.record/2", 1])
def test_an_unknown_schema_is_refused(schema: Any) -> None:
    with pytest.raises(ValueError, match=r"The record's schema is .*; this version reads"):
        from_data({"schema": schema})


def test_a_broken_record_is_refused_without_its_words(first_record: Record) -> None:
    data = json.loads(render_json(first_record))
    lacking = data | {"openings": [{"index": 3}]}
    with pytest.raises(ValueError, match="lacks 'response'"):
        from_data(lacking)
    data["utterances"][3]["role"] = "Dad came home"
    with pytest.raises(ValueError, match=r"not what its schema says\.$") as refused:
        from_data(data)
    assert "Dad" not in str(refused.value)
