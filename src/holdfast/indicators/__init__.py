"""Indicators: numbers computed for a session from codes, words and times.

Each is a pure function of a coded session, with its formula, range and limits in its docstring
and on its page under ``docs/validity/``.
"""

from __future__ import annotations

from dataclasses import replace

from holdfast.coding.codes import CodedSession
from holdfast.coding.language import reads_as_english
from holdfast.indicators import (
    emotions,
    entrainment,
    giving_back,
    guidance,
    questions,
    reflections,
    style,
    support,
    talk,
    talk_types,
    timing,
    uptake,
)
from holdfast.indicators import openings as _openings
from holdfast.indicators.definition import NOT_APPLICABLE, Measure
from holdfast.indicators.emotions import Stretch, course
from holdfast.indicators.indicator import Indicator, Reference, Spread, Status, Unit
from holdfast.indicators.opened import Opening, Response
from holdfast.indicators.references import place, references

OF_ANY_LANGUAGE = ("talk", "timing")
"""Families that need neither codes nor English word lists."""

NOT_ENGLISH = NOT_APPLICABLE + "the words are not English, and the coder reads English only"

FAMILIES = (
    talk,
    timing,
    reflections,
    giving_back,
    questions,
    _openings,
    support,
    guidance,
    emotions,
    talk_types,
    style,
    entrainment,
    uptake,
)

INDICATORS: dict[str, Measure] = {
    measure.__name__: measure for family in FAMILIES for measure in family.MEASURES
}
"""Every indicator by its name, in the order in which reports show them."""


def measure(coded: CodedSession) -> tuple[Indicator, ...]:
    """Compute every indicator of a coded session, each with its reference.

    Where the words are not English, only talk and timing have values: the coder, the rules and
    the word lists read no other language.

    Examples
    --------
    >>> from holdfast.session import Session
    >>> measured = measure(CodedSession(Session(()), (), model="", codebook=""))
    >>> measured[0].name, measured[0].missing
    ('talk_share', 'not enough talk: 0 words, at least 100 are needed')
    """
    known = references()
    english = reads_as_english(coded.session)
    return tuple(
        replace(
            indicator if english else _of_any_language(indicator),
            reference=known.get(indicator.name),
        )
        for indicator in (compute(coded) for compute in INDICATORS.values())
    )


def _of_any_language(indicator: Indicator) -> Indicator:
    """Take the value from an indicator that only English words can have."""
    if indicator.family in OF_ANY_LANGUAGE:
        return indicator
    return replace(indicator, value=None, n=0, interval=None, missing=NOT_ENGLISH)


__all__ = [
    "INDICATORS",
    "Indicator",
    "Opening",
    "Reference",
    "Response",
    "Spread",
    "Status",
    "Stretch",
    "Unit",
    "course",
    "measure",
    "place",
    "references",
]
