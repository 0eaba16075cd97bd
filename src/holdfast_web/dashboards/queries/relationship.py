"""One relationship, with the parts of its record that are open to whoever looks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import TypeVar
from uuid import UUID

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.queries import AgreementState, agreement_state_of
from holdfast_web.audit.witness import clinical_read, not_clinical, witness
from holdfast_web.care.access import access_of
from holdfast_web.care.models import Client, EmergencyAccess
from holdfast_web.care.parts import Part, Way
from holdfast_web.care.records import record_for
from holdfast_web.care.rules import may_read
from holdfast_web.dashboards.queries.dates import Sessions, sessions_alone, sessions_with_notes
from holdfast_web.dashboards.rules import CLEAREST
from holdfast_web.engine.courses import CourseView
from holdfast_web.fit.due import reviews_waiting
from holdfast_web.goals.queries import GoalView, HelpView, goals_of, helps_of
from holdfast_web.inbox.queries import concerns_waiting
from holdfast_web.lib.refusals import NotYours
from holdfast_web.measures.queries.asking import Due, sheets_due
from holdfast_web.measures.queries.noticing import courses_of, ruptures_of, safety_of, signals_of
from holdfast_web.measures.queries.ruptures import RuptureView
from holdfast_web.measures.queries.safety import SafetyView
from holdfast_web.measures.queries.signals import SignalView
from holdfast_web.measures.seeing import Seen, seen_history

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Dip:
    """A drop of the check-ins, and what became of it.

    Attributes
    ----------
    session
        At which it was found.
    depth
        How far the lowest rating lay below what was before.
    repaired_at
        The session at which the rating was back; ``None`` if it isn't.
    signal
        The signal that came with it, where signals are open to the viewer.
    """

    session: int
    depth: float
    repaired_at: int | None
    signal: SignalView | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """A course with its dips."""

    view: CourseView
    dips: tuple[Dip, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """The clearest signal of a session, and the titles of those that say much the same."""

    view: SignalView
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Private:
    """What the client's therapist sees alone."""

    safety: tuple[SafetyView, ...]
    signals: tuple[SignalView, ...]
    ruptures: tuple[RuptureView, ...]

    @property
    def waiting(self) -> tuple[SafetyView, ...]:
        """Answers that may mean danger, and that nobody has seen to yet."""
        return tuple(one for one in self._open if one.urgent)

    @property
    def wishes(self) -> tuple[SafetyView, ...]:
        """Answers by which the client asks to talk about something."""
        return tuple(one for one in self._open if not one.urgent)

    @property
    def _open(self) -> tuple[SafetyView, ...]:
        return tuple(one for one in self.safety if one.row.acknowledged_at is None)

    @property
    def current(self) -> tuple[Standing, ...]:
        """What is not followed up yet, session by session, the latest first."""
        found = [
            one
            for one in self.signals
            if one.status != "closed" and (one.alert or one.status == "answered")
        ]
        return tuple(
            _clearest(tuple(together))
            for _, together in groupby(found, key=lambda one: (one.session, one.row.instrument))
        )


@dataclass(frozen=True, slots=True)
class Relationship:
    """The page of one client; ``None`` stands for a part that isn't open to the viewer."""

    client: Client
    courses: tuple[Course, ...] | None
    goals: tuple[GoalView, ...] | None
    helps: tuple[HelpView, ...] | None
    agreement: AgreementState | None
    sessions: Sessions | None
    private: Private | None = None
    guesses: tuple[Due, ...] = ()
    concerns: int = 0
    review: str = ""
    emergency_until: datetime | None = None

    @property
    def waits(self) -> bool:
        """Whether something waits for the therapist."""
        safety = (*self.private.waiting, *self.private.wishes) if self.private else ()
        return bool(safety or self.concerns or self.guesses or self.review)

    @property
    def alliance(self) -> tuple[Course, ...]:
        """Courses about the relationship."""
        return tuple(one for one in self.courses or () if one.view.is_alliance)

    @property
    def outcomes(self) -> tuple[Course, ...]:
        """Courses of how the client is."""
        return tuple(one for one in self.courses or () if not one.view.is_alliance)


@not_clinical("it opens a page; what the page shows is witnessed where it is read")
def client_in_care(client_id: UUID, *, viewer: Person) -> Client:
    """Return a client of one's own, or whose record was opened in an emergency.

    Raises
    ------
    NotYours
        To everybody else, a supervisor with a share among them: they have a page of their own.
    """
    client = record_for(viewer, client_id, Part.CARE)
    if not _ways(viewer, client) & {Way.CARE, Way.EMERGENCY}:
        raise NotYours
    return client


@not_clinical("as above")
def client_shared(client_id: UUID, *, viewer: Person) -> tuple[Client, frozenset[Part]]:
    """Return a client of whose record something was shared, and which parts."""
    client = record_for(viewer, client_id, Part.CARE)
    shares = [one for one in access_of(viewer)[client.pk] if one.way is Way.SHARE]
    if not shares:
        raise NotYours
    return client, frozenset().union(*(one.parts for one in shares))


