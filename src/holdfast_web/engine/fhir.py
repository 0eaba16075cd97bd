"""Answers as a FHIR R4 Bundle, where the package that checks FHIR is installed."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from holdfast.errors import HoldfastError
from holdfast.instruments import load_instrument, score
from holdfast.instruments.fhir import to_bundle
from holdfast.instruments.responses import Response

WITHOUT = (
    "There is no FHIR file in this copy, because the package that checks FHIR isn’t installed "
    "where it was made. All answers are in record.json."
)


@dataclass(frozen=True, slots=True)
class Answered:
    """One filled-in instrument.

    Attributes
    ----------
    instrument
        Its name.
    answers
        By item.
    client
        The practice's identifier of the client.
    session, on
        Number of the session and the day, ``YYYY-MM-DD``; ``None`` where there is none.
    """

    instrument: str
    answers: Mapping[str, Any]
    client: str
    session: int | None = None
    on: str | None = None


@dataclass(frozen=True, slots=True)
class Bundled:
    """A Bundle, ``None`` where none could be made, and sentences on what isn't in it."""

    bundle: dict[str, Any] | None
    left_out: tuple[str, ...] = ()


def has_fhir() -> bool:
    """Say whether FHIR can be written here."""
    return importlib.util.find_spec("fhir") is not None


def bundle_of(answered: Iterable[Answered]) -> Bundled:
    """Return filled-in instruments with what they come to, as one FHIR R4 Bundle.

    Each instrument's Questionnaire comes first, then each QuestionnaireResponse, followed by its
    Observations.

    Examples
    --------
    >>> one = Answered("phq-2", {"q1": 2, "q2": 1}, client="A", session=3, on="2026-11-02")
    >>> found = bundle_of([one])
    >>> [entry["resource"]["resourceType"] for entry in found.bundle["entry"]]
    ['Questionnaire', 'QuestionnaireResponse', 'Observation']
    """
    if not has_fhir():
        return Bundled(None, (WITHOUT,))
    by_name: dict[str, list[Answered]] = {}
    for one in answered:
        by_name.setdefault(one.instrument, []).append(one)
    entries: list[dict[str, Any]] = []
    left_out: list[str] = []
    for name, found in sorted(by_name.items()):
        try:
            entries += _entries(name, found)
        except HoldfastError:
            left_out.append(
                f"Answers to {name} are not in the FHIR file: its questions are others today. "
                "They are in record.json as they were given."
            )
    bundle = {"resourceType": "Bundle", "type": "collection"}
    return Bundled({**bundle, **({"entry": entries} if entries else {})}, tuple(left_out))


def _entries(name: str, found: Iterable[Answered]) -> list[dict[str, Any]]:
    instrument = load_instrument(name)
    scored = [
        (
            Response(name, one.answers, one.client, one.session, one.on),
            score(instrument, one.answers),
        )
        for one in found
    ]
    entries: list[dict[str, Any]] = to_bundle(instrument, scored)["entry"]
    return entries
