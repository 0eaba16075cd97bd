"""Signals of many clients as tidy rows."""

from __future__ import annotations

from collections.abc import Iterable

from holdfast.reports.tables import Cell
from holdfast.trajectories.trajectory import CaseTrajectories


def signal_rows(cases: Iterable[CaseTrajectories]) -> list[dict[str, Cell]]:
    """Return one row for each signal.

    Examples
    --------
    >>> signal_rows([])
    []
    """
    return [
        {
            "client": case.client,
            "instrument": one.instrument.label,
            "session": signal.session,
            "signal": signal.name,
            "attention": signal.attention,
            "reason": signal.reason,
        }
        for case in cases
        for one in case.trajectories
        for signal in one.signals
    ]
