"""How ratings are spread where a course was collected: what a drop is measured against."""

from __future__ import annotations

import math
from dataclasses import dataclass

from holdfast.trajectories.course import CourseError
from holdfast.trajectories.rules import rule


@dataclass(frozen=True, slots=True)
class Setting:
    """The ratings of a practice, or of the population that an instrument was tried in.

    Nobody has validated our own 0–10 check-in: its defaults are our guess (rule ``setting``),
    until a practice has measured its own.

    Attributes
    ----------
    sd
        Standard deviation of single ratings over all clients and sessions, in points.
    mean
        Mean rating, in points.
    sem
        Standard error of measurement of one rating: ``sd · sqrt(1 - reliability)``, in points.
    p10
        The rating that one in ten stays below, in points; ``None`` until it was measured.

    Raises
    ------
    CourseError
        If a deviation isn't above zero, or the error isn't smaller than the spread.

    Examples
    --------
    >>> Setting.of(reliability=0.64, sd=1.5).sem
    0.9
    """

    sd: float
    mean: float
    sem: float
    p10: float | None = None

    def __post_init__(self) -> None:
        """Refuse a spread that no ratings can have."""
        if not (self.sd > 0 and 0 < self.sem < self.sd):
            raise CourseError(
                f"the setting has sd {self.sd:g} and sem {self.sem:g}; "
                "both have to be above 0, and sem below sd."
            )

    @classmethod
    def of(
        cls,
        *,
        reliability: float | None = None,
        sd: float | None = None,
        mean: float | None = None,
        p10: float | None = None,
    ) -> Setting:
        """Return a setting from a reliability; what isn't given comes from our check-in."""
        ours = rule("setting")
        spread = ours["sd"] if sd is None else sd
        known = ours["reliability"] if reliability is None else reliability
        if not 0 < known < 1:
            raise CourseError(f"the reliability is {known:g}, expected between 0 and 1.")
        return cls(
            sd=spread,
            mean=ours["mean"] if mean is None else mean,
            sem=round(spread * math.sqrt(1 - known), 12),
            p10=p10,
        )


def own_check_in() -> Setting:
    """Return the setting of our own check-in: a guess, to be replaced by a practice's own.

    Examples
    --------
    >>> own_check_in()
    Setting(sd=1.5, mean=8.0, sem=0.75, p10=None)
    """
    return Setting.of()
