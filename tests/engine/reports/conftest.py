"""Records made by hand: the shipped example with the codes that its author gave it."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

from holdfast.coding.codes import Code, CodedSession
from holdfast.examples import FIRST_SESSION
from holdfast.indicators import measure
from holdfast.indicators.indicator import Indicator, Reference, Spread, Unit
from holdfast.indicators.opened import HEARD
from holdfast.pipeline import read
from holdfast.reports.record import Record, make_record
from holdfast.roles import assign_roles
from holdfast.runtime.card import Card
from holdfast.session import Role, Session, Utterance

GOLD = Path(__file__).parents[1] / "gold" / "a-first-session.json"
RULES = {
    "therapist": (
        "encourager",
        "asking_for_feedback",
        "structure",
        "judging",
        "premature_reassurance",
    ),
    "client": ("relationship_talk", "withdrawal", "confrontation"),
}
FIGURES = {
    "reflection": {"labels": {"present": {"precision": 0.81, "recall": 0.76}}},
    "reflection_each": {"labels": {"complex": {"precision": 0.66, "recall": 0.61}}},
    "question": {"labels": {"present": {"precision": 0.9, "recall": 0.88}}},
    "question_each": {"labels": {"open": {"precision": 0.83, "recall": 0.8}}},
    "input_each": {"labels": {"advice": {"precision": 0.6, "recall": 0.52}}},
    "talk": {"labels": {"change": {"precision": 0.58, "recall": 0.49}}},
    "emotions": {"macro_f1": 0.44, "interval": [0.42, 0.46], "utterances": 5427},
    "layer": {"empathic_opportunity": {"precision": 0.61, "recall": 0.7, "usable": True}},
}
"""Made up, in the shape of a model's card."""
ABSTAINED = (31, 62, 97)
ANSWERS = {label: label for label in HEARD} | {"missed": "ignored"}


def coded_by_hand() -> CodedSession:
    session = assign_roles(read(FIRST_SESSION), therapist="Dana", client="Lee")
    gold = json.loads(GOLD.read_text(encoding="utf-8"))
    answers = {one["index"]: ANSWERS[one["response"]] for one in gold["openings"]}
    draws = Random(1)  # noqa: S311
    codes = tuple(
        {
            name: code_from(name, value, draws, one["index"])
            for name, value in (dict.fromkeys(RULES[one["role"]]) | one["codes"]).items()
        }
        | answered(one["role"], answers.get(one["index"]))
        for one in gold["utterances"]
    )
    return CodedSession(session, codes, model="by hand", codebook="holdfast 0.1.0")


def answered(role: str, answer: str | None) -> dict[str, Code]:
    """Return how an opening was answered; at a client's other lines the code doesn't apply."""
    p = None if answer is None else 0.8
    return {"response": Code("response", answer, p)} if role == "client" else {}


def code_from(name: str, value: Any, draws: Random, index: int) -> Code:
    if any(name in names for names in RULES.values()):
        return Code(name, value, by="rules")
    if isinstance(value, list):
        return Code(name, tuple(value), tuple(round(draws.uniform(0.5, 0.95), 2) for _ in value))
    unsure = index in ABSTAINED and name in ("behaviour", "talk")
    p = round(draws.uniform(0.35, 0.45) if unsure else draws.uniform(0.62, 0.98), 2)
    return Code(name, value, p, unsure=unsure)


def card(**accuracy: Any) -> Card:
    return Card("test", "0", {}, {}, {}, accuracy=accuracy or FIGURES)


def conversation(*said: tuple[str | None, str], start: float | None = None) -> Session:
    """Return a session of (speaker, words), Dana the therapist, with times if it has a start."""
    roles = {"Dana": Role.THERAPIST, None: None}
    return Session(
        tuple(
            Utterance(
                index,
                speaker,
                words,
                line=index + 1,
                start=None if start is None else start + 4.0 * index,
                end=None if start is None else start + 4.0 * index + 3.0,
                role=roles.get(speaker, Role.CLIENT),
            )
            for index, (speaker, words) in enumerate(said)
        )
    )


def coded(session: Session, **codes: dict[int, Code]) -> CodedSession:
    """Return a coded session: ``coded(session, talk={1: Code(…)})``."""
    laid: list[dict[str, Code]] = [{} for _ in session.utterances]
    for name, by_index in codes.items():
        for index, code in by_index.items():
            laid[index][name] = code
    return CodedSession(session, tuple(laid), model="by hand", codebook="test 1")


def referenced(**changes: Any) -> Indicator:
    whole = {
        "name": "complex_reflection_share",
        "title": "Complex among reflections",
        "family": "reflections",
        "value": 0.46,
        "unit": Unit.SHARE,
        "n": 37,
        "of": "reflections",
        "interval": (0.33, 0.58),
        "source": "MITI 4.2.1",
        "not_meaning": "That complex is better.",
        "reference": Reference(
            high=Spread(0.2, 0.34, 0.47, 0.61, 0.78, 110),
            low=Spread(0.0, 0.1, 0.22, 0.4, 0.6, 23),
            lines=(("MITI 4.2.1, fair", 0.4), ("MITI 4.2.1, good", 0.5)),
            note="Lines made for motivational interviewing, by expert opinion",
        ),
    }
    return Indicator(**(whole | changes))


@pytest.fixture(scope="session")
def first_coded() -> CodedSession:
    return coded_by_hand()


@pytest.fixture(scope="session")
def first_record(first_coded: CodedSession) -> Record:
    return make_record(first_coded, measure(first_coded), card())


@pytest.fixture(scope="session")
def make() -> type[Factories]:
    """Give the factories above to tests that build their own sessions."""
    return Factories


class Factories:
    conversation = staticmethod(conversation)
    coded = staticmethod(coded)
    referenced = staticmethod(referenced)
    card = staticmethod(card)
