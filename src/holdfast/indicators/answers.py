"""How an opening was answered, by rules: for sessions whose coder does not hear answers itself.

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
10.1207/s15327027hc1802_2); the rows are our own. How far they agree with a reading by the codebook
stands in ``docs/validity/openings.md``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from holdfast.coding.codes import Code, CodedSession
from holdfast.indicators.phrases import holds_phrase
from holdfast.indicators.turns import Turn
from holdfast.indicators.words import content_stems, pieces
from holdfast.session import Role, Utterance

BRIEF = 4  # words
SENTENCE_END = re.compile(r"[.!?…]+(?=\s|$)|\n")


class Response(StrEnum):
    """How an opening was answered, best first."""

    MET = "met"
    EXPLORED = "explored"
    UNCLEAR = "unclear"
    ACKNOWLEDGED = "acknowledged"
    MISSED = "missed"


ORDER = tuple(Response)


@dataclass(frozen=True, slots=True)
class Feeling:
    """What an answer may take up: the words of the feeling, and the sentence that holds them."""

    words: str
    sentence: str

    @classmethod
    def of(cls, said: Utterance, code: Code) -> Feeling:
        """Return what the code of an opening marks, the whole utterance where it marks no words.

        Examples
        --------
        >>> said = Utterance(0, "Lee", "The bus was late. I was so ashamed!", 1)
        >>> Feeling.of(said, Code("empathic_opportunity", "stated", words=(24, 34)))
        Feeling(words='so ashamed', sentence='I was so ashamed!')
        """
        start, end = code.words or (0, len(said.text))
        return cls(said.text[start:end], sentence(said.text, start, end))


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


def answered_by_rules(
    coded: CodedSession, after: Sequence[Turn], feeling: Feeling
) -> tuple[Response, int]:
    """Return the answer and the utterance that gives it.

    Parameters
    ----------
    coded
        The session.
    after
        The turns after the opening, the first of them the therapist's.
    feeling
        What may be taken up.
    """
    first = _best(coded, after[0], feeling)
    goes_on = [turn.role for turn in after[1:3]] == [Role.CLIENT, Role.THERAPIST]
    if first[0] is not Response.ACKNOWLEDGED or not goes_on:
        return first
    return min(first, _best(coded, after[2], feeling), key=lambda pair: ORDER.index(pair[0]))


def _best(coded: CodedSession, turn: Turn, feeling: Feeling) -> tuple[Response, int]:
    each = [(_answer(one, coded.codes[one.index], feeling), one.index) for one in turn.utterances]
    return min(each, key=lambda pair: ORDER.index(pair[0]))


def _answer(said: Utterance, codes: Mapping[str, Code], feeling: Feeling) -> Response:
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


def _plain_answer(said: Utterance, codes: Mapping[str, Code], feeling: Feeling) -> Response:
    if _share_a_word(said.text, feeling.words):
        return Response.MET
    if _heard(codes, "encourager") or said.words <= BRIEF:
        return Response.ACKNOWLEDGED
    return Response.UNCLEAR if _unsure(codes) else Response.MISSED


def _stays(said: Utterance, feeling: Feeling) -> bool:
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
