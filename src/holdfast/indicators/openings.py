"""What is counted of openings for empathy, and of how they were answered.

What an opening is, and how its answer is found: :mod:`holdfast.indicators.opened`.
"""

from __future__ import annotations

from holdfast.coding.codes import CodedSession
from holdfast.indicators.definition import Finding, Measure, indicator
from holdfast.indicators.events import EVENTS, Event, tallied
from holdfast.indicators.indicator import Status, Unit
from holdfast.indicators.intervals import Tally, count_interval, share_of_all_interval
from holdfast.indicators.opened import HEARD, OPPORTUNITY, RESPONSE, Response, opened, openings
from holdfast.indicators.rates import uncoded, with_rates
from holdfast.indicators.turns import turns

FEELING = "feeling"
NEEDED = 5
FELT = {
    "sadness": "sadness",
    "fear_worry": "fear or worry",
    "anger": "anger",
    "shame_guilt": "shame or guilt",
    "hurt_loneliness": "hurt or loneliness",
    "joy_relief_pride": "joy, relief or pride",
    "other": "another feeling",
}
"""Groups of feelings that an opening may be of, in words."""

ANSWERED = {
    Response.MET: "met",
    Response.EXPLORED: "explored",
    Response.ACKNOWLEDGED: "only acknowledged",
    Response.MISSED: "missed",
}
LIMITS = {
    Response.MET: "Only the client can say whether they felt met.",
    Response.EXPLORED: "Only the client can say whether the question was welcome.",
    Response.ACKNOWLEDGED: "A quiet sign may be just right: it leaves the floor to the client.",
    Response.MISSED: "It is no fault: not every feeling can or should be taken up at once.",
}
"""What each answer does not mean."""

BY_WORDS = "Found in the words: it misses feelings without words, and tone of voice."
SOURCE = "Bylund & Makoul 2005, doi 10.1207/s15327027hc1802_2, for the idea"
CLEAR = "openings with a clear answer"


def _holds(coded: CodedSession, name: str) -> bool:
    return any(name in codes for codes in coded.codes)


def _count(coded: CodedSession, event: str, *kinds: str) -> Finding:
    """Count openings of some kinds; for the interval a turn is as likely as its likeliest line."""
    if not _holds(coded, OPPORTUNITY):
        return uncoded()
    talk = turns(coded.session)
    heard = sum(code.value in kinds for _, _, code in opened(coded, talk))
    each = (
        [code for said in turn.utterances if (code := coded.codes[said.index].get(OPPORTUNITY))]
        for turn in talk
    )
    by_turn = [found for codes in each if (found := tallied(EVENTS[event], codes)) is not None]
    p = tuple(max(one.p) for one in by_turn if one.p)
    whole = Tally(event, heard, p if len(p) == len(by_turn) else None)
    return Finding(float(heard), heard, count_interval(whole))


def _felt(coded: CodedSession, feeling: str) -> Finding:
    """Count openings of a group of feelings; where there are no openings, there are none of it."""
    if not _holds(coded, OPPORTUNITY):
        return uncoded()
    lines = [said.index for _, said, _ in opened(coded, turns(coded.session))]
    if not lines:
        return Finding(0.0, 0)
    codes = [code for index in lines if (code := coded.codes[index].get(FEELING)) is not None]
    whole = tallied(Event(f"openings_of_{feeling}", FEELING, frozenset({feeling})), codes)
    if whole is None:
        return uncoded()
    return Finding(float(whole.heard), whole.heard, count_interval(whole))


def _answered(coded: CodedSession, *responses: Response) -> tuple[Tally, int]:
    """Count the openings that were answered so, and those with a clear answer."""
    clear = [one for one in openings(coded) if one.response not in (None, Response.UNCLEAR)]
    heard = sum(one.response in responses for one in clear)
    labels = frozenset(label for label, response in HEARD.items() if response in responses)
    event = Event(f"openings_{responses[0]}", RESPONSE, labels)
    codes = [code for one in clear if (code := coded.codes[one.index].get(RESPONSE)) is not None]
    whole = tallied(event, codes)
    return Tally(event.name, heard, None if whole is None else whole.p), len(clear)


def _number(coded: CodedSession, response: Response) -> Finding:
    if not _holds(coded, RESPONSE):
        return uncoded()
    whole, _ = _answered(coded, response)
    return Finding(float(whole.heard), whole.heard, count_interval(whole))


def _share(coded: CodedSession, *responses: Response) -> Finding:
    if not _holds(coded, RESPONSE):
        return uncoded()
    whole, n = _answered(coded, *responses)
    return Finding(whole.heard / n if n else None, n, share_of_all_interval(whole))


@indicator(
    name="openings",
    title="Openings for empathy",
    unit=Unit.COUNT,
    of="openings",
    status=Status.COACHING,
    source=SOURCE,
    not_meaning=BY_WORDS,
)
def opening_count(coded: CodedSession) -> Finding:
    """Count the client's turns in which a feeling is stated or hinted at.

    Range: 0 upwards. Does not mean: all the feelings there were; many have no words.
    """
    return _count(coded, "opening", "stated", "hinted")


@indicator(
    title="Feelings stated",
    unit=Unit.COUNT,
    of="openings",
    status=Status.EXPERIMENTAL,
    source=SOURCE,
    not_meaning="A feeling that is named is not stronger than one that is not. " + BY_WORDS,
)
def openings_stated(coded: CodedSession) -> Finding:
    """Count the openings in which the client names the feeling, or its plain sign.

    Range: 0 upwards. Does not mean: that these feelings were the strong ones.
    """
    return _count(coded, "stated_opening", "stated")


