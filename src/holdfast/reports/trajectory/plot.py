"""A course as a picture of characters, for a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from holdfast.trajectories.course import Course, Rating

ROWS = 11
CLIENT, GUESS, BOTH, SKIPPED, MARK = "●", "○", "◉", "–", "▲"
LABEL = 5


def plot(course: Course, marks: Mapping[int, str], *, width: int = 80) -> list[str]:
    """Return the lines of a picture: sessions to the right, ratings upwards.

    Parameters
    ----------
    course
        The ratings; where they don't fit, the latest are shown.
    marks
        What stands under a session, such as a number of a note.
    width
        Columns of the terminal.

    Examples
    --------
    >>> course = Course("A", (Rating(1, 9.0), Rating(2, 8.0, guess=10.0), Rating(3, None)))
    >>> for line in plot(course, {2: "1"}, width=40)[:4]:
    ...     print(line)
       10 ┤    ○
        9 ┤ ●
        8 ┤    ●
        7 ┤
    """
    step = 3 if len(course) * 3 + LABEL + 3 <= width else 2
    shown = course.ratings[-((width - LABEL - 3) // step) :]
    rows = [_row(course, row, shown, step) for row in range(ROWS - 1, -1, -1)]
    axis = " " * LABEL + " └" + "─" * (len(shown) * step + 1)
    lines = [*rows, axis, _beneath([_foot(one) for one in shown], step)]
    marked = _beneath([marks.get(one.session, "") for one in shown], step)
    if marked:
        lines.append(marked)
    return [line.rstrip() for line in lines]


def _row(course: Course, row: int, shown: tuple[Rating, ...], step: int) -> str:
    points = (course.highest - course.lowest) / (ROWS - 1)
    labelled = points <= 1 or row % 2 == 0
    label = f"{course.lowest + row * points:{LABEL}.3g}" if labelled else " " * LABEL
    cells = "".join(_cell(_sign(one, course, row), step) for one in shown)
    return f"{label} ┤{cells}"


def _sign(rating: Rating, course: Course, row: int) -> str:
    own = _row_of(rating.value, course) == row
    guessed = _row_of(rating.guess, course) == row
    if own and guessed:
        return BOTH
    return CLIENT if own else GUESS if guessed else ""


def _row_of(value: float | None, course: Course) -> int | None:
    if value is None:
        return None
    return round((value - course.lowest) / (course.highest - course.lowest) * (ROWS - 1))


def _foot(rating: Rating) -> str:
    return SKIPPED if rating.value is None else str(rating.session)


def _cell(sign: str, step: int) -> str:
    return f"{sign:^{step}}"


def _beneath(labels: Sequence[str], step: int) -> str:
    """Return labels under their columns; one that would touch the label before it is left out."""
    line = ""
    for place, label in enumerate(labels):
        start = LABEL + 2 + place * step + step - 1 - len(label)
        if label and start > len(line):
            line += " " * (start - len(line)) + label
    return line
