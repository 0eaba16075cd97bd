"""Pictures of courses: the engine's drawing, and a small line for a row of a table.

They have classes and no style of their own; ``static/drawing.css`` gives them ink.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import groupby

from django.utils.safestring import SafeString

from holdfast.reports.numbers import plain
from holdfast.reports.page.markup import Markup, tag
from holdfast.reports.trajectory.picture import draw_trajectory
from holdfast.trajectories.trajectory import Trajectory

WIDTH, HEIGHT, EDGE, STEP = 132.0, 36.0, 6.0, 10.0


def draw_course(trajectory: Trajectory, marks: Mapping[int, str]) -> SafeString:
    """Return a course as an SVG picture.

    Parameters
    ----------
    trajectory
        What to draw.
    marks
        What stands above a session, such as the number of a note.
    """
    return SafeString(draw_trajectory(trajectory, marks))


def sparkline(values: Sequence[float | None], lowest: float = 0, highest: float = 10) -> SafeString:
    """Return ratings as a small line, with the last one marked and a gap where one was skipped.

    Examples
    --------
    >>> sparkline((7, None, 8))[:36]
    '<svg viewBox="0 0 132 36" width="132'
    >>> spoken((7, None, 8))
    'Last check-in 8, up from 7. 3 in all, 1 left open.'
    """
    return _small_line(tuple(values), lowest, highest)


# A line follows from its numbers alone, so it may be kept; it holds no name, id or date.
@lru_cache(maxsize=1024)
def _small_line(values: tuple[float | None, ...], lowest: float, highest: float) -> SafeString:
    points = [
        None if value is None else (_x(place, len(values)), _y(value, lowest, highest))
        for place, value in enumerate(values)
    ]
    return SafeString(
        tag(
            "svg",
            tag("line", x1=EDGE, x2=WIDTH - EDGE, y1=HEIGHT - 2, y2=HEIGHT - 2, class_="tick"),
            *_lines(points),
            *_gaps(points),
            _last(points),
            viewBox=f"0 0 {WIDTH:g} {HEIGHT:g}",
            width=f"{WIDTH:g}",
            height=f"{HEIGHT:g}",
            role="img",
            aria_label=spoken(values),
            class_="spark",
        )
    )


def spoken(values: Sequence[float | None]) -> str:
    """Say what a small line shows.

    Examples
    --------
    >>> spoken((9, 6.5, None)), spoken(()), spoken((8,))
    ('Last check-in left open; before that 6.5, down from 9. 3 in all, 1 left open.', \
'No check-ins yet.', 'Last check-in 8. 1 in all.')
    """
    rated = [value for value in values if value is not None]
    if not rated:
        return "No check-ins yet." if not values else f"{len(values)} check-ins, all left open."
    before = f", {_direction(rated[-2], rated[-1])}" if len(rated) > 1 else ""
    last = (
        plain(rated[-1]) if values[-1] is not None else f"left open; before that {plain(rated[-1])}"
    )
    skipped = len(values) - len(rated)
    left_open = f", {skipped} left open" if skipped else ""
    return f"Last check-in {last}{before}. {len(values)} in all{left_open}."


def _direction(before: float, now: float) -> str:
    if plain(before) == plain(now):
        return "as the one before"
    return f"{'up' if now > before else 'down'} from {plain(before)}"


def _x(place: int, count: int) -> float:
    return WIDTH - EDGE - (count - 1 - place) * min(STEP, (WIDTH - 2 * EDGE) / max(1, count - 1))


def _y(value: float, lowest: float, highest: float) -> float:
    share = min(1.0, max(0.0, (value - lowest) / (highest - lowest)))
    return HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE)


Points = Sequence[tuple[float, float] | None]


def _lines(points: Points) -> list[Markup]:
    drawn = []
    for there, group in groupby(points, key=lambda one: one is not None):
        run = [one for one in group if one is not None]
        if there and len(run) > 1:
            drawn.append(
                tag("polyline", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in run), class_="rated")
            )
        elif there:
            drawn.append(tag("circle", cx=run[0][0], cy=run[0][1], r=1.6, class_="full"))
    return drawn


def _gaps(points: Points) -> list[Markup]:
    """Mark what was skipped on the ground line, so that a gap is seen to be one."""
    return [
        tag("line", x1=x - 2, x2=x + 2, y1=HEIGHT - 6, y2=HEIGHT - 6, class_="gap")
        for x in (_x(place, len(points)) for place, one in enumerate(points) if one is None)
    ]


def _last(points: Points) -> Markup | None:
    rated = [one for one in points if one is not None]
    return tag("circle", cx=rated[-1][0], cy=rated[-1][1], r=3.5, class_="full") if rated else None
