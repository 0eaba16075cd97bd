"""Keeps an assessment as it was shown, so that later rules don't change what somebody was told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from holdfast_web.fit.assessment.definition import Assessment, Reason, Source
from holdfast_web.fit.assessment.outcome import Outcome


def kept(assessment: Assessment) -> dict[str, Any]:
    """Return an assessment as plain data, its words and sources with it."""
    reasons = [
        {
            **asdict(one),
            "outcome": one.outcome.value,
            "sources": [asdict(source) for source in one.sources],
            "lines": [asdict(source) for source in one.lines],
        }
        for one in assessment.reasons
    ]
    return {
        "outcome": assessment.outcome.value,
        "reasons": reasons,
        "unanswered": list(assessment.unanswered),
        "version": assessment.version,
    }


def restored(told: Mapping[str, Any]) -> Assessment:
    """Return a kept assessment.

    Examples
    --------
    >>> from holdfast_web.fit.assessment import Facts, assess
    >>> assessment = assess(Facts({"phq-9.q9": 2}))
    >>> restored(kept(assessment)) == assessment
    True
    """
    return Assessment(
        outcome=Outcome(told["outcome"]),
        reasons=tuple(_reason(one) for one in told["reasons"]),
        unanswered=tuple(told["unanswered"]),
        version=told["version"],
    )


def _reason(told: Mapping[str, Any]) -> Reason:
    plain = {name: value for name, value in told.items() if name not in ("sources", "lines")}
    return Reason(
        **{**plain, "outcome": Outcome(told["outcome"])},
        sources=tuple(Source(**one) for one in told["sources"]),
        lines=tuple(Source(**one) for one in told["lines"]),
    )
