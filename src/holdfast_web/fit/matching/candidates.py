"""Three to five therapists for one person, with reasons; equal fits, equal chances."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from holdfast_web.fit.matching.chance import shuffled
from holdfast_web.fit.matching.fits import fits_of
from holdfast_web.fit.matching.people import Offer, Seeker
from holdfast_web.fit.matching.reasons import misfits_for, reasons_for
from holdfast_web.fit.matching.weights import Weights, shipped_weights


@dataclass(frozen=True, slots=True)
class Candidate:
    """A therapist who is proposed; no number goes with it."""

    key: str
    reasons: tuple[str, ...]
    misfits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Who is proposed to somebody.

    Attributes
    ----------
    candidates
        The best fit first, at most five.
    hindered
        How many therapists each limit rules out, by its name.
    rests_on_results
        Whether measured change entered.
    """

    candidates: tuple[Candidate, ...]
    hindered: dict[str, int]
    rests_on_results: bool


def candidates_for(
    seeker: Seeker, offers: Sequence[Offer], *, seed: str, weights: Weights | None = None
) -> Found:
    """Return who could work with somebody, by fit.

    Parameters
    ----------
    seeker, offers
        Who looks, and who there is.
    seed
        Settles the order of those who fit equally well, always the same way for the same person.

    Examples
    --------
    >>> there = Offer("t", places=frozenset({"room"}), free=1)
    >>> full = Offer("u", places=frozenset({"room"}), free=0)
    >>> found = candidates_for(Seeker("a"), [there, full], seed="a")
    >>> [one.key for one in found.candidates], found.hindered["capacity"]
    (['t'], 1)
    """
    weights = weights or shipped_weights()
    # The order in which therapists were found must not matter, only the seed.
    there = shuffled(sorted(offers, key=lambda one: one.key), seed)
    fits = fits_of([seeker], there, weights)
    fit = dict(zip((one.key for one in there), fits.whole[0].tolist(), strict=True))
    able = [one for one, may in zip(there, fits.allowed[0], strict=True) if may]
    able.sort(key=lambda one: -round(fit[one.key] / weights.tie))
    best = fit[able[0].key] if able else 0
    chosen = [
        one
        for place, one in enumerate(able[: weights.most])
        if place < weights.fewest or best - fit[one.key] <= weights.within
    ]
    top = seeker.problems[: len(weights.places)]
    return Found(
        candidates=tuple(
            Candidate(one.key, reasons_for(seeker, one), misfits_for(seeker, one)) for one in chosen
        ),
        hindered={name: int(table[0].sum()) for name, table in fits.hinders.items()},
        rests_on_results=any(key in one.measured for one in there for key in top),
    )
