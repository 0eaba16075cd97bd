"""Taking up what the client said: just now, and a while ago."""

from __future__ import annotations

import math

from holdfast.coding.codes import CodedSession
from holdfast.indicators.definition import Finding, Measure, indicator
from holdfast.indicators.giving_back import answers
from holdfast.indicators.indicator import Status, Unit
from holdfast.indicators.intervals import probability
from holdfast.indicators.rates import count, uncoded
from holdfast.indicators.turns import Turn

UPTAKE = "uptake"
NEEDED = 10


@indicator(
    title="Takes up what the client just said",
    unit=Unit.INDEX,
    of="answers",
    minimum=NEEDED,
    status=Status.EXPERIMENTAL,
    source="Learned from classroom talk: Demszky et al. 2021, arXiv 2106.03873",
    not_meaning="It was learned from teachers and pupils, and nobody has checked it in therapy, so "
    "it has no interval; and taking words up is not understanding.",
)
def uptake(coded: CodedSession) -> Finding:
    """Average how likely each answer of the therapist's takes up what the client just said.

    Formula: mean of ``p(uptake)`` over answers: the therapist's turns that follow a turn of the
    client's of at least five words. A turn of several lines counts with its likeliest. Range: 0
    to 1. Minimum: 10 answers. Does not mean: that the therapist understood; and in a classroom it
    meant something else.
    """
    if not any(UPTAKE in codes for codes in coded.codes):
        return uncoded()
    likely = [p for turn in answers(coded.session) if (p := _likeliest(coded, turn)) is not None]
    return Finding(math.fsum(likely) / len(likely) if likely else None, len(likely))


def _likeliest(coded: CodedSession, turn: Turn) -> float | None:
    codes = (coded.codes[said.index].get(UPTAKE) for said in turn.utterances)
    return max((probability(one, "present") for one in codes if one is not None), default=None)


@indicator(
    title="Earlier threads taken up",
    unit=Unit.COUNT,
    of="utterances",
    status=Status.EXPERIMENTAL,
    source="An idea of our own: listening includes remembering",
    not_meaning="What was remembered and not said leaves no words, and a thread may rest for good "
    "reasons.",
)
def earlier_threads(coded: CodedSession) -> Finding:
    """Count the therapist's utterances that come back to something the client said earlier.

    Range: 0 upwards. Does not mean: that nothing else was remembered.
    """
    return count(coded, "earlier_thread")


MEASURES: tuple[Measure, ...] = (uptake, earlier_threads)
