"""The course of feelings through a session, as far as the client's words show them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from holdfast.coding.codes import Code, CodedSession
from holdfast.indicators.definition import Finding, Measure, indicator
from holdfast.indicators.events import EVENTS, tallied, tally
from holdfast.indicators.indicator import Status, Unit
from holdfast.indicators.intervals import difference_interval, share_of_all_interval
from holdfast.indicators.rates import uncoded

NEEDED = 10
THIRD_NEEDED = 5
WORDS_ONLY = "Words only: neither voice nor face, and feelings are often left unsaid."


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the session, with the feelings heard in it.

    Attributes
    ----------
    first, last
        Indices of the first utterance in it and after the last one, whoever says them.
    said
        The client's utterances in it whose emotions were coded.
    positive, negative
        How many of these hold a positive or a negative emotion; one utterance may hold both.
    """

    first: int
    last: int
    said: int
    positive: int
    negative: int

    @property
    def positive_share(self) -> float | None:
        """Share with a positive emotion, ``None`` where the client says nothing."""
        return self.positive / self.said if self.said else None

    @property
    def negative_share(self) -> float | None:
        """Share with a negative emotion, ``None`` where the client says nothing."""
        return self.negative / self.said if self.said else None


def course(coded: CodedSession, parts: int = 10) -> tuple[Stretch, ...]:
    """Cut the session into parts of about equally many words, with the feelings heard in each.

    Words stand for time, so that a transcript without times has a course as well. An utterance
    belongs to the part in which its middle word lies.

    Examples
    --------
    >>> from holdfast.session import Session
    >>> course(CodedSession(Session(()), (), "", ""), parts=1)
    (Stretch(first=0, last=0, said=0, positive=0, negative=0),)
    """
    bounds = _bounds(coded, parts)
    return tuple(_stretch(coded, first, last) for first, last in bounds)


def _bounds(coded: CodedSession, parts: int) -> list[tuple[int, int]]:
    spoken = [said.words for said in coded.session.utterances]
    total = sum(spoken) or 1
    before, edges, part = 0, [0], 1
    for index, count in enumerate(spoken):
        while part < parts and before + count / 2 >= total * part / parts:
            edges.append(index)
            part += 1
        before += count
    edges += [len(spoken)] * (parts + 1 - len(edges))
    return list(pairwise(edges))


def _felt(coded: CodedSession, first: int, last: int) -> list[Code]:
    return [codes["emotions"] for codes in coded.codes[first:last] if "emotions" in codes]


def _stretch(coded: CodedSession, first: int, last: int) -> Stretch:
    felt = _felt(coded, first, last)
    positive, negative = (
        sum(EVENTS[name].heard_in(code) for code in felt)
        for name in ("positive_emotion", "negative_emotion")
    )
    return Stretch(first, last, len(felt), positive, negative)


def _share(coded: CodedSession, name: str) -> Finding:
    found = tally(coded, name)
    if found is None:
        return uncoded()
    n = sum("emotions" in codes for codes in coded.codes)
    return Finding(found.heard / n, n, share_of_all_interval(found))


@indicator(
    title="Client's utterances with a difficult feeling",
    unit=Unit.SHARE,
    of="utterances",
    minimum=NEEDED,
    status=Status.EXPERIMENTAL,
    not_meaning=WORDS_ONLY,
)
def negative_emotion_share(coded: CodedSession) -> Finding:
    """Client's utterances that hold a negative emotion, of all the client's utterances.

    Range: 0 to 1. Minimum: 10 utterances. Negative: anger, annoyance, disappointment,
    disapproval, disgust, embarrassment, fear, grief, nervousness, remorse, sadness. Does not
    mean: how the client is; a hard feeling that finds words may be good work.
    """
    return _share(coded, "negative_emotion")


@indicator(
    title="Client's utterances with a good feeling",
    unit=Unit.SHARE,
    of="utterances",
    minimum=NEEDED,
    status=Status.EXPERIMENTAL,
    not_meaning=WORDS_ONLY,
)
def positive_emotion_share(coded: CodedSession) -> Finding:
    """Client's utterances that hold a positive emotion, of all the client's utterances.

    Range: 0 to 1. Minimum: 10 utterances. Positive: admiration, amusement, approval, caring,
    desire, excitement, gratitude, joy, love, optimism, pride, relief. Does not mean: how the
    client is; politeness and relief look alike in words.
    """
    return _share(coded, "positive_emotion")


@indicator(
    title="Change in difficult feelings, from first to last third",
    unit=Unit.DIFFERENCE,
    of="utterances in the shorter third",
    minimum=THIRD_NEEDED,
    status=Status.EXPERIMENTAL,
    not_meaning="Ending with fewer hard feelings is not a goal of every session. " + WORDS_ONLY,
)
def negative_emotion_change(coded: CodedSession) -> Finding:
    """Share of negative emotion in the last third of the session minus that in the first.

    Formula: ``negative_3 / said_3 - negative_1 / said_1``, thirds by words. Range: -1 to 1.
    Minimum: 5 of the client's utterances in each third. Does not mean: that the client got
    better or worse.
    """
    event = EVENTS["negative_emotion"]
    early, _, late = (
        tallied(event, _felt(coded, first, last)) for first, last in _bounds(coded, 3)
    )
    if tally(coded, event.name) is None:
        return uncoded()
    if early is None or late is None:
        return Finding(None, 0)
    start, _, end = course(coded, 3)
    value = end.negative / end.said - start.negative / start.said
    return Finding(value, min(start.said, end.said), difference_interval(late, early))


MEASURES: tuple[Measure, ...] = (
    negative_emotion_share,
    positive_emotion_share,
    negative_emotion_change,
)
