"""Language style matching: whether two people use the small words alike.

Function words carry how something is said, and nobody watches them. Evidence that matching
goes with empathy is early: docs/validity/style.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from holdfast.coding.codes import CodedSession
from holdfast.indicators.definition import Finding, Measure, indicator, not_applicable
from holdfast.indicators.indicator import Status, Unit
from holdfast.indicators.words import pieces, style_words
from holdfast.session import Role

NEEDED = 50
ENGLISH = 0.2  # share of words in the lists; English talk has about half
SMALL = 0.0001


def profile(words: Sequence[str]) -> dict[str, float]:
    """Return the share of the words in each of the nine categories.

    Examples
    --------
    >>> profile(["the", "house"])["articles"]
    0.5
    """
    counts = Counter(words)
    total = max(1, len(words))
    return {
        name: sum(counts[word] for word in category) / total
        for name, category in style_words().items()
    }


def matching(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Return the mean likeness of two profiles over their categories.

    For each category ``1 - |p1 - p2| / (p1 + p2 + 0.0001)``, with ``p`` in percent of words.

    Examples
    --------
    >>> round(matching({"articles": 0.06}, {"articles": 0.02}), 4)
    0.5
    """
    likeness = [
        1 - abs(p - other[name]) * 100 / ((p + other[name]) * 100 + SMALL)
        for name, p in one.items()
    ]
    return sum(likeness) / len(likeness)


@indicator(
    title="Language style matching",
    unit=Unit.INDEX,
    of="words of the one who said less",
    minimum=NEEDED,
    status=Status.EXPERIMENTAL,
    source="Ireland & Pennebaker 2010, doi 10.1037/a0020386; Gonzales et al. 2010",
    not_meaning="Neither liking nor empathy: it counts small words, and its lists are our own.",
)
def style_matching(coded: CodedSession) -> Finding:
    """How alike therapist and client use nine kinds of function words.

    Formula: mean over the categories of ``1 - |p1 - p2| / (p1 + p2 + 0.0001)``, ``p`` in
    percent of a speaker's words (Ireland & Pennebaker 2010). Range: 0 to 1. Minimum: 50 words
    of each. For English only. Does not mean: liking, empathy or alliance.
    """
    spoken = [_spoken(coded, role) for role in (Role.THERAPIST, Role.CLIENT)]
    least = min(map(len, spoken))
    ours, theirs = map(profile, spoken)
    if least >= NEEDED and min(sum(ours.values()), sum(theirs.values())) < ENGLISH:
        return not_applicable("too few of the words are in the English word lists")
    return Finding(matching(ours, theirs), least)


def _spoken(coded: CodedSession, role: Role) -> list[str]:
    return [word for said in coded.session.said_by(role) for word in pieces(said.text)]


MEASURES: tuple[Measure, ...] = (style_matching,)
