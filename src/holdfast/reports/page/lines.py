"""A line of the session on the page: who, when, what, and what was heard in it."""

from __future__ import annotations

from collections.abc import Mapping

from holdfast.coding.codes import Code, CodedSession
from holdfast.indicators.opened import OPPORTUNITY, RESPONSE, Opening, Response
from holdfast.indicators.openings import FEELING, FELT
from holdfast.reports.accuracy import Accuracy
from holdfast.reports.heard import (
    MAIN,
    UNKNOWN,
    Tag,
    abstained,
    caution,
    name_of,
    single,
    tags_at,
)
from holdfast.reports.numbers import clock
from holdfast.reports.page.markup import Markup, tag
from holdfast.session import Role, Utterance

UNSURE = "the coder is unsure"


def anchor(index: int) -> str:
    """Return the id of a line on the page.

    Examples
    --------
    >>> anchor(0)
    'line-1'
    """
    return f"line-{index + 1}"


def opening_tag(
    opening: Opening,
    coded: CodedSession | None = None,
    accuracy: Mapping[str, Accuracy] = UNKNOWN,
) -> Tag:
    """Return the tag of an opening, with how it was answered.

    An answer that missed it has a kind of its own, so that one can look for these alone. Its
    feeling is named where ``accuracy`` bears that code out.
    """
    kind = "missed" if opening.response is Response.MISSED else "opening"
    codes = coded.codes[opening.index] if coded else {}
    words = f"Opening{_felt(codes, accuracy)}, {opening.response or 'no answer follows'}"
    heard = [codes[name] for name in (OPPORTUNITY, RESPONSE) if name in codes and codes[name].heard]
    doubts = [caution(code, str(code.value), accuracy) for code in heard]
    return Tag(kind, words + max(doubts, default=""), OPPORTUNITY, opening.kind)


def _felt(codes: Mapping[str, Code], accuracy: Mapping[str, Accuracy]) -> str:
    code = codes.get(FEELING)
    if code is None or not code.heard or caution(code, str(code.value), accuracy):
        return ""
    return f" of {FELT[str(code.value)]}"


def _unsure_tag(coded: CodedSession, index: int) -> Tag:
    """Return the tag of a line on which the coder abstained, with its likeliest guess."""
    name = MAIN[coded.session.utterances[index].role or Role.OTHER]
    code = coded.codes[index][name]
    return Tag("unsure", UNSURE, name, str(code.value or ""), single(code), unsure=True)


def line_tags(
    coded: CodedSession,
    index: int,
    openings: Mapping[int, Opening],
    accuracy: Mapping[str, Accuracy] = UNKNOWN,
) -> tuple[Tag, ...]:
    """Return every tag of a line, its opening first."""
    opened = (opening_tag(openings[index], coded, accuracy),) if index in openings else ()
    unsure = (_unsure_tag(coded, index),) if abstained(coded, index) else ()
    leave_out = (OPPORTUNITY,) if opened else ()
    return (*opened, *tags_at(coded, index, leave_out, accuracy), *unsure)


def number_of(utterance: Utterance) -> Markup:
    """Return a line's number and, where it has one, its time."""
    line = tag("span", str(utterance.index + 1), class_="line-number")
    if utterance.start is None:
        return tag("span", line, class_="number")
    time = tag("span", clock(utterance.start), class_="time")
    return tag("span", line, " · ", time, class_="number")


def speaker_of(utterance: Utterance) -> Markup:
    """Return the speaker's name, kept apart from the direction of the text around it."""
    return tag("bdi", name_of(utterance), class_="speaker")
