"""Openings for empathy in the client's words, and how the next therapist's turn answered each.

An opening is a feeling that the client states or hints at (code ``empathic_opportunity``).
Several in one turn of the client count as one: the first that is stated, else the first hint.
The answer is looked for in the next turn, if that is the therapist's; where it does no more than
acknowledge and the client goes on, the floor was given back, and the therapist's turn after that
may still answer. Each utterance is read by this table, from the top, and the best counts, in the
order met, explored, unclear, acknowledged, missed.

======  ==========================================================================  ============
Row     The therapist's utterance                                                   Answer
======  ==========================================================================  ============
1       holds a reflection                                                          met
2       judges, argues or reassures early                                           missed
3       holds an empathic phrase of ``answers.toml`` ("that must", "no wonder")     met
4       asks and gives no input, with a content word of the sentence that holds     explored
        the feeling or a phrase that stays with it ("tell me more", "feel")
5       neither asks nor gives input, and repeats a word of the feeling             met
6       neither asks nor gives input, and is an encourager or has at most           acknowledged
        four words
7       is one whose main behaviour the coder is unsure of                          unclear
8       anything else: input, or another topic                                      missed
======  ==========================================================================  ============

The table follows the idea of empathic opportunity and response (Bylund & Makoul 2005, doi
10.1207/s15327027hc1802_2); the rows are our own and not validated.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from holdfast.coding.codes import Code, CodedSession
from holdfast.indicators.definition import Finding, Measure, indicator
from holdfast.indicators.indicator import Status, Unit
from holdfast.indicators.phrases import holds_phrase
from holdfast.indicators.rates import uncoded, with_rates
from holdfast.indicators.turns import Turn, turns
from holdfast.indicators.words import content_stems, pieces
from holdfast.session import Role, Utterance

OPPORTUNITY = "empathic_opportunity"
NEEDED = 5
BRIEF = 4  # words
SENTENCE_END = re.compile(r"[.!?…]+(?=\s|$)|\n")
BY_RULES = "Found by rules in the words: it misses feelings without words, and tone of voice."


class Response(StrEnum):
    """How an opening was answered, best first."""

    MET = "met"
    EXPLORED = "explored"
    UNCLEAR = "unclear"
    ACKNOWLEDGED = "acknowledged"
    MISSED = "missed"


ORDER = tuple(Response)


@dataclass(frozen=True, slots=True)
class Opening:
    """A feeling that the client stated or hinted at, and how it was answered.

    Attributes
    ----------
    index
        The client's utterance.
    kind
        ``"stated"`` or ``"hinted"``.
    feeling_span
        Characters of its text (start, end) that tell of the feeling, where a rule marked them.
    response_index
        The therapist's utterance that answered, ``None`` where no turn of the therapist's
        follows.
    response
        How, ``None`` where no turn of the therapist's follows.
    """

    index: int
    kind: str
    feeling_span: tuple[int, int] | None
    response_index: int | None
    response: Response | None


@dataclass(frozen=True, slots=True)
class _Feeling:
    """What an answer may take up: the feeling, and the sentence that holds it."""

    words: str
    sentence: str


def openings(coded: CodedSession) -> tuple[Opening, ...]:
    """Return the openings of a session in order, each with its answer.

    Examples
    --------
    >>> from holdfast.session import Session
    >>> openings(CodedSession(Session(()), (), "", ""))
    ()
    """
    talk = turns(coded.session)
    found = (
        _opening(coded, turn, talk[place + 1 : place + 4])
        for place, turn in enumerate(talk)
        if turn.role is Role.CLIENT
    )
    return tuple(one for one in found if one is not None)


def _opening(coded: CodedSession, turn: Turn, after: Sequence[Turn]) -> Opening | None:
    chosen = _chosen(coded, turn)
    if chosen is None:
        return None
    said, code = chosen
    start, end = code.words or (0, len(said.text))
    feeling = _Feeling(said.text[start:end], sentence(said.text, start, end))
    response, index = _answered(coded, after, feeling)
    return Opening(said.index, str(code.value), code.words, index, response)


def _answered(
    coded: CodedSession, after: Sequence[Turn], feeling: _Feeling
) -> tuple[Response | None, int | None]:
    """Return the answer and the utterance that gives it, from the turns after an opening."""
    if not after or after[0].role is not Role.THERAPIST:
        return None, None
    first = _best(coded, after[0], feeling)
    goes_on = [turn.role for turn in after[1:]] == [Role.CLIENT, Role.THERAPIST]
    if first[0] is not Response.ACKNOWLEDGED or not goes_on:
        return first
    return min(first, _best(coded, after[2], feeling), key=lambda pair: ORDER.index(pair[0]))


def _best(coded: CodedSession, turn: Turn, feeling: _Feeling) -> tuple[Response, int]:
    each = [(_answer(one, coded.codes[one.index], feeling), one.index) for one in turn.utterances]
    return min(each, key=lambda pair: ORDER.index(pair[0]))


def sentence(text: str, start: int, end: int) -> str:
    """Return the sentence of a text that holds some of its characters.

    Examples
    --------
    >>> sentence("The bus was late. I was so ashamed at work! Well.", 24, 34)
    'I was so ashamed at work!'
    """
    begins = max((mark.end() for mark in SENTENCE_END.finditer(text, 0, start)), default=0)
    ends = SENTENCE_END.search(text, max(end - 1, 0))
    return text[begins : ends.end() if ends else None].strip()


def _chosen(coded: CodedSession, turn: Turn) -> tuple[Utterance, Code] | None:
    heard = [
        (said, code)
        for said in turn.utterances
        if (code := coded.codes[said.index].get(OPPORTUNITY)) is not None and code.heard
    ]
    stated = [pair for pair in heard if pair[1].value == "stated"]
    return next(iter(stated or heard), None)


def _answer(said: Utterance, codes: Mapping[str, Code], feeling: _Feeling) -> Response:
    """Read one utterance by the table above."""
    asks, gives = _holds(codes, "question"), _holds(codes, "input")
    if _holds(codes, "reflection"):
        return Response.MET
    if _heard(codes, "judging") or _heard(codes, "premature_reassurance"):
        return Response.MISSED
    if holds_phrase(said.text, "empathic"):
        return Response.MET
    if asks and not gives and _stays(said, feeling):
        return Response.EXPLORED
    if not asks and not gives:
        return _plain_answer(said, codes, feeling)
    return Response.UNCLEAR if _unsure(codes) else Response.MISSED


def _plain_answer(said: Utterance, codes: Mapping[str, Code], feeling: _Feeling) -> Response:
    if _share_a_word(said.text, feeling.words):
        return Response.MET
    if _heard(codes, "encourager") or said.words <= BRIEF:
        return Response.ACKNOWLEDGED
    return Response.UNCLEAR if _unsure(codes) else Response.MISSED


def _stays(said: Utterance, feeling: _Feeling) -> bool:
    return holds_phrase(said.text, "staying") or _share_a_word(said.text, feeling.sentence)


def _share_a_word(one: str, other: str) -> bool:
    return not content_stems(pieces(one)).isdisjoint(content_stems(pieces(other)))


def _holds(codes: Mapping[str, Code], name: str) -> bool:
    """Whether a kind is present, also where the coder is unsure which kind it is."""
    code = codes.get(name)
    return code is not None and bool(code.value)


def _heard(codes: Mapping[str, Code], name: str) -> bool:
    code = codes.get(name)
    return code is not None and code.heard


def _unsure(codes: Mapping[str, Code]) -> bool:
    code = codes.get("behaviour")
    return code is not None and code.unsure


def _share(coded: CodedSession, *responses: Response) -> Finding:
    if not any(OPPORTUNITY in codes for codes in coded.codes):
        return uncoded()
    known = [
        one.response for one in openings(coded) if one.response not in (None, Response.UNCLEAR)
    ]
    value = sum(one in responses for one in known) / len(known) if known else None
    return Finding(value, len(known))


@indicator(
    name="openings",
    title="Openings for empathy",
    unit=Unit.COUNT,
    of="openings",
    status=Status.COACHING,
    source="Bylund & Makoul 2005, doi 10.1207/s15327027hc1802_2, for the idea",
    not_meaning=BY_RULES,
)
def opening_count(coded: CodedSession) -> Finding:
    """Count the client's turns in which a feeling is stated or hinted at.

    Range: 0 upwards. Does not mean: all the feelings there were; many have no words.
    """
    if not any(OPPORTUNITY in codes for codes in coded.codes):
        return uncoded()
    n = len(openings(coded))
    return Finding(float(n), n)


@indicator(
    title="Openings met",
    unit=Unit.SHARE,
    of="openings with a clear answer",
    minimum=NEEDED,
    status=Status.COACHING,
    source="Bylund & Makoul 2005, doi 10.1207/s15327027hc1802_2, for the idea",
    not_meaning="Only the client can say whether they felt met. " + BY_RULES,
)
def openings_met_share(coded: CodedSession) -> Finding:
    """Divide the openings that were met by those with a clear answer.

    Formula: ``met / (met + explored + acknowledged + missed)``. Range: 0 to 1. Minimum: 5
    openings. Does not mean: that the client felt met.
    """
    return _share(coded, Response.MET)


@indicator(
    title="Openings met or explored",
    unit=Unit.SHARE,
    of="openings with a clear answer",
    minimum=NEEDED,
    status=Status.COACHING,
    source="Bylund & Makoul 2005, doi 10.1207/s15327027hc1802_2, for the idea",
    not_meaning="Only the client can say whether they felt met. " + BY_RULES,
)
def openings_taken_up_share(coded: CodedSession) -> Finding:
    """Divide the openings that were met or explored by those with a clear answer.

    Formula: ``(met + explored) / (met + explored + acknowledged + missed)``. Range: 0 to 1.
    Minimum: 5 openings. Does not mean: that the client felt met.
    """
    return _share(coded, Response.MET, Response.EXPLORED)


@indicator(
    title="Openings missed",
    unit=Unit.SHARE,
    of="openings with a clear answer",
    minimum=NEEDED,
    status=Status.COACHING,
    source="Bylund & Makoul 2005, doi 10.1207/s15327027hc1802_2, for the idea",
    not_meaning="It is no fault: not every feeling can or should be taken up at once. " + BY_RULES,
)
def openings_missed_share(coded: CodedSession) -> Finding:
    """Divide the openings that the next turn missed by those with a clear answer.

    Formula: ``missed / (met + explored + acknowledged + missed)``. Range: 0 to 1. Minimum: 5
    openings. Does not mean: a fault; the feeling may be taken up later.
    """
    return _share(coded, Response.MISSED)


MEASURES: tuple[Measure, ...] = (
    *with_rates(opening_count),
    openings_met_share,
    openings_taken_up_share,
    openings_missed_share,
)
