"""The expected course: how ratings usually move after a start like this one, in one practice.

``y_ij = b0_i + b1_i · ln(session) + e_ij`` with ``(b0_i, b1_i) ~ N(γ · (1, z_i), T)``, where z is
the first rating minus the mean of all first ratings. Fitted by restricted maximum likelihood to
the practice's own closed cases; without enough of them there is no curve. The form is that of
growth models of outcome monitoring (log-linear in the session, from the start on).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import isfinite
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from holdfast.errors import HoldfastError
from holdfast.instruments.extras import need
from holdfast.trajectories.course import Course

Numbers = NDArray[np.float64]
FEWEST_CASES = 200
"""Closed cases below which no curve is fitted (our choice)."""
FEWEST_RATINGS = 3
COVERAGE = 0.8
FORM = "growth on ln(session), start as predictor"


class TooFewCases(HoldfastError):  # noqa: N818 - what happened, in words
    """There are not enough closed cases to say what is usual."""


@dataclass(frozen=True, slots=True)
class Band:
    """Where ratings are expected: the mean, and the band that covers a share of cases."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ExpectedCourse:
    """A fitted expected course; every number that is needed to use it again.

    Attributes
    ----------
    instrument, version
        What was rated, and which fit this is: every signal names it.
    cases, ratings
        What it was fitted to.
    start_mean
        Mean first rating.
    fixed
        Level, slope on ln(session), and what one point more at the start adds to either.
    spread
        Covariance of clients' levels and slopes, as (τ00, τ01, τ11).
    error
        Variance of a single rating around its client's line.
    lowest, highest
        Ends of the scale: the band stays within.
    """

    instrument: str
    version: str
    cases: int
    ratings: int
    start_mean: float
    fixed: tuple[float, float, float, float]
    spread: tuple[float, float, float]
    error: float
    lowest: float
    highest: float
    form: str = FORM

    def band(self, start: float, session: int, coverage: float = COVERAGE) -> Band:
        """Return where a rating is expected, ``coverage`` of all cases like this one.

        Half the band is ``z · √(τ00 + 2x·τ01 + x²·τ11 + σ²)`` with ``x = ln(session)``.

        Parameters
        ----------
        start
            The first rating.
        session
            From 2 on: the first is the start itself.
        coverage
            Share of cases inside.

        Examples
        --------
        >>> usual = ExpectedCourse("phq-9", "1", 300, 2400, 15, (15, -2, 1, 0), (4, 0, 1), 9, 0, 27)
        >>> band = usual.band(start=15, session=2)
        >>> round(band.mean, 2), round(band.low, 2), round(band.high, 2)
        (13.61, 8.91, 18.32)
        """
        mean, x = self._mean(start, session), np.log(session)
        t00, t01, t11 = self.spread
        sd = np.sqrt(t00 + 2 * x * t01 + x * x * t11 + self.error)
        half = NormalDist().inv_cdf((1 + coverage) / 2) * float(sd)
        return Band(self._kept(mean), self._kept(mean - half), self._kept(mean + half))

    def line(self, course: Course) -> tuple[float, float]:
        """Return a client's own level and slope, shrunken towards what is usual.

        The empirical Bayes estimate: the client's ratings weigh as much as they are many and
        exact (Raudenbush & Bryk 2002, Hierarchical Linear Models).

        Returns
        -------
        tuple
            Level at the start and change per unit of ln(session), in points.
        """
        start, later = _split(course)
        g0, g1, g2, g3 = self.fixed
        z = start - self.start_mean
        usual = np.array([g0 + g2 * z, g1 + g3 * z])
        if not later:
            return float(usual[0]), float(usual[1])
        t00, t01, t11 = self.spread
        between = np.array([[t00, t01], [t01, t11]])
        design = np.array([[1.0, np.log(session)] for session, _ in later])
        seen = np.array([value for _, value in later])
        whole = design @ between @ design.T + self.error * np.eye(len(later))
        own = usual + between @ design.T @ np.linalg.solve(whole, seen - design @ usual)
        return float(own[0]), float(own[1])

    def to_json(self) -> str:
        """Return it as JSON, to be kept with the practice's data."""
        return json.dumps(asdict(self), indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str) -> ExpectedCourse:
        """Return what :meth:`to_json` wrote.

        Raises
        ------
        HoldfastError
            If it is something else.
        """
        try:
            table: dict[str, Any] = json.loads(text)
            for key, length in (("fixed", 4), ("spread", 3)):
                table[key] = tuple(_finite(one) for one in table[key])
                if len(table[key]) != length:
                    raise ValueError(key)
            for key in ("start_mean", "error", "lowest", "highest"):
                table[key] = _finite(table[key])
            if table["form"] != FORM:
                raise ValueError("form")
            return cls(**table)
        except (KeyError, TypeError, ValueError):
            raise HoldfastError(
                "This is no expected course of this version of Holdfast. Fit it again."
            ) from None

    def _mean(self, start: float, session: int) -> float:
        if session < 2:
            raise ValueError(f"session is {session}; the expected course begins at session 2")
        g0, g1, g2, g3 = self.fixed
        z, x = start - self.start_mean, float(np.log(session))
        return g0 + g2 * z + (g1 + g3 * z) * x

    def _kept(self, value: float) -> float:
        return float(min(self.highest, max(self.lowest, value)))


