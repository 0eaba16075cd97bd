"""Reads courses of ratings, and where each relationship of a caseload stands."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from holdfast_web.accounts.models import Person
from holdfast_web.audit.witness import clinical_read, witness, witness_each
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.rules import is_client, require_record
from holdfast_web.encounters.models import Session
from holdfast_web.encounters.queries import own_clients
from holdfast_web.engine.courses import CourseView, follow_courses
from holdfast_web.measures.history import number_sessions
from holdfast_web.measures.models import Sheet, Standing
from holdfast_web.measures.seeing import Seen, seen_history
from holdfast_web.measures.standing import CHECK_IN, shown
from holdfast_web.vault.fields import sealed_field
from holdfast_web.vault.keys import open_keys

TREND = sealed_field(Standing, "trend")


@clinical_read
def courses_of(
    client: Client, *, viewer: Person, for_client: bool = False, seen: Seen | None = None
) -> tuple[CourseView, ...]:
    """Return the courses of a client, the alliance first.

    To the client, their own ratings alone. To their therapist, without the ratings of sessions
    that they have still to guess; ``waiting`` names those. With ``for_client`` the therapist gets
    them to be looked at together: as to the client, without guesses, signals and drops.
    ``seen`` is their history, where the page has read it already.
    """
    require_record(viewer, client, Part.COURSE)
    witness("course.viewed", by=viewer, client_id=client.pk)
    own = bool(is_client(viewer, client))
    plain = own or for_client
    seen = seen or seen_history(client.pk, viewer)
    rated = seen.rated(guesses=not plain, whole=own)
    views = follow_courses(str(client.pk), rated, for_client=plain)
    return tuple(replace(one, waiting=seen.waiting_in(one.instrument)) for one in views)


@clinical_read
def sessions_so_far(client: Client, *, viewer: Person) -> tuple[tuple[int, Session], ...]:
    """Return the sessions that were held, the latest first, with their numbers in courses."""
    require_record(viewer, client, Part.SESSIONS)
    witness("sessions.viewed", by=viewer, client_id=client.pk)
    rows = Session.objects.seen_by(viewer).filter(client=client, status=Session.Status.HELD)
    held = {one.pk: one for one in rows}
    numbers = number_sessions(held.values())
    return tuple(sorted(((n, held[pk]) for pk, n in numbers.items()), key=lambda one: -one[0]))


@clinical_read
def standings(
    *, viewer: Person, waiting: Mapping[UUID, Collection[UUID]] | None = None
) -> dict[UUID, dict[str, Any]]:
    """Return where each relationship stands that is open to somebody, by the client's id.

    That is ``{"values", "last", "usual", "sessions", "waiting"}`` for these eyes: a rating that
    waits for the therapist's guess is left out of it and counted in ``waiting``.

    Parameters
    ----------
    viewer
        Who looks.
    waiting
        By client, the sessions that the viewer has still to guess, where the page has read them
        already.
    """
    rows = list(Standing.objects.seen_by(viewer).values_list("client_id", "pk", "trend"))
    clients = [client_id for client_id, _, _ in rows]
    witness_each("caseload.viewed", by=viewer, client_ids=clients)
    open_keys(clients)
    kept_back = _waiting(viewer) if waiting is None else waiting
    return {
        client_id: shown(TREND.open_value(trend, client_id, pk), kept_back.get(client_id, ()))
        for client_id, pk, trend in rows
    }


def _waiting(viewer: Person) -> dict[UUID, list[UUID]]:
    """Return the sessions that the therapist has still to guess."""
    own = frozenset(own_clients(viewer))
    if not own:
        return {}
    rows = Sheet.objects.seen_by(viewer).filter(
        instrument=CHECK_IN,
        respondent=Sheet.Respondent.THERAPIST,
        handed_in_at=None,
        skipped_at=None,
        session__isnull=False,
    )
    found: dict[UUID, list[UUID]] = {}
    for client_id, session_id in rows.values_list("client_id", "session_id"):
        if client_id in own:
            found.setdefault(client_id, []).append(session_id)
    return found
