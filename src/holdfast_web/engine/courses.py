"""A client's ratings as courses: followed, drawn, said in words; and what stands out in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from django.utils.safestring import SafeString

from holdfast.instruments.words import small
from holdfast.reports.numbers import plain
from holdfast.reports.trajectory import words
from holdfast.trajectories.cards import card
from holdfast.trajectories.course import Course, Rating
from holdfast.trajectories.reading import Case
from holdfast.trajectories.rules import rule
from holdfast.trajectories.trajectory import ALERT, Trajectory, follow
from holdfast_web.engine.course_view import CourseView, Mark, Noticed, Rated, Row
from holdfast_web.engine.drawings import draw_course, sparkline, spoken
from holdfast_web.engine.library import Kept, kept

__all__ = [
    "ALERT",
    "CourseView",
    "Mark",
    "Noticed",
    "Rated",
    "Row",
    "follow_courses",
    "is_alliance",
    "noticed",
    "sparkline",
    "spoken",
    "title_of",
]

KEPT = 256
HERE = "here"


def follow_courses(
    key: str,
    rated: Mapping[str, Sequence[Rated]],
    *,
    for_client: bool = False,
    only_mark: int | None = None,
) -> tuple[CourseView, ...]:
    """Return the courses of a client, the alliance first.

    Parameters
    ----------
    key
        Of the client, never a name.
    rated
        Ratings by instrument, in the order of the sessions. Instruments that give no number are
        left out.
    for_client
        Whether it is for the client's own page: no guesses, no signals, no drops.
    only_mark
        A session to point at, instead of numbering all that stands out.

    Examples
    --------
    >>> rated = {"phq-9": [Rated(1, 17), Rated(2, 9)], "check-in": [Rated(1, 8)]}
    >>> views = follow_courses("c", rated)
    >>> [view.title for view in views]
    ['Check-in', 'PHQ-9']
    >>> views[1].change_in_words[:53]
    'From 17 to 9: 8 points better. Reliably better, and n'
    """
    found = [
        _view(of, key, ratings, for_client=for_client, only_mark=only_mark)
        for of, ratings in _followable(rated)
    ]
    return tuple(sorted(found, key=lambda one: not one.is_alliance))


def noticed(
    key: str,  # noqa: ARG001 - as follow_courses has it; no finding names a client
    rated: Mapping[str, Sequence[Rated]],
) -> tuple[Noticed, ...]:
    """Return what stands out in each course, in the order of the sessions.

    What is noticed at a session rests only on the ratings up to it.

    Examples
    --------
    >>> course = [Rated(n, value) for n, value in enumerate((9, 9, 8, 3), start=1)]
    >>> [(one.session, one.name) for one in noticed("c", {"check-in": course})]
    [(4, 'strong_dip'), (4, 'likely_fall'), (4, 'slide')]
    """
    return tuple(
        Noticed(
            instrument=of.instrument.name,
            name=one.name,
            session=one.session,
            attention=one.attention,
            title=card(rule(one.name).card).title,
            reason=one.reason,
            figures={name: float(value) for name, value in one.figures.items()},
        )
        for of, ratings in _followable(rated)
        for one in _followed(of, _numbers(of, ratings)).signals
    )


def is_alliance(name: str) -> bool:
    """Say whether an instrument is about the relationship; ``False`` for one that is gone.

    Examples
    --------
    >>> is_alliance("check-in"), is_alliance("phq-9"), is_alliance("gone")
    (True, False, False)
    """
    found = kept(name)
    return found is not None and found.is_alliance


def title_of(name: str) -> str:
    """Return what people call an instrument; its name where it is gone.

    Examples
    --------
    >>> title_of("phq-9"), title_of("gone")
    ('PHQ-9', 'gone')
    """
    found = kept(name)
    return name if found is None else found.instrument.title


def _followable(rated: Mapping[str, Sequence[Rated]]) -> list[tuple[Kept, Sequence[Rated]]]:
    found = [(kept(name), ratings) for name, ratings in rated.items() if ratings]
    return [(one, ratings) for one, ratings in found if one is not None and one.instrument.scales]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What follows from numbers alone."""

    whole: Trajectory
    shown: Trajectory
    marks: tuple[Mark, ...]
    picture: SafeString


