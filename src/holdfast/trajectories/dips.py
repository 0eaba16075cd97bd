"""Drops, slides, low ratings, ceilings and skipped check-ins: rules on the ratings themselves."""

from __future__ import annotations

import numpy as np

from holdfast.trajectories.alarm import HAIR, Alarm
from holdfast.trajectories.panel import Bools, Floats, Ints, Panel, last_rated, lasting, taken
from holdfast.trajectories.rules import rule
from holdfast.trajectories.setting import Setting


def usual_movement(values: Floats, setting: Setting) -> Floats:
    """Return ``s`` at each session: how far ratings move here, in points.

    The larger of the setting's SD and the client's own (sample SD of all earlier ratings, from
    four on), as Gumz et al. (2012) propose. The rating of the session itself doesn't count.

    Examples
    --------
    >>> from holdfast.trajectories.setting import own_check_in
    >>> usual_movement(np.array([[9.0, 1.0, 9.0, 1.0, 5.0]]), own_check_in()).round(2).tolist()
    [[1.5, 1.5, 1.5, 1.5, 4.62]]
    """
    rated = ~np.isnan(values)
    known = np.where(rated, values - setting.mean, 0.0)
    n, total, squares = (_before(part) for part in (rated.astype(np.float64), known, known**2))
    with np.errstate(invalid="ignore", divide="ignore"):
        variance = (squares - total**2 / n) / (n - 1)
    own = np.sqrt(
        np.where(n >= rule("usual_movement")["earlier_ratings"], np.maximum(variance, 0.0), 0.0)
    )
    return np.maximum(own, setting.sd)


def dips(ratings: Panel, setting: Setting) -> tuple[Alarm, Alarm]:
    """Find dips and strong dips: drops from the last rating, in units of ``s``.

    A skipped check-in is passed over: the drop is from the last rating there is.

    Examples
    --------
    >>> from holdfast.trajectories.panel import from_array
    >>> golden = from_array(np.array([[9.0, 9.0, 8.0, 5.0]]))
    >>> dip, strong = dips(golden, Setting(sd=1.2, mean=8.0, sem=0.6))
    >>> strong.fired.tolist(), strong.figures["drop"][0, 3].item()
    ([[False, False, False, True]], 3.0)
    """
    values = ratings.values
    drop = taken(values, last_rated(ratings.rated)) - values
    usual = usual_movement(values, setting)
    sds = drop / usual
    strong = _reaches(sds, rule("strong_dip")["sds"])
    weak = _reaches(sds, rule("dip")["sds"]) & ~strong
    figures = {"drop": drop, "usual": usual}
    return Alarm("dip", weak, sds, figures), Alarm("strong_dip", strong, sds, figures)


def slide(ratings: Panel, setting: Setting) -> Alarm:
    """Find slides: three ratings in a row, each strictly lower than the one before.

    So there are two steps down. Together they have to reach the rule's least fall.

    Examples
    --------
    >>> from holdfast.trajectories.panel import from_array
    >>> from holdfast.trajectories.setting import own_check_in
    >>> slide(from_array(np.array([[9.0, 8.0, 7.0, 7.0]])), own_check_in()).fired.tolist()
    [[False, False, True, False]]
    """
    values = ratings.values
    one_back = last_rated(ratings.rated)
    two_back = np.where(
        one_back < 0, -1, np.take_along_axis(one_back, np.maximum(one_back, 0), axis=1)
    )
    last, earlier = taken(values, one_back), taken(values, two_back)
    fall = (earlier - values) / setting.sd
    falling = (earlier > last) & (last > values)
    strength = np.where(np.isnan(fall), np.nan, np.where(falling, fall, -np.inf))
    fired = falling & _reaches(fall, rule("slide")["least_fall_sds"])
    return Alarm("slide", fired, strength, {"first": earlier, "last": values})


def low(ratings: Panel, setting: Setting) -> tuple[Alarm, Alarm]:
    """Find ratings that are low for the setting, and check-ins with a low single answer.

    Examples
    --------
    >>> from holdfast.trajectories.panel import from_array
    >>> whole, item = low(from_array(np.array([[6.4, 7.0]])), Setting(1.5, 8.0, 0.75, p10=6.5))
    >>> whole.fired.tolist()
    [[True, False]]
    """
    values, items = ratings.values, ratings.lowest_items
    border = np.full(values.shape, np.nan if setting.p10 is None else setting.p10)
    share = rule("low_item")["share_of_range"]
    middle = np.broadcast_to(
        ratings.lowest + share * (ratings.highest - ratings.lowest), values.shape
    )
    return (
        Alarm("low", values < border, -values, {"rating": values, "border": border}),
        Alarm("low_item", items <= middle, -items, {"item": items, "middle": middle}),
    )


def ceiling(ratings: Panel) -> Alarm:
    """Find ratings that stay at the top: said once, when the run is long enough.

    Skipped check-ins are passed over; a rating below the border ends the run.

    Examples
    --------
    >>> from holdfast.trajectories.panel import from_array
    >>> ceiling(from_array(np.array([[10, 9.5, 10, 10, 10.0]]))).fired.tolist()
    [[False, False, False, True, False]]
    """
    used = rule("ceiling")
    reach = ratings.highest - ratings.lowest
    border = ratings.lowest + used["share_of_range"] * reach
    top = ratings.values >= border - HAIR
    below = ratings.rated & ~top
    seen = np.cumsum(top, axis=1)
    run: Ints = seen - np.maximum.accumulate(np.where(below, seen, 0), axis=1)
    strength = np.where(top, run, np.nan).astype(np.float64)
    return Alarm("ceiling", top & (run == used["ratings"]), strength, {"run": strength})


def skipped(ratings: Panel) -> Alarm:
    """Find check-ins skipped in a row: said once, when the run is long enough.

    Examples
    --------
    >>> from holdfast.trajectories.panel import from_array
    >>> skipped(from_array(np.array([[9.0, np.nan, np.nan, np.nan]]))).fired.tolist()
    [[False, False, True, False]]
    """
    run = lasting(ratings.skipped).astype(np.float64)
    return Alarm("skipped", run == rule("skipped")["in_a_row"], run, {"run": run})


def _before(counted: Floats) -> Floats:
    """Sum what came before each session."""
    summed = np.cumsum(counted, axis=1)
    return summed - counted


def _reaches(strength: Floats, threshold: float) -> Bools:
    return strength >= threshold - HAIR