@indicator(
    title="Feelings hinted at",
    unit=Unit.COUNT,
    of="openings",
    status=Status.EXPERIMENTAL,
    source=SOURCE,
    not_meaning="A hint may be misheard, and many hints have no words. " + BY_WORDS,
)
def openings_hinted(coded: CodedSession) -> Finding:
    """Count the openings in which nearly everybody would hear a feeling that is not named.

    Range: 0 upwards. Does not mean: that the client held the feeling back.
    """
    return _count(coded, "hinted_opening", "hinted")


def _openings_of(feeling: str) -> Measure:
    @indicator(
        name=f"openings_of_{feeling}",
        title=f"Openings of {FELT[feeling]}",
        unit=Unit.COUNT,
        of="openings",
        status=Status.EXPERIMENTAL,
        source="Groups of our own",
        not_meaning="What the client really felt, only the client can say. " + BY_WORDS,
    )
    def openings_of(coded: CodedSession) -> Finding:
        """Count the openings whose strongest feeling is of one group.

        Range: 0 upwards. Does not mean: what the client really felt.
        """
        return _felt(coded, feeling)

    return openings_of


def _openings_answered(response: Response) -> Measure:
    @indicator(
        name=f"openings_{response}",
        title=f"Number of openings {ANSWERED[response]}",
        unit=Unit.COUNT,
        of="openings",
        status=Status.EXPERIMENTAL,
        source=SOURCE,
        not_meaning=f"{LIMITS[response]} {BY_WORDS}",
    )
    def openings_answered(coded: CodedSession) -> Finding:
        """Count the openings that were answered in one way.

        Range: 0 upwards. Does not mean: how the answer felt to the client.
        """
        return _number(coded, response)

    return openings_answered


@indicator(
    title="Openings met",
    unit=Unit.SHARE,
    of=CLEAR,
    minimum=NEEDED,
    status=Status.COACHING,
    source=SOURCE,
    not_meaning=f"{LIMITS[Response.MET]} {BY_WORDS}",
)
def openings_met_share(coded: CodedSession) -> Finding:
    """Divide the openings that were met by those with a clear answer.

    Formula: ``met / (met + explored + acknowledged + missed)``. Range: 0 to 1. Minimum: 5
    openings. Does not mean: that the client felt met.
    """
    return _share(coded, Response.MET)


@indicator(
    title="Openings explored",
    unit=Unit.SHARE,
    of=CLEAR,
    minimum=NEEDED,
    status=Status.EXPERIMENTAL,
    source=SOURCE,
    not_meaning=f"{LIMITS[Response.EXPLORED]} {BY_WORDS}",
)
def openings_explored_share(coded: CodedSession) -> Finding:
    """Divide the openings that were asked after, and not met, by those with a clear answer.

    Formula: ``explored / (met + explored + acknowledged + missed)``. Range: 0 to 1. Minimum: 5
    openings. Does not mean: that the client wanted to say more.
    """
    return _share(coded, Response.EXPLORED)


@indicator(
    title="Openings met or explored",
    unit=Unit.SHARE,
    of=CLEAR,
    minimum=NEEDED,
    status=Status.COACHING,
    source=SOURCE,
    not_meaning=f"{LIMITS[Response.MET]} {BY_WORDS}",
)
def openings_taken_up_share(coded: CodedSession) -> Finding:
    """Divide the openings that were met or explored by those with a clear answer.

    Formula: ``(met + explored) / (met + explored + acknowledged + missed)``. Range: 0 to 1.
    Minimum: 5 openings. Does not mean: that the client felt met.
    """
    return _share(coded, Response.MET, Response.EXPLORED)


@indicator(
    title="Openings only acknowledged",
    unit=Unit.SHARE,
    of=CLEAR,
    minimum=NEEDED,
    status=Status.EXPERIMENTAL,
    source=SOURCE,
    not_meaning=f"{LIMITS[Response.ACKNOWLEDGED]} {BY_WORDS}",
)
def openings_acknowledged_share(coded: CodedSession) -> Finding:
    """Divide the openings that were heard and no more by those with a clear answer.

    Formula: ``acknowledged / (met + explored + acknowledged + missed)``. Range: 0 to 1. Minimum:
    5 openings. Does not mean: too little; a quiet sign may leave the floor to the client.
    """
    return _share(coded, Response.ACKNOWLEDGED)


@indicator(
    title="Openings missed",
    unit=Unit.SHARE,
    of=CLEAR,
    minimum=NEEDED,
    status=Status.COACHING,
    source=SOURCE,
    not_meaning=f"{LIMITS[Response.MISSED]} {BY_WORDS}",
)
def openings_missed_share(coded: CodedSession) -> Finding:
    """Divide the openings that the next turn missed by those with a clear answer.

    Formula: ``missed / (met + explored + acknowledged + missed)``. Range: 0 to 1. Minimum: 5
    openings. Does not mean: a fault; the feeling may be taken up later.
    """
    return _share(coded, Response.MISSED)


MEASURES: tuple[Measure, ...] = (
    *with_rates(opening_count),
    openings_stated,
    openings_hinted,
    *(_openings_of(feeling) for feeling in FELT),
    *(_openings_answered(response) for response in ANSWERED),
    openings_met_share,
    openings_explored_share,
    openings_taken_up_share,
    openings_acknowledged_share,
    openings_missed_share,
)
