"""A course as a drawing: ratings, guesses, what was usual, drops and what became of them.

Nothing is told by colour alone: shapes, dashes and words carry it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from holdfast.reports.page.markup import Markup, join, tag
from holdfast.trajectories.course import Course
from holdfast.trajectories.repair import Episode
from holdfast.trajectories.trajectory import Trajectory

LEFT, RIGHT, TOP, HEIGHT = 62, 24, 30, 240
FLAGS, BELOW = 22, 62
STEP, NARROWEST = 44, 920
TICKS = 5
ROOM = 130


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a session and a rating lie on the drawing."""

    course: Course

    @property
    def width(self) -> float:
        """Of the whole drawing."""
        return max(NARROWEST, LEFT + RIGHT + STEP * max(1, self._span))

    @property
    def height(self) -> float:
        """Of the whole drawing."""
        return TOP + FLAGS + HEIGHT + BELOW

    @property
    def bottom(self) -> float:
        """Where the lowest rating lies."""
        return TOP + FLAGS + HEIGHT

    @property
    def _sessions(self) -> tuple[int, int]:
        numbers = [one.session for one in self.course.ratings] or [1]
        return numbers[0], numbers[-1]

    @property
    def _span(self) -> int:
        first, last = self._sessions
        return last - first + 1

    def x(self, session: float) -> float:
        """Return where a session lies from left to right."""
        first, _ = self._sessions
        return LEFT + (session - first + 0.5) * (self.width - LEFT - RIGHT) / self._span

    def y(self, value: float) -> float:
        """Return where a rating lies from top to bottom."""
        share = (value - self.course.lowest) / (self.course.highest - self.course.lowest)
        return self.bottom - share * HEIGHT


def draw_trajectory(one: Trajectory, flags: Mapping[int, str]) -> Markup:
    """Return a course as an SVG picture.

    Parameters
    ----------
    one
        The trajectory.
    flags
        Numbers of the notes that belong to a session.

    Examples
    --------
    >>> from holdfast.instruments import load_instrument
    >>> from holdfast.trajectories.course import Rating
    >>> course = Course("A", (Rating(1, 8.0), Rating(2, 9.0)))
    >>> draw_trajectory(Trajectory(load_instrument("check-in"), course, ()), {})[:4]
    '<svg'
    """
    frame = Frame(one.course)
    layers = (
        join(_grid(frame)),
        _band(one, frame),
        join(_episodes(one, frame)),
        join(_line(frame)),
        join(_cutoffs(one, frame)),
        join(_points(frame)),
        join(_flags(frame, flags)),
    )
    return tag(
        "svg",
        *layers,
        viewBox=f"0 0 {frame.width:g} {frame.height:g}",
        style=None,
        role="img",
        aria_label=_description(one),
        class_="course",
    )


def _description(one: Trajectory) -> str:
    rated = [rating for rating in one.course.ratings if rating.value is not None]
    if not rated:
        return f"{one.instrument.title}: no ratings yet."
    return (
        f"{one.instrument.title} over {len(one.course)} sessions, from {rated[0].value:.3g} to "
        f"{rated[-1].value:.3g}. The numbers stand in the table below."
    )


def _grid(frame: Frame) -> Iterator[Markup]:
    course = frame.course
    for place in range(TICKS + 1):
        value = course.lowest + (course.highest - course.lowest) * place / TICKS
        y = frame.y(value)
        yield tag("line", x1=LEFT, x2=frame.width - RIGHT, y1=y, y2=y, class_="tick")
        yield tag("text", f"{value:.3g}", x=LEFT - 8, y=y + 5, text_anchor="end", class_="small")
    for rating in course.ratings:
        x = frame.x(rating.session)
        yield tag(
            "text",
            str(rating.session),
            x=x,
            y=frame.bottom + 24,
            text_anchor="middle",
            class_="small",
        )
    yield tag("text", "session", x=LEFT - 8, y=frame.bottom + 24, text_anchor="end", class_="small")


def _cutoffs(one: Trajectory, frame: Frame) -> Iterator[Markup]:
    for cutoff in one.instrument.scale().cutoffs:
        if cutoff.clinical:
            y = frame.y(cutoff.at)
            end = frame.width - RIGHT
            yield tag("line", x1=LEFT, x2=end, y1=y, y2=y, class_="cutoff")
            yield tag("text", cutoff.title, x=end, y=y - 6, text_anchor="end", class_="small")


def _band(one: Trajectory, frame: Frame) -> Markup | None:
    known = [
        (rating.session, band)
        for rating, band in zip(one.course.ratings, one.bands, strict=False)
        if band is not None
    ]
    if len(known) < 2:
        return None
    upper = [f"{frame.x(session):.1f},{frame.y(band.high):.1f}" for session, band in known]
    lower = [f"{frame.x(session):.1f},{frame.y(band.low):.1f}" for session, band in known]
    return tag("polygon", points=" ".join([*upper, *reversed(lower)]), class_="band")


def _episodes(one: Trajectory, frame: Frame) -> Iterator[Markup]:
    """Underline each drop from where it began to where it was repaired, or to the end."""
    last = one.course.ratings[-1].session if one.course.ratings else 1
    for episode in (each for each in one.episodes if each.firm):
        end = episode.repaired_at or last
        y = frame.bottom + 36
        first, x = frame.x(episode.start), frame.x(end)
        yield tag("line", x1=first, x2=max(x, first + 12), y1=y, y2=y, class_="episode")
        late = first > frame.width - ROOM
        place = frame.width - 2 if late else first
        anchor = "end" if late else "start"
        said = _said(episode)
        yield tag("text", said, x=place, y=y + 18, text_anchor=anchor, class_="small")


def _said(episode: Episode) -> str:
    if episode.repaired_at is not None:
        return f"back at session {episode.repaired_at}"
    return "not back yet"


def _line(frame: Frame) -> Iterator[Markup]:
    """Draw the line through the ratings, broken where a check-in was skipped."""
    for rated, group in groupby(frame.course.ratings, key=lambda one: one.value is not None):
        points = [
            f"{frame.x(one.session):.1f},{frame.y(one.value):.1f}"
            for one in group
            if one.value is not None
        ]
        if rated and len(points) > 1:
            yield tag("polyline", points=" ".join(points), class_="rated")


def _points(frame: Frame) -> Iterator[Markup]:
    for one in frame.course.ratings:
        x = frame.x(one.session)
        if one.value is None:
            yield tag(
                "text", "skipped", x=x, y=frame.bottom - 8, text_anchor="middle", class_="small"
            )
            continue
        y = frame.y(one.value)
        if one.guess is not None:
            guess = frame.y(one.guess)
            yield tag("line", x1=x, x2=x, y1=y, y2=guess, class_="apart")
            yield tag("circle", cx=x, cy=guess, r=5.5, class_="open")
        yield tag("circle", cx=x, cy=y, r=5, class_="full")


def _flags(frame: Frame, flags: Mapping[int, str]) -> Iterator[Markup]:
    values = {one.session: one.value for one in frame.course.ratings}
    for session, numbers in flags.items():
        x, value = frame.x(session), values.get(session)
        end = frame.bottom if value is None else frame.y(value) - 9
        yield tag("line", x1=x, x2=x, y1=TOP + 2, y2=end, class_="pointer")
        yield tag("text", numbers, x=x, y=TOP - 6, text_anchor="middle", class_="flag")
