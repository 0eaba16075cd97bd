"""Lines of a session as a supervisor reads them: names masked, with what was heard in each."""

from __future__ import annotations

from typing import Any

from holdfast_web.engine.findings import Findings, Line


def masked_lines(findings: Any, first: int, last: int) -> tuple[Line, ...]:
    """Return lines from stored findings, whose words were masked when they were read.

    Parameters
    ----------
    findings
        As they are stored; ``None`` where there are none.
    first, last
        Places from 0, both included. Nothing outside of them leaves this function.
    """
    found = Findings.kept(findings)
    lines = found.lines if found else ()
    return tuple(one for one in lines if first <= one.index <= last)
