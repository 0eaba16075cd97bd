"""Reads signals, and the ratings around them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.audit.witness import clinical_read, witness
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.rules import require_record
from holdfast_web.engine.cards import Card, Rule, card_of, not_meaning, rule_of
from holdfast_web.engine.courses import ALERT, CourseView, Row, follow_courses, title_of
from holdfast_web.lib.refusals import NotYours
from holdfast_web.measures.history import Filed, Point
from holdfast_web.measures.models import Signal
from holdfast_web.measures.seeing import Seen, seen_history

AROUND = 4
GUESS_FIRST = "Something stands out in this session’s check-in. Your guess comes first."
Status = Signal.Status


@dataclass(frozen=True, slots=True)
class SignalView:
    """A signal as somebody may see it now.

    Attributes
    ----------
    row
        The row; read the words here and not there, where a guess comes first.
    title, reason
        For the therapist.
    instrument_title
        Of the instrument that it was noticed in.
    guess
        The therapist's sheet that comes first; ``None`` where nothing is kept back.
    after
        The first rating after it was answered; ``None`` before there is one.
    """

    row: Signal
    title: str
    reason: str
    instrument_title: str
    guess: Filed | None = None
    after: Row | None = None

    @property
    def id(self) -> UUID:
        """Of the row."""
        found: UUID = self.row.pk
        return found

    @property
    def session(self) -> int:
        """At which it came."""
        return self.row.session_number

    @property
    def status(self) -> str:
        """``open``, ``answered`` or ``closed``."""
        return self.row.status

    @property
    def alert(self) -> bool:
        """Whether it calls for attention by itself."""
        return self.row.attention == ALERT

    @property
    def unread(self) -> bool:
        """Whether the therapist hasn't read it yet."""
        return self.row.first_read_at is None

    @property
    def to_follow_up(self) -> bool:
        """Whether the next rating has come since it was answered, or its day has."""
        return self.status == Status.ANSWERED and (self.after is not None or self.is_due)

    @property
    def is_due(self) -> bool:
        """Whether the day has come by which something was to be done."""
        day: dt.date | None = self.row.by_when
        return self.status == Status.ANSWERED and day is not None and day <= timezone.localdate()


@dataclass(frozen=True, slots=True)
class SignalPage:
    """A signal with all that belongs to it.

    Attributes
    ----------
    view
        The signal.
    card, rule, not_meaning
        What to consider, how it was found, what it doesn't mean.
    course
        The picture, pointing at the session; ``None`` where ratings aren't open.
    around
        The ratings about that session.
    others
        Other open alerts of the same session, which one answer may serve.
    """

    view: SignalView
    card: Card
    rule: Rule
    not_meaning: str
    course: CourseView | None = None
    around: tuple[Row, ...] = ()
    others: tuple[SignalView, ...] = ()


@clinical_read
def signals_of(
    client: Client, *, viewer: Person, seen: Seen | None = None
) -> tuple[SignalView, ...]:
    """Return the signals of a client, the latest session first, alerts before notes.

    Where the therapist's guess is still to come, an alert says no more than that it is there, and
    a note isn't shown yet. ``seen`` is their history, where the page has read it already.
    """
    require_record(viewer, client, Part.SIGNALS)
    witness("signal.listed", by=viewer, client_id=client.pk)
    return _views(client, viewer, seen or seen_history(client.pk, viewer))


@clinical_read
def signal_for(signal_id: UUID, client: Client, *, viewer: Person) -> SignalPage:
    """Return one signal of a client with its card and the ratings around it.

    Raises
    ------
    NotYours
        If there is none that somebody may see now.
    """
    require_record(viewer, client, Part.SIGNALS)
    seen = seen_history(client.pk, viewer)
    views = _views(client, viewer, seen)
    view = next((one for one in views if one.id == signal_id), None)
    if view is None:
        raise NotYours
    witness("signal.viewed", by=viewer, client_id=client.pk, subject=view.row)
    name, row = view.row.name, view.row
    page = SignalPage(view, card_of(name), rule_of(name), not_meaning(name))
    if view.guess is not None:
        return page
    course = _course(client, seen, row)
    return SignalPage(
        view,
        page.card,
        page.rule,
        page.not_meaning,
        course=course,
        around=_around(course, row.session_number),
        others=tuple(one for one in views if _beside(one, row)),
    )


def _views(client: Client, viewer: Person, seen: Seen) -> tuple[SignalView, ...]:
    rows = Signal.objects.seen_by(viewer, of=client.pk)
    found = (_view(one, seen) for one in rows.order_by("-session_number", "attention", "name"))
    return tuple(one for one in found if one is not None)


def _view(row: Signal, seen: Seen) -> SignalView | None:
    about = title_of(row.instrument)
    guess = seen.waiting.get((row.instrument, row.session_number))
    if guess is not None:
        if row.attention != ALERT:
            return None
        return SignalView(row, "Something stands out", GUESS_FIRST, about, guess=guess)
    return SignalView(row, row.told["title"], row.told["reason"], about, after=_after(row, seen))


def _after(row: Signal, seen: Seen) -> Row | None:
    """Return the first rating that came in after a signal was answered."""
    if row.answered_at is None:
        return None
    later = (
        one
        for one in seen.points(row.instrument)
        if one.session > row.session_number and _came_after(one, row.answered_at)
    )
    return next((_row(one) for one in later if one.value is not None), None)


def _came_after(point: Point, moment: dt.datetime) -> bool:
    return point.sheet.handed_in_at is not None and point.sheet.handed_in_at > moment


def _row(point: Point) -> Row:
    rated = point.rated()
    return Row(rated.session, rated.date, rated.value, rated.guess)


def _course(client: Client, seen: Seen, row: Signal) -> CourseView | None:
    ratings = seen.rated().get(row.instrument)
    if not ratings:
        return None
    views = follow_courses(str(client.pk), {row.instrument: ratings}, only_mark=row.session_number)
    return views[0] if views else None


def _around(course: CourseView | None, session: int) -> tuple[Row, ...]:
    rows = course.rows if course else ()
    return tuple(one for one in rows if abs(one.session - session) <= AROUND)


def _beside(one: SignalView, row: Signal) -> bool:
    return (
        one.id != row.pk
        and one.session == row.session_number
        and one.status == Status.OPEN
        and one.alert
        and one.guess is None
    )
