"""How a therapist looks to somebody who searches: what they said of themselves, in words. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast_web.fit.matching import Offer, listed, matching_words
from holdfast_web.fit.practical import ACCESS, LANGUAGES, PLACES, TIMES, in_words

FEW = 4


def lines_about(offer: Offer) -> tuple[str, ...]:
    """Return what a client may read of a therapist, line by line.

    Examples
    --------
    >>> lines_about(Offer("t", languages=frozenset({"prs"}), ways={"support": 2}))
    ('Speaks Dari.', 'Is warm and encouraging.')
    """
    return tuple(_lines(offer))


def _lines(offer: Offer) -> Iterator[str]:
    words = matching_words()
    languages = in_words([*offer.languages], LANGUAGES)
    if languages:
        yield f"Speaks {listed(languages)}."
    ways = [
        scale.plus_reason if offer.ways[scale.key] > 0 else scale.minus_reason
        for scale in words.scales
        if offer.ways.get(scale.key)
    ]
    if ways:
        told = listed(ways)
        yield f"{told[0].upper()}{told[1:]}."
    often = [said for key, said in words.often.items() if key in offer.focus]
    if often:
        yield f"Often works with {listed(often)}."
    times = in_words([*offer.times], TIMES)
    if times:
        few = times if len(times) <= FEW else (*times[:FEW], "at other times")
        yield f"Has time on {listed(few)}."
    places = in_words([*offer.places], PLACES)
    if places:
        yield f"Where: {listed(one[0].lower() + one[1:] for one in places)}."
    access = in_words([*offer.access], ACCESS)
    if access:
        yield f"There is: {listed(one[0].lower() + one[1:] for one in access)}."
    limits = [said for key, said in words.limits if key in offer.limits]
    if limits:
        yield f"Can’t see: {listed(one[0].lower() + one[1:] for one in limits)}."
