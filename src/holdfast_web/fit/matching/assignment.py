"""A waiting list shared among free places, all at once.

What is guaranteed, with :math:`r` a person's place in the order (1 for the last, equal for equals):
a person with a place is worth :math:`r (n + 1) + fit`, one without nothing, and scipy finds the
plan that is worth most. All fits together come to at most :math:`n`, less than one step of the
order. So, first, the sum of the :math:`r` of those with a place is the greatest there can be, and
only among such plans the sum of the fits. The sets of people who can have places at the same time
are a matroid (a transversal one); the heaviest of them is the one that goes through the order and
gives everybody a place who can have one beside those before them. Therefore

1. limits and free places are never broken;
2. as many people have places as can have;
3. nobody without a place could have one by taking it from somebody later in the order, directly or
   by moving others around;
4. among all plans with these people, or with others who stand equally in the order, this one fits
   best in sum.

The order: whom the practice has proposed somebody already, for a place that was offered is kept;
then urgency as a clinician decided it; then whole days of waiting. What fits decides who
works with whom, never whose turn it is. Equals have equal chances: rows and columns are shuffled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from holdfast_web.fit.matching.chance import shuffled
from holdfast_web.fit.matching.fits import Fits, Numbers, fits_of
from holdfast_web.fit.matching.people import Offer, Seeker
from holdfast_web.fit.matching.weights import Weights


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody on the waiting list.

    Attributes
    ----------
    seeker
        What they look for.
    days
        Whole days of waiting.
    urgency
        As a clinician decided it; more is sooner.
    chosen
        The therapist whom they have chosen, or were proposed: then nobody else is considered.
    promised
        Whether the practice has proposed them: the place is kept until they answer.
    """

    seeker: Seeker
    days: int
    urgency: int = 0
    chosen: str = ""
    promised: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """Who could begin with whom.

    Attributes
    ----------
    pairs
        Therapist by person; who is missing waits on.
    fits
        Of everybody with everybody, in the order of the lists that were given.
    nobody
        Who could be seen by nobody who has a free place.
    """

    pairs: dict[str, str]
    fits: Fits
    nobody: frozenset[str]


def assign(
    waiting: Sequence[Waiting],
    offers: Sequence[Offer],
    *,
    seed: str = "",
    weights: Weights | None = None,
) -> Plan:
    """Share free places among people who wait.

    Examples
    --------
    >>> offer = Offer("t", places=frozenset({"room"}), free=1)
    >>> early, late = Waiting(Seeker("a"), days=40), Waiting(Seeker("b"), days=3)
    >>> assign([late, early], [offer]).pairs, assign([early, late], [offer]).nobody
    ({'a': 't'}, frozenset())
    """
    fits = fits_of([one.seeker for one in waiting], offers, weights)
    allowed = fits.allowed & _chosen(waiting, offers)
    nobody = frozenset(
        one.seeker.key for one, may in zip(waiting, allowed, strict=True) if not may.any()
    )
    if not waiting or not offers:
        return Plan({}, fits, nobody)
    value = np.where(allowed, order(waiting)[:, None] * (len(waiting) + 1) + fits.whole, 0.0)
    return Plan(_best(value, waiting, offers, seed), fits, nobody)


def order(waiting: Sequence[Waiting]) -> Numbers:
    """Return everybody's place in the order: 1 for the last, equal for equals.

    Examples
    --------
    >>> people = [Waiting(Seeker("a"), 9), Waiting(Seeker("b"), 9), Waiting(Seeker("c"), 1, 2)]
    >>> order(people).tolist()
    [1.0, 1.0, 2.0]
    """
    marks = [(one.promised, one.urgency, one.days) for one in waiting]
    places = {mark: place for place, mark in enumerate(sorted(set(marks)), start=1)}
    return np.array([places[mark] for mark in marks], float)


def _chosen(waiting: Sequence[Waiting], offers: Sequence[Offer]) -> NDArray[np.bool_]:
    chosen = np.array([one.chosen for one in waiting], object)[:, None]
    there = np.array([one.key for one in offers], object)[None, :]
    return cast(NDArray[np.bool_], ((chosen == "") | (chosen == there)).astype(bool))


def _best(
    value: Numbers, waiting: Sequence[Waiting], offers: Sequence[Offer], seed: str
) -> dict[str, str]:
    """Return the pairs of the plan that is worth most; a therapist has a column for each place."""
    # Loading it takes a second and 56 MB, which pages without a plan don't pay.
    from scipy.optimize import linear_sum_assignment

    rows = sorted(range(len(waiting)), key=lambda at: waiting[at].seeker.key)
    columns = [
        at
        for at in sorted(range(len(offers)), key=lambda at: offers[at].key)
        for _ in range(min(offers[at].free, len(waiting)))
    ]
    rows, columns = shuffled(rows, seed), shuffled(columns, f"{seed} places")
    if not columns:
        return {}
    found = linear_sum_assignment(value[np.ix_(rows, columns)], maximize=True)
    pairs = ((rows[row], columns[column]) for row, column in np.transpose(found).tolist())
    # Two that must not meet are worth nothing together: they have no place in the plan.
    return {
        waiting[row].seeker.key: offers[column].key
        for row, column in pairs
        if value[row, column] > 0
    }
