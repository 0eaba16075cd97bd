"""Finds openings for empathy in the client's words, and how the therapist answered.

An opening is a feeling that the client states or hints at (code ``empathic_opportunity``).
Several in one turn of the client count as one: the first that is stated, else the first hint.

How it was answered is what the coder heard (code ``response``), "ignored" as missed, and unclear
where the coder is unsure or doesn't hear answers. An opening that no turn of the therapist's
follows has no answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from holdfast.coding.codes import Code, CodedSession
from holdfast.indicators.turns import Turn, turns
from holdfast.session import Role, Utterance

OPPORTUNITY = "empathic_opportunity"
RESPONSE = "response"
BRIEF = 4  # words


class Response(StrEnum):
    """How an opening was answered, best first."""

    MET = "met"
    EXPLORED = "explored"
    UNCLEAR = "unclear"
    ACKNOWLEDGED = "acknowledged"
    MISSED = "missed"


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
    response_index
        The therapist's utterance that answered, ``None`` where no turn of the therapist's
        follows.
    response
        How, ``None`` where no turn of the therapist's follows.
    """

    index: int
    kind: str
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
    return tuple(
        Opening(said.index, str(code.value), *_answer(coded, said, talk[place + 1 : place + 4]))
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


def _answer(
    coded: CodedSession, said: Utterance, after: Sequence[Turn]
) -> tuple[int | None, Response | None]:
    """Return the utterance that is likeliest to give the answer, and the answer.

    The code stands on the client's line and points at no other: so it is the first line of the
    turns read with more than a few words, else the first.
    """
    if not after or after[0].role is not Role.THERAPIST:
        return None, None
    response = HEARD.get(str(coded.value(said.index, RESPONSE)), Response.UNCLEAR)
    read = list(after[0].utterances)
    goes_on = [turn.role for turn in after[1:3]] == [Role.CLIENT, Role.THERAPIST]
    if goes_on and response in (Response.MET, Response.EXPLORED):
        read += after[2].utterances
    return next((one.index for one in read if one.words > BRIEF), read[0].index), response
