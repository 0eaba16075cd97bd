"""Why somebody is proposed, and what doesn't fit: in words, and no numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from holdfast_web.engine.preferences import wish_scales
from holdfast_web.fit.matching.fits import closeness, ways_of, wishes_of
from holdfast_web.fit.matching.people import Offer, Seeker
from holdfast_web.fit.matching.words import matching_words
from holdfast_web.fit.practical import DAYS, LANGUAGES, PARTS

CLOSE, FAR = 0.75, 0.5
CLEAR = 1 / 3
"""From where on a wish, or a way of working, leans to one side."""
MOST_TIMES = 3
PLACES = {"room": "in person", "online": "online", "phone": "by phone"}


def reasons_for(seeker: Seeker, offer: Offer) -> tuple[str, ...]:
    """Return what fits, in whole sentences.

    Examples
    --------
    >>> seeker = Seeker("a", languages=frozenset({"prs"}), times=frozenset({"tue-evening"}))
    >>> reasons_for(seeker, Offer("t", languages=frozenset({"en", "prs"}), times=seeker.times))
    ('Speaks Dari.', 'Free on Tuesday evenings.')
    """
    return tuple(_reasons(seeker, offer))


def misfits_for(seeker: Seeker, offer: Offer) -> tuple[str, ...]:
    """Return what doesn't fit, as plainly.

    Examples
    --------
    >>> seeker = Seeker("a", times=frozenset({"tue-evening", "tue-morning"}))
    >>> misfits_for(seeker, Offer("t", times=frozenset({"tue-morning"})))
    ('No evenings.',)
    """
    return tuple(_misfits(seeker, offer))


def listed(parts: Iterable[str]) -> str:
    """Return words joined as one says them.

    Examples
    --------
    >>> listed(["a", "b", "c"]), listed(["a"])
    ('a, b and c', 'a')
    """
    told = list(parts)
    return " and ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)


def _reasons(seeker: Seeker, offer: Offer) -> Iterator[str]:
    common = [LANGUAGES[key] for key in LANGUAGES if key in seeker.languages & offer.languages]
    if common:
        yield f"Speaks {listed(common)}."
    if seeker.only and seeker.only == offer.gender:
        yield f"Is {dict(matching_words().genders)[offer.gender]}, as you need."
    ways = [words for close, words, _ in _ways(seeker, offer) if close >= CLOSE]
    if ways:
        yield f"Works much as you wish: {listed(ways)}."
    often = _often(key for key in seeker.problems[:3] if key in offer.focus)
    if often:
        yield f"Often works with {listed(often)}."
    free = _times(seeker.times & offer.times)
    if free:
        yield f"Free on {listed(free)}."
    where = [words for key, words in PLACES.items() if key in seeker.places & offer.places]
    if where:
        yield f"Meets people {listed(where)}."


def _misfits(seeker: Seeker, offer: Offer) -> Iterator[str]:
    for close, words, other in _ways(seeker, offer):
        if close < FAR:
            yield f"You wish for somebody who {words}; they {other}."
    first = _often(key for key in seeker.problems[:1] if key not in offer.focus)
    if first:
        yield f"Doesn’t name {first[0]} among what they often work with."
    missing = [
        f"{words}s"
        for part, words in PARTS.items()
        if _with(seeker.times, part) and not _with(offer.times, part)
    ]
    if missing:
        yield f"No {listed(missing)}."
    nowhere = [words for key, words in PLACES.items() if key in seeker.places - offer.places]
    if nowhere and seeker.places & offer.places:
        yield f"Not {listed(nowhere)}."


def _ways(seeker: Seeker, offer: Offer) -> Iterator[tuple[float, str, str]]:
    """Yield how close a clear wish and a way of working are, the wish and the way in words."""
    wishes, ways = wishes_of([seeker]), ways_of([offer])
    close = closeness(wishes, ways, unknown=FAR)[0, 0]
    words = {one.key: one for one in matching_words().scales}
    for at, name in enumerate(wish_scales()):
        wish, way = wishes[0, at], ways[0, at]
        if abs(wish) >= CLEAR and abs(way) >= 0:
            told = words[name]
            wanted = told.plus_reason if wish > 0 else told.minus_reason
            yield float(close[at]), wanted, told.plus_way if way > 0 else told.minus_way


def _often(problems: Iterable[str]) -> list[str]:
    often = matching_words().often
    return [often[key] for key in problems if key in often]


def _times(keys: frozenset[str]) -> list[str]:
    """Return times in words, a part of the day with all its days: ``Tuesday evenings``."""
    told = [
        f"{day} {part}s"
        for part_key, part in PARTS.items()
        for day_key, day in DAYS.items()
        if f"{day_key}-{part_key}" in keys
    ]
    if len(told) > MOST_TIMES:
        return [*told[:MOST_TIMES], "at other times"]
    return told


def _with(times: Sequence[str] | frozenset[str], part: str) -> bool:
    return any(one.endswith(f"-{part}") for one in times)
