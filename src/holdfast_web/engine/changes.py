"""Whether a change from one score to another is more than the instrument's error."""

from __future__ import annotations

from holdfast.instruments.change import compare
from holdfast_web.engine.library import kept

RELIABLE = "reliable"
POINTS = {"better": 1, "neither": 0, "worse": -1}


def reliable_change(name: str, before: float, after: float) -> int | None:
    """Return 1 for reliably better, 0, or −1 for reliably worse.

    Parameters
    ----------
    name
        Of the instrument.
    before, after
        Scores.

    Returns
    -------
    int or None
        ``None`` where the instrument has no rule for it, or a score lies outside its range.

    Examples
    --------
    >>> reliable_change("phq-9", 17, 9), reliable_change("phq-9", 9, 11)
    (1, 0)
    >>> reliable_change("gone", 1, 2) is None
    True
    """
    of = kept(name)
    if of is None:
        return None
    try:
        verdicts = compare(of.instrument, before, after).verdicts
    except ValueError:
        return None
    found = [one.direction.value for one in verdicts if one.rule.kind == RELIABLE]
    return POINTS[found[0]] if found else None
