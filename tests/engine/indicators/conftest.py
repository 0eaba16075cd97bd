"""Coded sessions for the indicators' tests, written line by line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from holdfast.coding.codes import Code, CodedSession
from holdfast.indicators import intervals
from holdfast.session import Role, Session, Utterance

ROLES = {"T": Role.THERAPIST, "C": Role.CLIENT, "O": Role.OTHER}
KINDS = ("reflection", "question", "input")
RULES = ("encourager", "asking_for_feedback", "judging", "premature_reassurance")

Build = Callable[..., CodedSession]


def coded_by_people(who: str, given: Mapping[str, Any]) -> dict[str, Code]:
    """Every code of an utterance, certain where people give it and without p for rules."""
    learned: dict[str, Any] = {}
    if who == "T":
        learned = {name: given.get(name) for name in KINDS}
        main = next((name for name in KINDS if given.get(name)), "other")
        learned["behaviour"] = given.get("behaviour", main)
    if who == "C":
        learned = {"talk": given.get("talk", "neutral"), "emotions": given.get("emotions", ())}
        learned |= {name: given.get(name) for name in ("empathic_opportunity", "response")}
    codes = {name: certain(name, value) for name, value in learned.items()}
    if who == "T":
        codes |= {name: Code(name, given.get(name), by="rules") for name in RULES}
    return codes | {name: one for name, one in given.items() if isinstance(one, Code)}


def certain(name: str, value: Any) -> Code:
    if isinstance(value, Code):
        return value
    return Code(name, value, (1.0,) * len(value) if isinstance(value, tuple) else 1.0)


def build(*said: tuple[Any, ...]) -> CodedSession:
    """Make a session of lines ``(who, text, codes, start, end)``; the last three are optional."""
    utterances, codes = [], []
    for index, (who, text, *more) in enumerate(said):
        given, start, end = (*more, *({}, None, None)[len(more) :])
        utterances.append(Utterance(index, who, text, index + 1, start, end, role=ROLES[who]))
        codes.append(coded_by_people(who, given))
    return CodedSession(Session(tuple(utterances)), tuple(codes), "people", "by hand")


@pytest.fixture
def independent_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the coder's errors be independent, whatever was fitted for the shipped model."""
    monkeypatch.setattr(intervals, "widenings", dict)


@pytest.fixture(scope="session")
def coded() -> Build:
    return build
