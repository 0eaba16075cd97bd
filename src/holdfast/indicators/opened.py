"""Finds openings for empathy in the client's words, and how the therapist's next turn answered.

An opening is a feeling that the client states or hints at (code ``empathic_opportunity``).
Several in one turn of the client count as one: the first that is stated, else the first hint.

How it was answered is what the coder heard (code ``response``): where the session holds that
code, it alone counts, "ignored" as missed, and unclear where the coder is unsure. Where it
doesn't, :mod:`holdfast.indicators.answers` reads the answer by rules. An opening that no turn of
the therapist's follows has no answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from holdfast.coding.codes import Code, CodedSession
from holdfast.indicators.answers import BRIEF, Feeling, Response, answered_by_rules
from holdfast.indicators.turns import Turn, turns
from holdfast.session import Role, Utterance

OPPORTUNITY = "empathic_opportunity"
RESPONSE = "response"
HEARD = {
    "met": Response.MET,
    "explored": Response.EXPLORED,
    "acknowledged": Response.ACKNOWLEDGED,
    "ignored": Response.MISSED,
}
"""What the coder's labels are called here."""


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


def openings(coded: CodedSession) -> tuple[Opening, ...]:
    """Return the openings of a session in order, each with its answer.

    Examples
    --------
    >>> from holdfast.session import Session
    >>> openings(CodedSession(Session(()), (), "", ""))
    ()
    """
    talk = turns(coded.session)
    heard = any(RESPONSE in codes for codes in coded.codes)
    return tuple(
        _opening(coded, said, code, talk[place + 1 : place + 4], heard)
        for place, said, code in opened(coded, talk)
    )


def opened(coded: CodedSession, talk: Sequence[Turn]) -> Iterator[tuple[int, Utterance, Code]]:
    """Yield each of the client's turns that opens a feeling, with the line that counts."""
    for place, turn in enumerate(talk):
        if turn.role is not Role.CLIENT:
            continue
        heard = [
            (place, said, code)
            for said in turn.utterances
            if (code := coded.codes[said.index].get(OPPORTUNITY)) is not None and code.heard
        ]
        stated = [one for one in heard if one[2].value == "stated"]
        yield from (stated or heard)[:1]


def _opening(
    coded: CodedSession, said: Utterance, code: Code, after: Sequence[Turn], heard: bool
) -> Opening:
    response, index = None, None
    if after and after[0].role is Role.THERAPIST:
        if heard:
            response, index = _answer_heard(coded, said, after)
        else:
            response, index = answered_by_rules(coded, after, Feeling.of(said, code))
    return Opening(said.index, str(code.value), code.words, index, response)


def _answer_heard(
    coded: CodedSession, said: Utterance, after: Sequence[Turn]
) -> tuple[Response, int]:
    """Return the answer that the coder heard, and the utterance that is likeliest to give it.

    The code stands on the client's line and points at no other: so it is the first line of the
    turns read with more than a few words, else the first.
    """
    response = HEARD.get(str(coded.value(said.index, RESPONSE)), Response.UNCLEAR)
    read = list(after[0].utterances)
    goes_on = [turn.role for turn in after[1:3]] == [Role.CLIENT, Role.THERAPIST]
    if goes_on and response in (Response.MET, Response.EXPLORED):
        read += after[2].utterances
    return response, next((one.index for one in read if one.words > BRIEF), read[0].index)
