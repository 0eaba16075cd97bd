"""The session over time: the picture, what its shapes mean, and its numbers as a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from holdfast.coding.codes import CodedSession
from holdfast.indicators.opened import Response
from holdfast.reports import marks
from holdfast.reports.feelings import Side, feelings_at, side_of
from holdfast.reports.heard import heard_kind, name_of_role
from holdfast.reports.marks import Shape
from holdfast.reports.page.markup import Markup, tag
from holdfast.reports.picture import draw_picture
from holdfast.reports.record import Record
from holdfast.reports.timeline import lay_out
from holdfast.session import Role, Utterance

Count = Callable[[Utterance], int]

ALWAYS = (Response.MET, Response.EXPLORED, Response.MISSED)
ABOUT = (
    "Feelings as the client's words carry them: good ones point up, difficult ones down. "
    "Difficult isn't bad: a grief said aloud may be the heart of a session."
)


def over_time(record: Record) -> Markup:
    """Return the picture's section."""
    drawing = tag(
        "div",
        draw_picture(record),
        class_="drawing",
        tabindex="0",
        role="region",
        aria_label="Picture of the session; scrolls sideways on a narrow screen",
    )
    return tag(
        "section",
        tag("h2", "The session over time", id="over-time"),
        tag("p", ABOUT, class_="note"),
        drawing,
        legend(record),
        tag("details", tag("summary", "The picture's numbers as a table"), numbers_table(record)),
        aria_labelledby="over-time",
    )


def legend(record: Record) -> Markup:
    """Return what the picture's shapes mean, as a list."""
    answers = {opening.response or Response.UNCLEAR for opening in record.openings}
    shown = [
        *marks.FEELINGS.values(),
        *(shape for kind, shape in marks.REFLECTIONS.items() if kind),
        *(shape for kind, shape in marks.QUESTIONS.items() if kind),
        *(shape for kind, shape in marks.OPENINGS.items() if kind in answers or kind in ALWAYS),
    ]
    items = (tag("li", _key(shape), tag("span", words)) for words, shape in shown)
    return tag("ul", *items, class_="legend", aria_label="What the shapes mean")


def _key(shape: Shape) -> Markup:
    drawn = shape(9, _middle(shape))
    return tag("svg", drawn, viewBox="0 0 18 18", width="18", height="18", aria_hidden="true")


def _middle(shape: Shape) -> float:
    """Return where to draw a shape so that it lies in the middle of its key."""
    away: dict[Shape, float] = {marks.good: 22.5, marks.difficult: -4.5}
    return away.get(shape, 9.0)


def numbers_table(record: Record) -> Markup:
    """Return the picture's numbers as a table."""
    columns = _columns(record)
    timeline = lay_out(record.coded.session)
    begins = [(one, timeline.span(one)[0]) for one in record.coded.session.utterances]
    rows = []
    for first, last, label in timeline.slices():
        inside = [one for one, begin in begins if first <= begin < last]
        cells = (tag("td", str(sum(map(count, inside)))) for _, count in columns)
        rows.append(tag("tr", tag("th", label, scope="row"), *cells))
    heads = (tag("th", words, scope="col") for words, _ in columns)
    unit = "Minutes" if timeline.timed else "Lines"
    return tag(
        "div",
        tag(
            "table",
            tag("caption", "Counts for each stretch of the session, by where a line begins"),
            tag("thead", tag("tr", tag("th", unit, scope="col"), *heads)),
            tag("tbody", *rows),
            class_="numbers",
        ),
        class_="wide",
        tabindex="0",
        role="region",
        aria_label="The picture's numbers",
    )


def _is_kind(coded: CodedSession, name: str, kind: str, utterance: Utterance) -> int:
    return int(heard_kind(coded, utterance.index, name) == kind)


def _columns(record: Record) -> list[tuple[str, Count]]:
    coded = record.coded
    answers = {opening.index: opening.response for opening in record.openings}

    def words_of(role: Role) -> tuple[str, Count]:
        name = f"{name_of_role(coded, role)}: words"
        return name, lambda one: one.words if one.role is role else 0

    def felt(side: Side) -> tuple[str, Count]:
        def count(one: Utterance) -> int:
            return sum(side_of(feeling) is side for feeling in feelings_at(coded, one.index))

        return marks.FEELINGS[side][0].capitalize() + "s", count

    def kinds(name: str, shapes: Mapping[str, tuple[str, Shape]]) -> list[tuple[str, Count]]:
        return [
            (title.capitalize() + "s", partial(_is_kind, coded, name, kind))
            for kind, (title, _) in shapes.items()
            if kind
        ]

    return [
        words_of(Role.CLIENT),
        words_of(Role.THERAPIST),
        *(felt(side) for side in Side),
        *kinds("reflection", marks.REFLECTIONS),
        *kinds("question", marks.QUESTIONS),
        ("Openings", lambda one: int(one.index in answers)),
        ("Openings missed", lambda one: int(answers.get(one.index) is Response.MISSED)),
    ]