@clinical_read
def relationship_of(client: Client, *, viewer: Person) -> Relationship:
    """Return all of a relationship that is open to somebody."""
    witness("relationship.viewed", by=viewer, client_id=client.pk)
    seen = seen_history(client.pk, viewer)
    private = _if(viewer, client, Part.SIGNALS, partial(_private, seen=seen))
    mine = Way.CARE in _ways(viewer, client)
    return Relationship(
        client=client,
        courses=_courses(client, viewer, private.signals if private else None, seen)
        if may_read(viewer, client, Part.COURSE)
        else None,
        goals=_if(viewer, client, Part.GOALS, goals_of),
        helps=_if(viewer, client, Part.GOALS, helps_of),
        agreement=_if(viewer, client, Part.AGREEMENT, agreement_state_of),
        sessions=_if(viewer, client, Part.SESSIONS, sessions_with_notes),
        private=private,
        guesses=sheets_due(client, viewer=viewer) if mine else (),
        concerns=concerns_waiting(viewer, of=client.pk).get(client.pk, 0) if mine else 0,
        review=_review(client, viewer) if mine else "",
        emergency_until=None if mine else _emergency(viewer, client),
    )


@clinical_read
def together(client: Client, *, viewer: Person) -> Relationship:
    """Return what client and therapist look at together: nothing that is the therapist's alone."""
    witness("relationship.shown", by=viewer, client_id=client.pk)
    courses = courses_of(client, viewer=viewer, for_client=True)
    return Relationship(
        client=client,
        # What still waits for the therapist's guess is the therapist's own matter.
        courses=tuple(Course(replace(one, waiting=())) for one in courses),
        goals=goals_of(client, viewer=viewer),
        helps=helps_of(client, viewer=viewer),
        agreement=agreement_state_of(client, viewer=viewer),
        sessions=sessions_alone(client, viewer=viewer),
    )


@clinical_read
def shared(client: Client, parts: Iterable[Part], *, viewer: Person) -> Relationship:
    """Return exactly the parts of a record that were shared with a supervisor."""
    open_now = frozenset(parts)
    witness("supervision.viewed", by=viewer, client_id=client.pk, parts=sorted(open_now))

    def part(part: Part, read: Callable[..., Found]) -> Found | None:
        return read(client, viewer=viewer) if part in open_now else None

    private = part(Part.SIGNALS, _signals_alone)
    signals = private.signals if private else None
    return Relationship(
        client=client,
        courses=_courses(client, viewer, signals) if Part.COURSE in open_now else None,
        goals=part(Part.GOALS, goals_of),
        helps=part(Part.GOALS, helps_of),
        agreement=part(Part.AGREEMENT, agreement_state_of),
        sessions=part(Part.SESSIONS, sessions_alone),
        private=private,
    )


def _if(viewer: Person, client: Client, part: Part, read: Callable[..., Found]) -> Found | None:
    return read(client, viewer=viewer) if may_read(viewer, client, part) else None


def _courses(
    client: Client,
    viewer: Person,
    signals: Iterable[SignalView] | None,
    seen: Seen | None = None,
) -> tuple[Course, ...]:
    """Return courses with their dips; as the client sees them where signals aren't open."""
    views = courses_of(client, viewer=viewer, for_client=signals is None, seen=seen)
    by_place = {(one.row.instrument, one.session): one for one in signals or () if one.alert}
    return tuple(Course(view, tuple(_dips(view, by_place))) for view in views)


def _dips(view: CourseView, signals: dict[tuple[str, int], SignalView]) -> Iterable[Dip]:
    for one in view.trajectory.episodes:
        if one.firm:
            signal = signals.get((view.instrument, one.start))
            yield Dip(one.start, one.depth, one.repaired_at, signal)


def _clearest(signals: Sequence[SignalView]) -> Standing:
    first, *others = sorted(signals, key=lambda one: one.row.name not in CLEAREST)
    return Standing(first, tuple(dict.fromkeys(one.title for one in others)))


def _private(client: Client, *, viewer: Person, seen: Seen) -> Private:
    return Private(
        safety=safety_of(client, viewer=viewer),
        signals=signals_of(client, viewer=viewer, seen=seen),
        ruptures=ruptures_of(client, viewer=viewer),
    )


def _signals_alone(client: Client, *, viewer: Person) -> Private:
    """Return signals and what was done about them; safety answers are never shared."""
    return Private(
        safety=(),
        signals=signals_of(client, viewer=viewer),
        ruptures=ruptures_of(client, viewer=viewer),
    )


def _review(client: Client, viewer: Person) -> str:
    waits = reviews_waiting(viewer, of=client.pk).get(client.pk)
    return waits.for_therapist if waits is not None else ""


def _ways(viewer: Person, client: Client) -> set[Way]:
    return {one.way for one in access_of(viewer).get(client.pk, ())}


def _emergency(viewer: Person, client: Client) -> datetime | None:
    rows = EmergencyAccess.objects.filter(client=client, person=viewer, ends_at__gt=timezone.now())
    found: datetime | None = rows.order_by("-ends_at").values_list("ends_at", flat=True).first()
    return found
