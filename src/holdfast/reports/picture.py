"""The session as one picture over time: inline SVG, computed here, without a script.

From the top: the client's feelings, who speaks when, the therapist's reflections and
questions, and each opening with how it was answered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from holdfast.indicators.opened import Response
from holdfast.reports import marks
from holdfast.reports.feelings import feelings_at, in_words, side_of
from holdfast.reports.heard import heard_kind, name_of, name_of_role
from holdfast.reports.marks import Shape
from holdfast.reports.numbers import clock
from holdfast.reports.page.markup import Markup, tag
from holdfast.reports.record import Record
from holdfast.reports.timeline import Timeline, lay_out
from holdfast.session import Role, Utterance

WIDTH, HEIGHT = 960, 346
LEFT, RIGHT = 112, 14
FEELINGS_Y, CLIENT_Y, THERAPIST_Y = 52, 108, 134
REFLECTIONS_Y, QUESTIONS_Y, OPENINGS_Y, AXIS_Y = 186, 230, 274, 312
LANE = 18
STEP = 8
UPPER = frozenset({"complex", "open", "met", "explored"})
LONGEST_NAME = 12


@dataclass(frozen=True, slots=True)
class Canvas:
    """Puts places along the session onto the drawing."""

    timeline: Timeline

    def x(self, place: float) -> float:
        """Return the horizontal place on the drawing."""
        line = self.timeline
        share = (place - line.begin) / (line.end - line.begin)
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def mark(self, shape: Shape, utterance: Utterance, y: float, title: str) -> Markup:
        """Draw a shape in the middle of an utterance."""
        drawn = shape(self.x(self.timeline.middle(utterance)), y)
        return tag("g", tag("title", _place(utterance) + title), drawn)


def draw_picture(record: Record) -> Markup:
    """Return the session's picture as an SVG element, with a title and a description."""
    canvas = Canvas(lay_out(record.coded.session))
    return tag(
        "svg",
        tag("title", "The session over time", id="picture-title"),
        tag("desc", describe(record), id="picture-about"),
        _axis(canvas),
        _labels(record),
        *_feelings(record, canvas),
        *_speech(record, canvas),
        *_skills(record, canvas),
        *_openings(record, canvas),
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="img",
        aria_labelledby="picture-title picture-about",
    )


def describe(record: Record) -> str:
    """Say in a few sentences what the picture shows."""
    coded = record.coded
    lines = range(len(coded.session))
    reflections = sum(heard_kind(coded, line, "reflection") is not None for line in lines)
    questions = sum(heard_kind(coded, line, "question") is not None for line in lines)
    felt = sum(bool(feelings_at(coded, line)) for line in lines)
    missed = sum(opening.response is Response.MISSED for opening in record.openings)
    return (
        f"{len(coded.session)} lines: feelings are heard in {felt}, "
        f"reflections in {reflections}, questions in {questions}. "
        f"Openings: {len(record.openings)}, of which missed: {missed}. "
        "The table below has the numbers."
    )


def _place(utterance: Utterance) -> str:
    time = "" if utterance.start is None else f", {clock(utterance.start)}"
    return f"Line {utterance.index + 1}{time}, {name_of(utterance)}: "


def _axis(canvas: Canvas) -> Markup:
    drawn = []
    for place, label in canvas.timeline.ticks():
        x = canvas.x(place)
        drawn.append(tag("line", x1=x, x2=x, y1=22, y2=AXIS_Y - 8, class_="tick"))
        anchor = "end" if x > WIDTH - 2 * RIGHT else "middle"
        drawn.append(tag("text", label, x=x, y=AXIS_Y + 8, text_anchor=anchor, class_="small"))
    unit = "minutes" if canvas.timeline.timed else "line number"
    drawn.append(
        tag("text", unit, x=WIDTH - RIGHT, y=AXIS_Y + 26, text_anchor="end", class_="small")
    )
    zero = tag("line", x1=LEFT, x2=WIDTH - RIGHT, y1=FEELINGS_Y, y2=FEELINGS_Y, class_="zero")
    return tag("g", *drawn, zero)


def _labels(record: Record) -> Markup:
    rows = (
        ("Feelings", FEELINGS_Y),
        (_short(name_of_role(record.coded, Role.CLIENT)), CLIENT_Y),
        (_short(name_of_role(record.coded, Role.THERAPIST)), THERAPIST_Y),
        ("Reflections", REFLECTIONS_Y),
        ("Questions", QUESTIONS_Y),
        ("Openings", OPENINGS_Y),
    )
    return tag("g", *(tag("text", words, x=0, y=y + 5) for words, y in rows))


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"


def _speech(record: Record, canvas: Canvas) -> Iterator[Markup]:
    lanes = {Role.CLIENT: (CLIENT_Y, "client"), Role.THERAPIST: (THERAPIST_Y, "therapist")}
    for utterance in record.coded.session.utterances:
        if utterance.role not in lanes:
            continue
        y, kind = lanes[utterance.role]
        begin, end = (canvas.x(place) for place in canvas.timeline.span(utterance))
        yield tag(
            "rect",
            x=begin,
            y=y - LANE / 2,
            width=max(1.5, end - begin - 0.5),
            height=LANE,
            class_=kind,
        )


def _feelings(record: Record, canvas: Canvas) -> Iterator[Markup]:
    for utterance in record.coded.session.said_by(Role.CLIENT):
        felt = feelings_at(record.coded, utterance.index)
        for side in dict.fromkeys(side_of(feeling) for feeling in felt):
            words = ", ".join(in_words(feeling) for feeling in felt if side_of(feeling) is side)
            yield canvas.mark(marks.FEELINGS[side][1], utterance, FEELINGS_Y, words)


def _skills(record: Record, canvas: Canvas) -> Iterator[Markup]:
    rows = (
        ("reflection", marks.REFLECTIONS, REFLECTIONS_Y),
        ("question", marks.QUESTIONS, QUESTIONS_Y),
    )
    for name, shapes, y in rows:
        for utterance in record.coded.session.said_by(Role.THERAPIST):
            kind = heard_kind(record.coded, utterance.index, name)
            if kind is not None:
                words, shape = shapes.get(kind, shapes[""])
                yield canvas.mark(shape, utterance, y + _step(kind), words)


def _openings(record: Record, canvas: Canvas) -> Iterator[Markup]:
    shown = {moment.focus[0] for moment in record.moments.missed}
    for opening in record.openings:
        utterance = record.coded.session.utterances[opening.index]
        words, shape = marks.OPENINGS[opening.response or Response.UNCLEAR]
        if opening.index in shown:
            yield _pointer(canvas, utterance)
        place = OPENINGS_Y + _step(opening.response or Response.UNCLEAR)
        yield canvas.mark(shape, utterance, place, words)


def _step(kind: str) -> int:
    """Return how far a kind lies off its row's middle: two kinds, two steps."""
    return -STEP if kind in UPPER else STEP


def _pointer(canvas: Canvas, utterance: Utterance) -> Markup:
    """Draw a dashed line down to a missed opening, the number of its line at its top."""
    x = canvas.x(canvas.timeline.middle(utterance))
    near_end = x > WIDTH - 80
    return tag(
        "g",
        tag("line", x1=x, x2=x, y1=6, y2=OPENINGS_Y + STEP - 8, class_="pointer"),
        tag(
            "text",
            f"line {utterance.index + 1}",
            x=x - 9 if near_end else x + 9,
            y=14,
            text_anchor="end" if near_end else "start",
            class_="small",
        ),
    )
