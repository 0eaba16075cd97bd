"""Which clients' records are open to somebody now, which parts, and by which way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q
from django.utils import timezone

from holdfast_web.accounts.models import Person, Role
from holdfast_web.care.context import reads_intakes
from holdfast_web.care.models import CareRelationship, Client, EmergencyAccess, Share
from holdfast_web.care.parts import OPENS, Part, Way
from holdfast_web.lib.among import Several

KEPT = "_open_records"
EARLIER = "_earlier_care"


@dataclass(frozen=True, slots=True)
class Access:
    """One way to one record."""

    client_id: UUID
    way: Way
    parts: frozenset[Part]


@dataclass(frozen=True, slots=True)
class _Records:
    """What is open to somebody, and the same by part as far as it was asked for."""

    ways: dict[UUID, tuple[Access, ...]]
    by_part: dict[Part, Several] = field(default_factory=dict)


def access_of(viewer: Person) -> dict[UUID, tuple[Access, ...]]:
    """Return every record that is open to somebody; asked once for each request's person."""
    return _records(viewer).ways


def forget_access(viewer: Person) -> None:
    """Ask again next time: somebody's access has changed in this very request."""
    viewer.__dict__.pop(KEPT, None)
    viewer.__dict__.pop(EARLIER, None)


def records_open_to(viewer: Person, part: Part) -> tuple[UUID, ...]:
    """Return the clients of whose record a part is open to somebody."""
    return open_to(viewer, part).ids


def open_to(viewer: Person, part: Part) -> Several:
    """Return the same, ready to be asked with."""
    records = _records(viewer)
    found = records.by_part.get(part)
    if found is None:
        found = records.by_part[part] = Several(
            client_id for client_id in records.ways if is_open(viewer, client_id, part)
        )
    return found


def is_open(viewer: Person, client_id: UUID, part: Part) -> bool:
    """Say whether a part of a client's record is open to somebody."""
    return any(part in one.parts for one in access_of(viewer).get(client_id, ()))


def _records(viewer: Person) -> _Records:
    kept: _Records | None = viewer.__dict__.get(KEPT)
    if kept is None:
        found: dict[UUID, list[Access]] = defaultdict(list)
        for one in _find(viewer, timezone.now()):
            found[one.client_id].append(one)
        ways = {key: tuple(value) for key, value in found.items()}
        kept = viewer.__dict__[KEPT] = _Records(ways)
    return kept


def _find(viewer: Person, now: datetime) -> Iterator[Access]:
    if not viewer.is_active:
        return
    if viewer.role == Role.CLIENT:
        own = Client.objects.for_the_practice("access of a client to their own record")
        for pk in own.filter(person=viewer, erased_at=None).values_list("pk", flat=True):
            yield Access(pk, Way.SELF, OPENS[Way.SELF])
        return
    for pk in _ids(CareRelationship.objects.filter(runs(now), therapist=viewer)):
        yield Access(pk, Way.CARE, OPENS[Way.CARE])
    if viewer.role == Role.SUPERVISOR:
        yield from _shared_with(viewer, now)
    for pk in _asking_for_help(viewer):
        yield Access(pk, Way.INTAKE, OPENS[Way.INTAKE])
    for pk in _ids(EmergencyAccess.objects.filter(person=viewer, ends_at__gt=now)):
        yield Access(pk, Way.EMERGENCY, OPENS[Way.EMERGENCY])


def _shared_with(viewer: Person, now: datetime) -> Iterator[Access]:
    shares = Share.objects.filter(
        # Who offered it must still be at work with the client: a share ends with the care.
        runs(now, "client__care__"),
        client__care__therapist=F("therapist"),
        supervisor=viewer,
        client_agreed_at__isnull=False,
        withdrawn_at=None,
        ends_at__gt=now,
        client__erased_at=None,
    )
    for client_id, told in shares.values_list("client_id", "parts"):
        parts = frozenset(Part(one) for one in told) & OPENS[Way.SHARE]
        yield Access(client_id, Way.SHARE, parts | {Part.CARE})


def _asking_for_help(viewer: Person) -> Iterator[UUID]:
    """Yield who asked for help and has nobody yet, to whom the practice named for that."""
    if reads_intakes(viewer):
        rows = Client.objects.for_the_practice("access to those who asked for help")
        waiting = rows.filter(waits_since__isnull=False, closed_at=None, erased_at=None)
        yield from waiting.values_list("pk", flat=True)


def runs(now: datetime, path: str = "") -> Q:
    """Return the condition for care to be running, seen along a path to it."""
    ends = Q((f"{path}ends_at__isnull", True)) | Q((f"{path}ends_at__gt", now))
    return Q((f"{path}starts_at__lte", now)) & ends


def _ids(rows: object) -> Iterator[UUID]:
    found = rows.filter(client__erased_at=None).values_list("client_id", flat=True)  # type: ignore[attr-defined]
    yield from found