def _numbers(of: Kept, ratings: Sequence[Rated]) -> tuple[Rating, ...]:
    scale = of.instrument.scale()
    # A single answer has the scale's unit only where the scale is a mean.
    with_items = scale.method == "mean" and scale.times == 1
    return tuple(
        Rating(one.session, one.value, one.lowest_item if with_items else None, one.guess)
        for one in ratings
    )


# What follows from numbers alone may be kept; it holds no name, id or date.
@lru_cache(maxsize=KEPT)
def _followed(of: Kept, numbers: tuple[Rating, ...]) -> Trajectory:
    scale = of.instrument.scale()
    course = Course("", numbers, scale.lowest, scale.highest)
    return follow(Case("", ((of.instrument, course),))).trajectories[0]


@lru_cache(maxsize=KEPT)
def _seen(of: Kept, numbers: tuple[Rating, ...], for_client: bool, only_mark: int | None) -> _Seen:
    whole = _followed(of, numbers)
    shown = _calm(whole) if for_client else whole
    marks, above = _marks(shown) if only_mark is None else ((), {only_mark: HERE})
    return _Seen(whole, shown, marks, draw_course(shown, above))


def _calm(whole: Trajectory) -> Trajectory:
    """Return a course for the client's own page: without signals, drops and lines to be judged by.

    A cut-off is for a conversation with somebody who knows what it doesn't mean.
    """
    scales = tuple(replace(one, cutoffs=()) for one in whole.instrument.scales)
    bare = replace(whole.instrument, scales=scales)
    return replace(whole, instrument=bare, signals=(), episodes=(), bands=())


def _view(
    of: Kept,
    key: str,
    ratings: Sequence[Rated],
    *,
    for_client: bool,
    only_mark: int | None,
) -> CourseView:
    if for_client:
        ratings = [replace(one, guess=None) for one in ratings]
    instrument, seen = of.instrument, _seen(of, _numbers(of, ratings), for_client, only_mark)
    said = words.change_in_words(seen.whole)
    sentences = 2 if seen.whole.significance is not None else 1
    return CourseView(
        instrument=instrument.name,
        title=instrument.title,
        about=instrument.about,
        measures=instrument.measures,
        not_meaning=small(instrument.not_meaning),
        unvalidated=instrument.status == "unvalidated",
        trajectory=replace(seen.shown, course=replace(seen.shown.course, client=key)),
        picture=seen.picture,
        rows=tuple(Row(one.session, one.date, one.value, one.guess) for one in ratings),
        marks=seen.marks,
        change_in_words=" ".join(said[:sentences]) or None,
        rules_in_words=said[sentences:],
        band_in_words=_band(seen.whole),
        gap_in_words=words.gap_in_words(seen.whole.gap) or None,
    )


def _marks(trajectory: Trajectory) -> tuple[tuple[Mark, ...], dict[int, str]]:
    """Return what calls for attention, and its number above each session; notes stay out of it."""
    above: dict[int, list[str]] = {}
    marks = []
    alerts = replace(
        trajectory, signals=tuple(one for one in trajectory.signals if one.attention == ALERT)
    )
    for place, one in enumerate(words.noticed(alerts), start=1):
        sessions = tuple(dict.fromkeys(signal.session for signal in one.signals))
        marks.append(Mark(place, one.card.title, words.sessions_in_words(sessions)))
        for session in sessions:
            above.setdefault(session, []).append(str(place))
    return tuple(marks), {session: " ".join(places) for session, places in above.items()}


def _band(trajectory: Trajectory) -> str | None:
    rated = [value for value in trajectory.course.values if value is not None]
    band = trajectory.instrument.scale().band(rated[-1]) if rated else None
    if band is None:
        return None
    return f"The last one, {plain(rated[-1])}, lies in the range that is called “{band.title}”."