def fit_expected_course(
    courses: Sequence[Course], *, instrument: str, version: str, fewest: int = FEWEST_CASES
) -> ExpectedCourse:
    """Fit the expected course to a practice's own closed cases.

    Parameters
    ----------
    courses
        Closed cases, all of one instrument. Those with fewer than three ratings are left out.
    instrument, version
        What was rated, and a name for this fit, such as its date.
    fewest
        Cases that are needed.

    Raises
    ------
    TooFewCases
        With fewer cases; until then signals follow rules.
    HoldfastError
        If the ratings vary too little to fit anything.
    MissingExtra
        Without statsmodels: ``pip install 'holdfast[statistics]'``.

    Examples
    --------
    >>> fit_expected_course([], instrument="phq-9", version="2026-11")
    Traceback (most recent call last):
    ...
    holdfast.trajectories.expected.TooFewCases: There are 0 closed cases with 3 ratings or more; \
200 are needed before it can be said what is usual here. Until then signals follow fixed rules.
    """
    used = [
        one for one in courses if sum(value is not None for value in one.values) >= FEWEST_RATINGS
    ]
    if len(used) < fewest:
        there = "is 1 closed case" if len(used) == 1 else f"are {len(used)} closed cases"
        raise TooFewCases(
            f"There {there} with {FEWEST_RATINGS} ratings or more; {fewest} are needed before it "
            "can be said what is usual here. Until then signals follow fixed rules."
        )
    need("statsmodels", "statistics")
    starts, table = _table(used)
    try:
        fixed, spread, error = _fitted(table)
    except np.linalg.LinAlgError:
        raise HoldfastError(
            "No expected course can be fitted: all cases start alike, or their ratings hardly "
            "vary. Until they do, signals follow fixed rules."
        ) from None
    return ExpectedCourse(
        instrument=instrument,
        version=version,
        cases=len(used),
        ratings=len(table),
        start_mean=float(np.mean(starts)),
        fixed=fixed,
        spread=spread,
        error=error,
        lowest=used[0].lowest,
        highest=used[0].highest,
    )


def _finite(value: Any) -> float:  # noqa: ANN401 - whatever a file holds
    number = float(value)
    if not isfinite(number):
        raise ValueError("not a number")
    return number


def _split(course: Course) -> tuple[float, list[tuple[int, float]]]:
    """Return the first rating, and the later ones with their session counted from it."""
    rated = [(one.session, one.value) for one in course.ratings if one.value is not None]
    if not rated:
        raise ValueError("the course has no rating")
    first, start = rated[0]
    return start, [(session - first + 1, value) for session, value in rated[1:]]


def _table(courses: Sequence[Course]) -> tuple[list[float], Numbers]:
    """Return first ratings, and rows of (case, z, ln session, rating)."""
    parts = [_split(course) for course in courses]
    starts = [start for start, _ in parts]
    mean = float(np.mean(starts))
    rows = [
        (case, start - mean, np.log(session), value)
        for case, (start, later) in enumerate(parts)
        for session, value in later
    ]
    return starts, np.array(rows, dtype=np.float64)


def _fitted(
    table: Numbers,
) -> tuple[tuple[float, float, float, float], tuple[float, float, float], float]:
    import warnings

    from statsmodels.regression.mixed_linear_model import MixedLM

    case, z, x, y = table.T
    ones = np.ones_like(x)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a variance at its bound of 0 is a result, not a fault
        found = MixedLM(
            y,
            np.column_stack([ones, x, z, z * x]),
            groups=case.astype(int),
            exog_re=np.column_stack([ones, x]),
        ).fit(reml=True)
    g0, g1, g2, g3 = (float(one) for one in found.fe_params)
    between = np.asarray(found.cov_re)
    spread = float(between[0, 0]), float(between[0, 1]), float(between[1, 1])
    return (g0, g1, g2, g3), spread, float(found.scale)
