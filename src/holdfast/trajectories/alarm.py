"""What a detector hands back: at which sessions of which courses it speaks, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from holdfast.trajectories.panel import Bools, Floats

# Decimal ratings such as 8.1 have no exact binary form: a drop of "exactly 1.2" may come out less.
HAIR = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Alarm:
    """One rule applied to a panel; all arrays are (courses, check-ins).

    Attributes
    ----------
    name
        The rule in ``alliance_rules.toml`` that it follows.
    fired
        Where it speaks.
    strength
        The number that is held against the threshold; ``NaN`` where there is none. A higher one
        is a clearer alarm.
    figures
        The numbers that the reason names.
    """

    name: str
    fired: Bools
    strength: Floats
    figures: Mapping[str, Floats]
