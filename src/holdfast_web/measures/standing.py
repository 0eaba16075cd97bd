"""What a caseload shows of a course of check-ins, worked out from its points."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from statistics import fmean
from typing import Any
from uuid import UUID

from holdfast_web.measures.history import Point

CHECK_IN = "check-in"
LATEST = 12
USUAL = 5


def trend_of(points: Sequence[Point]) -> dict[str, Any]:
    """Return the trend of a course of check-ins, to be sealed in a standing.

    Parameters
    ----------
    points
        In the order of the sessions.
    """
    latest = points[-LATEST:]
    values = [one.value for one in latest]
    return {
        "ids": [str(one.sheet.session_id) for one in latest],
        "numbers": [one.session for one in latest],
        **_told(values, [one.session for one in latest]),
    }


def shown(trend: Mapping[str, Any], waiting: Collection[UUID]) -> dict[str, Any]:
    """Return a trend for somebody's eyes.

    Parameters
    ----------
    trend
        As it was sealed.
    waiting
        Sessions whose rating is kept back until the therapist has guessed.
    """
    hidden = {str(one) for one in waiting}
    kept = [
        (value, number)
        for value, number, session in zip(
            trend.get("values", ()), trend.get("numbers", ()), trend.get("ids", ()), strict=True
        )
        if session not in hidden
    ]
    values, numbers = [value for value, _ in kept], [number for _, number in kept]
    return {
        **_told(values, numbers),
        "waiting": len(trend.get("values", ())) - len(kept),
    }


def _told(values: Sequence[float | None], numbers: Sequence[int]) -> dict[str, Any]:
    rated = [value for value in values if value is not None]
    before = rated[:-1][-USUAL:]
    return {
        "values": list(values),
        "last": rated[-1] if rated else None,
        "usual": round(fmean(before), 2) if before else None,
        "sessions": numbers[-1] if numbers else 0,
    }
