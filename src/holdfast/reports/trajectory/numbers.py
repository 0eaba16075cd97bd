"""The picture's numbers as a table."""

from __future__ import annotations

from collections.abc import Callable

from holdfast.reports.numbers import plain
from holdfast.reports.page.markup import Markup, tag
from holdfast.trajectories.course import Rating
from holdfast.trajectories.trajectory import Trajectory

Cell = Callable[[Rating, int], str]


def numbers_table(one: Trajectory) -> Markup:
    """Return the ratings as a table, folded away."""
    columns = _columns(one)
    heads = (tag("th", words, scope="col") for words, _ in columns)
    rows = (
        tag(
            "tr",
            tag("th", str(rating.session), scope="row"),
            *(tag("td", cell(rating, place)) for _, cell in columns),
        )
        for place, rating in enumerate(one.course.ratings)
    )
    table = tag(
        "table",
        tag("caption", f"{one.instrument.title}, session by session"),
        tag("thead", tag("tr", tag("th", "Session", scope="col"), *heads)),
        tag("tbody", *rows),
        class_="numbers",
    )
    box = tag(
        "div", table, class_="wide", tabindex="0", role="region", aria_label="The picture's numbers"
    )
    return tag("details", tag("summary", "The picture's numbers as a table"), box)


def _columns(one: Trajectory) -> list[tuple[str, Cell]]:
    ratings = one.course.ratings
    columns: list[tuple[str, Cell]] = []
    if any(rating.date for rating in ratings):
        columns.append(("Date", lambda rating, _: rating.date or ""))
    columns.append(("Rating", lambda rating, _: _number(rating.value, "skipped")))
    if any(rating.lowest_item is not None for rating in ratings):
        columns.append(("Lowest answer", lambda rating, _: _number(rating.lowest_item)))
    if any(rating.guess is not None for rating in ratings):
        columns.append(("Therapist's guess", lambda rating, _: _number(rating.guess)))
    if any(one.bands):
        columns.append(("Expected", lambda _, place: _band(one, place)))
    return columns


def _band(one: Trajectory, place: int) -> str:
    band = one.bands[place]
    return f"{band.low:.1f} to {band.high:.1f}" if band else ""


def _number(value: float | None, absent: str = "") -> str:
    return absent if value is None else plain(value)
