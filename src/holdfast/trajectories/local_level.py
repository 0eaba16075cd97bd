"""A local-level model of a course: how likely it is that the client's level has fallen.

A rating is the level with the instrument's error, and the level takes a step from each session
to the next: ``y_t = mu_t + e_t``, ``e ~ N(0, sem²)``; ``mu_t = mu_(t-1) + w_t``, ``w ~ N(0, q²)``.

The first level comes from the setting: ``mu_1 ~ N(mean, sd² - sem²)``. A Kalman filter over the
levels of this session and the ``K`` before gives their joint distribution, so the probability
that the level has fallen by at least ``delta`` since ``k`` sessions ago is exact under the model.

A skipped check-in moves the model on without a rating. A rule that compares two ratings takes
the instrument's error for movement; this model knows how large that error is.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from holdfast.trajectories.alarm import Alarm
from holdfast.trajectories.panel import Floats, Ints, Panel
from holdfast.trajectories.rules import rule
from holdfast.trajectories.setting import Setting

_erfc = np.frompyfunc(math.erfc, 1, 1)


@dataclass(frozen=True, slots=True)
class LocalLevel:
    """The model's parameters, in points.

    Attributes
    ----------
    mean, sd
        Of the first level.
    sem
        Error of one rating.
    movement
        Standard deviation of the level's step from one session to the next.
    lags
        How many sessions back the level is compared with.
    """

    mean: float
    sd: float
    sem: float
    movement: float
    lags: int

    @classmethod
    def of(cls, setting: Setting) -> LocalLevel:
        """Return the model of a setting, with the rule's movement and lags.

        Examples
        --------
        >>> from holdfast.trajectories.setting import own_check_in
        >>> LocalLevel.of(own_check_in()).lags
        3
        """
        used = rule("likely_fall")
        return cls(
            mean=setting.mean,
            sd=math.sqrt(setting.sd**2 - setting.sem**2),
            sem=setting.sem,
            movement=used["movement_sds"] * setting.sd,
            lags=int(used["lags"]),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """What the model makes of courses.

    Attributes
    ----------
    mean, sd
        Of the level at each session, given the ratings up to it; (courses, sessions).
    fall_mean, fall_sd
        Of the fall since 1, 2, ... sessions ago; (courses, sessions, lags). ``NaN`` where the
        course is not that old.
    """

    mean: Floats
    sd: Floats
    fall_mean: Floats
    fall_sd: Floats

    def p_fall(self, delta: float) -> Floats:
        """Return the probability of a fall of at least ``delta`` points, for each lag."""
        deviations = (delta - self.fall_mean) / self.fall_sd
        return 0.5 * np.asarray(_erfc(deviations / math.sqrt(2)), dtype=np.float64)


def levels(values: Floats, model: LocalLevel) -> Levels:
    """Filter ratings, session by session.

    Parameters
    ----------
    values
        Of shape (courses, sessions), ``NaN`` where skipped.
    model
        With which parameters.

    Examples
    --------
    >>> model = LocalLevel(mean=8.0, sd=1.3, sem=0.75, movement=0.5, lags=3)
    >>> found = levels(np.array([[9.0, 9.0, 8.5, 5.0]]), model)
    >>> found.p_fall(0.75)[0, 3].round(2).tolist()
    [0.59, 0.86, 0.89]
    """
    n, sessions = values.shape
    lags = model.lags
    mean = np.full((n, lags + 1), model.mean)
    cov = np.full((n, lags + 1, lags + 1), model.sd**2)
    found = Levels(
        np.empty((n, sessions)),
        np.empty((n, sessions)),
        np.full((n, sessions, lags), np.nan),
        np.full((n, sessions, lags), np.nan),
    )
    for session in range(sessions):
        if session:
            mean, cov = _moved_on(mean, cov, model.movement**2)
        mean, cov = _updated(mean, cov, values[:, session], model.sem**2)
        known = min(lags, session)
        found.mean[:, session] = mean[:, 0]
        found.sd[:, session] = np.sqrt(cov[:, 0, 0])
        found.fall_mean[:, session, :known] = (mean[:, 1:] - mean[:, :1])[:, :known]
        spread = np.diagonal(cov, axis1=1, axis2=2)[:, 1:] + cov[:, :1, 0] - 2 * cov[:, 0, 1:]
        found.fall_sd[:, session, :known] = np.sqrt(spread)[:, :known]
    return found


def likely_fall(ratings: Panel, setting: Setting) -> Alarm:
    """Find sessions at which the level has probably fallen within the last few sessions.

    Examples
    --------
    >>> from holdfast.trajectories.panel import from_array
    >>> from holdfast.trajectories.setting import own_check_in
    >>> likely_fall(from_array(np.array([[9.0, 9.0, 8.5, 5.0]])), own_check_in()).fired.tolist()
    [[False, False, False, True]]
    """
    used = rule("likely_fall")
    found = levels(ratings.values, LocalLevel.of(setting))
    by_lag = found.p_fall(used["fall_sds"] * setting.sd)
    p = np.where(ratings.rated, np.fmax.reduce(by_lag, axis=2), np.nan)
    lag: Ints = np.argmax(np.nan_to_num(by_lag, nan=-1.0), axis=2)
    fall: Floats = np.take_along_axis(found.fall_mean, lag[..., None], axis=2)[..., 0]
    figures = {"p": p, "percent": 100 * p, "fall": fall, "sessions": lag + 1.0}
    return Alarm("likely_fall", p >= used["p"], p, figures)


def _moved_on(mean: Floats, cov: Floats, movement: float) -> tuple[Floats, Floats]:
    """Make the level of this session lag 1 of the next, whose level is the same but less sure."""
    back = np.maximum(np.arange(mean.shape[1]) - 1, 0)
    mean, cov = mean[:, back], cov[:, back][:, :, back]
    cov[:, 0, 0] += movement
    return mean, cov


def _updated(mean: Floats, cov: Floats, value: Floats, error: float) -> tuple[Floats, Floats]:
    """Take in a rating; where it was skipped, nothing changes."""
    rated = ~np.isnan(value)
    gain = np.where(rated[:, None], cov[:, :, 0] / (cov[:, :1, 0] + error), 0.0)
    surprise = np.where(rated, value - mean[:, 0], 0.0)
    return mean + gain * surprise[:, None], cov - gain[:, :, None] * cov[:, None, 0, :]
