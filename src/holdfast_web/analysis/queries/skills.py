"""Reads skills over sessions: for one client, and for the therapist alone over all their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from uuid import UUID

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.analysis.models import Analysis
from holdfast_web.analysis.queries.consents import clients_with_open_text
from holdfast_web.analysis.queries.gists import Read, gists_of
from holdfast_web.analysis.rules import is_agreed
from holdfast_web.audit.witness import clinical_read, witness, witness_each
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.rules import require_record
from holdfast_web.encounters.models import Session
from holdfast_web.encounters.queries import own_clients
from holdfast_web.engine.feeling_beside import Beside, Felt, feelings_beside
from holdfast_web.engine.skill_courses import latest_maker, skill_courses
from holdfast_web.engine.skill_months import ToLookAt, month_courses, to_look_at
from holdfast_web.engine.skill_view import HeldSession, SkillCourse
from holdfast_web.lib.among import Several
from holdfast_web.lib.decision import Decision
from holdfast_web.measures.history import number_sessions
from holdfast_web.measures.queries.feelings import felt_in_sessions

LATEST = 24
"""Sessions that a picture by session shows of all clients."""
Held = tuple[Session, HeldSession]


@dataclass(frozen=True, slots=True)
class Headed:
    """Skills under the heading of their family."""

    heading: str
    courses: tuple[SkillCourse, ...]


@dataclass(frozen=True, slots=True)
class ClientSkills:
    """Each skill over one client's sessions.

    Attributes
    ----------
    agreed
        Whether the client's sessions may be read now; nothing is shown without it.
    held, read
        How many sessions were held with this therapist, and how many of them were read.
    others
        How many another model read than the latest.
    families, further
        Skills by heading; those that are still experimental by themselves.
    beside
        Technique beside feeling.
    """

    agreed: Decision
    held: int = 0
    read: int = 0
    others: int = 0
    families: tuple[Headed, ...] = ()
    further: tuple[Headed, ...] = ()
    beside: tuple[Beside, ...] = ()


@dataclass(frozen=True, slots=True)
class MySkills:
    """Each skill over all of a therapist's own clients.

    Attributes
    ----------
    by
        ``"month"`` or ``"session"``.
    read, clients
        How many sessions were read, and of how many clients.
    others
        How many of them another model read than the latest.
    shown
        How many are in the pictures by session.
    families, further
        Skills by heading; those that are still experimental by themselves.
    looks
        What one might look at.
    """

    by: str
    read: int
    clients: int
    others: int
    shown: int
    families: tuple[Headed, ...]
    further: tuple[Headed, ...]
    looks: tuple[ToLookAt, ...]
    beside: tuple[Beside, ...]


@clinical_read
def skills_of(client: Client, *, viewer: Person) -> ClientSkills:
    """Return each skill's course over the sessions that this therapist held with a client.

    What another therapist did with the same client is theirs, and isn't laid beside it.
    """
    require_record(viewer, client, Part.TRANSCRIPTS)
    witness("skills.viewed", by=viewer, client_id=client.pk)
    agreed = is_agreed(client)
    if not agreed:
        return ClientSkills(agreed)
    rows = Session.objects.seen_by(viewer, of=client.pk).filter(status=Session.Status.HELD)
    sessions = [*rows.select_related("care").order_by("starts_at")]
    read = gists_of(Analysis.objects.seen_by(viewer, of=client.pk), viewer=viewer)
    held = [one for one in _held(sessions, read) if one[0].care.therapist_id == viewer.pk]
    views = [one for _, one in held]
    felt = felt_in_sessions([client.pk], viewer=viewer) if read else {}
    courses = skill_courses(views) if read else ()
    return ClientSkills(
        agreed,
        held=len(views),
        read=sum(bool(one.made_by) for one in views),
        others=_others(views),
        families=_families(courses, experimental=False),
        further=_families(courses, experimental=True),
        beside=feelings_beside(views, _ratings(held, felt)),
    )


@clinical_read
def my_skills(*, viewer: Person, by: str = "") -> MySkills:
    """Return a therapist's own skills over all their own clients: a few queries for any number.

    Parameters
    ----------
    viewer
        The therapist. Nobody else has a way to this.
    by
        ``"month"`` or ``"session"``; by month where there is a month with enough, without it.
    """
    ids = clients_with_open_text(own_clients(viewer), viewer=viewer)
    witness_each("skills.viewed_over_all", by=viewer, client_ids=ids or (None,))
    rows = Session.objects.seen_by(viewer).filter(
        client__among=Several(ids), status=Session.Status.HELD
    )
    sessions = [*rows.select_related("care").order_by("client_id", "starts_at")]
    mine = Analysis.objects.seen_by(viewer).filter(client__among=Several(ids))
    read = gists_of(mine, viewer=viewer)
    held = [
        one
        for _, group in groupby(sessions, key=lambda one: one.client_id)
        for one in _held([*group], read)
        if one[1].made_by and one[0].care.therapist_id == viewer.pk
    ]
    held.sort(key=lambda one: one[0].starts_at)
    views = [one for _, one in held]
    felt = felt_in_sessions(ids, viewer=viewer)
    monthly = month_courses(views)
    by = by if by in ("month", "session") else _better(monthly)
    shown = [replace(one, label=f"{one.date:%-d %b}") for one in views[-LATEST:]]
    courses = monthly if by == "month" else skill_courses(shown)
    return MySkills(
        by=by,
        read=len(views),
        clients=len({one.client for one in views}),
        others=_others(views),
        shown=len(shown),
        families=_families(courses, experimental=False) if views else (),
        further=_families(courses, experimental=True) if views else (),
        looks=to_look_at(views),
        beside=feelings_beside(views, _ratings(held, felt)),
    )


def _held(sessions: Sequence[Session], read: Mapping[UUID, Read]) -> list[Held]:
    """Return one client's sessions with what was read in them."""
    numbers = number_sessions(sessions)
    found = []
    for one in sessions:
        day, reading = timezone.localdate(one.starts_at), read.get(one.pk)
        view = HeldSession(
            number=numbers.get(one.pk, 0),
            date=day,
            client=str(one.client_id),
            made_by=reading.made_by if reading else "",
            gist=reading.gist if reading else None,
        )
        found.append((one, view))
    return found


def _ratings(held: Sequence[Held], felt: Mapping[UUID, Felt]) -> dict[tuple[str, int], Felt]:
    """Return how sessions were rated, by the client's key and the session's number."""
    return {
        (view.client, view.number): felt[session.pk] for session, view in held if session.pk in felt
    }


def _others(views: Sequence[HeldSession]) -> int:
    latest = latest_maker(views)
    return sum(one.made_by not in ("", latest) for one in views)


def _families(courses: Sequence[SkillCourse], *, experimental: bool) -> tuple[Headed, ...]:
    these = (one for one in courses if one.experimental is experimental)
    return tuple(
        Headed(heading, tuple(group))
        for heading, group in groupby(these, key=lambda one: one.heading)
    )


def _better(monthly: Sequence[SkillCourse]) -> str:
    """Choose months once two of them have a number."""
    enough = any(sum(one.value is not None for one in each.points) > 1 for each in monthly)
    return "month" if enough else "session"
