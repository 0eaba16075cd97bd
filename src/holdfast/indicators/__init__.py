"""Indicators: numbers computed for a session from codes, words and times.

Each is a pure function of a coded session, with its formula, range and limits in its docstring
and on its page under ``docs/validity/``.
"""

from __future__ import annotations

from dataclasses import replace

from holdfast.coding.codes import CodedSession
from holdfast.indicators import (
    emotions,
    entrainment,
    guidance,
    questions,
    reflections,
    style,
    support,
    talk,
    talk_types,
    timing,
)
from holdfast.indicators import openings as _openings
from holdfast.indicators.definition import Measure
from holdfast.indicators.emotions import Stretch, course
from holdfast.indicators.indicator import Indicator, Reference, Spread, Status, Unit
from holdfast.indicators.openings import Opening, Response
from holdfast.indicators.references import place, references

FAMILIES = (
    talk,
    timing,
    reflections,
    questions,
    _openings,
    support,
    guidance,
    emotions,
    talk_types,
    style,
    entrainment,
)

INDICATORS: dict[str, Measure] = {
    measure.__name__: measure for family in FAMILIES for measure in family.MEASURES
}
"""Every indicator by its name, in the order in which reports show them."""


def measure(coded: CodedSession) -> tuple[Indicator, ...]:
    """Compute every indicator of a coded session, each with its reference.

    Examples
    --------
    >>> from holdfast.session import Session
    >>> measured = measure(CodedSession(Session(()), (), model="", codebook=""))
    >>> measured[0].name, measured[0].missing
    ('talk_share', 'not enough talk: 0 words, at least 100 are needed')
    """
    known = references()
    return tuple(
        replace(indicator, reference=known.get(indicator.name))
        for indicator in (compute(coded) for compute in INDICATORS.values())
    )


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
