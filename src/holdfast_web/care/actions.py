"""What people do with care: open a record, begin and end care, come in, help in an emergency."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from holdfast_web.accounts.actions import accept_invitation, invite
from holdfast_web.accounts.letters import address_of, send_letter
from holdfast_web.accounts.models import Person, Role
from holdfast_web.accounts.rules import may_invite, runs_the_practice
from holdfast_web.audit.witness import action, witness
from holdfast_web.care.access import forget_access
from holdfast_web.care.models import CareRelationship, Client, EmergencyAccess, Practice
from holdfast_web.care.rules import may_end_care, may_open_in_an_emergency
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import Refused
from holdfast_web.vault.keys import make_keys

SHORTEST_REASON = 10
EMERGENCY = timedelta(hours=1)


@action
def open_record(
    *, by: Person, name: str, therapist: Person, brings: str | None = None
) -> CareRelationship:
    """Open a client's record, with keys of its own, in the care of a therapist.

    Raises
    ------
    Refused
        If ``by`` may not, or the therapist isn't one.
    """
    require(may_invite(by, Role.CLIENT))
    client = Client(name=name, brings=brings)
    make_keys(client.pk)
    client.save()
    witness("record.opened", by=by, client_id=client.pk, subject=client)
    return begin_care(by=by, client=client, therapist=therapist)


@action
def begin_care(
    *, by: Person, client: Client, therapist: Person, starts_at: datetime | None = None
) -> CareRelationship:
    """Begin a care relationship; from then on the therapist may open the record."""
    if therapist.role != Role.THERAPIST:
        raise Refused(f"{therapist.name} isn't a therapist of this practice.")
    if by.role != Role.OWNER and by != therapist:
        raise Refused("A therapist begins care for themselves; others are assigned by the owner.")
    care = CareRelationship.objects.create(
        client=client, therapist=therapist, starts_at=starts_at or timezone.now()
    )
    if client.waits_since is not None:
        client.waits_since = None
        client.save(update_fields=("waits_since",))
    forget_access(therapist)
    forget_access(by)
    witness("care.began", by=by, client_id=client.pk, subject=care)
    return care


@action
def end_care(*, by: Person, care: CareRelationship) -> CareRelationship:
    """End a care relationship; from then on the therapist can't open the record any more.

    One that was to begin later never begins.
    """
    require(may_end_care(by, care))
    care.ends_at = timezone.now()
    care.starts_at = min(care.starts_at, care.ends_at)
    care.save(update_fields=("starts_at", "ends_at"))
    forget_access(care.therapist)
    forget_access(by)
    witness("care.ended", by=by, client_id=care.client_id, subject=care)
    return care


@action
def pass_care_on(*, by: Person, care: CareRelationship, therapist: Person) -> CareRelationship:
    """End one care relationship and begin the next, without a gap and without an overlap."""
    require(may_end_care(by, care))
    if by.role != Role.OWNER and by != therapist:
        raise Refused("A therapist begins care for themselves; others are assigned by the owner.")
    return settle_passing(by=by, care=care, therapist=therapist, at=timezone.now())


@action
def settle_passing(
    *, by: Person, care: CareRelationship, therapist: Person, at: datetime
) -> CareRelationship:
    """Let one care end at a time, now or later, and the next begin at the very same.

    Whether ``by`` may is for the caller's own rule to say: a client agreed to it, or the practice
    decides.

    Raises
    ------
    Refused
        If the care has an end already, or the other is no therapist of this practice.
    """
    held = CareRelationship.objects.select_for_update().get(pk=care.pk)
    if held.ends_at is not None:
        raise Refused("This care has ended already.")
    if therapist.role != Role.THERAPIST or not therapist.is_active:
        raise Refused(f"{therapist.name} isn’t a therapist of this practice.")
    if therapist.pk == held.therapist_id:
        raise Refused(f"{therapist.name} is the client’s therapist already.")
    held.ends_at = care.ends_at = at
    held.save(update_fields=("ends_at",))
    begun = CareRelationship.objects.create(client=care.client, therapist=therapist, starts_at=at)
    for one in (by, therapist, care.therapist):
        forget_access(one)
    witness("care.ended", by=by, client_id=care.client_id, subject=care)
    witness("care.began", by=by, client_id=care.client_id, subject=begun)
    return begun


@action
def undo_passing(*, by: Person, care: CareRelationship, next_care: CareRelationship) -> None:
    """Take back that care passes on, before the next has begun; nothing hangs on it yet.

    Raises
    ------
    Refused
        If the next care has begun.
    """
    if next_care.starts_at <= timezone.now():
        raise Refused("The next care has begun already.")
    next_care.delete()
    held = CareRelationship.objects.select_for_update().get(pk=care.pk)
    held.ends_at = care.ends_at = None
    held.save(update_fields=("ends_at",))
    for one in (by, care.therapist):
        forget_access(one)
    witness("care.goes_on", by=by, client_id=care.client_id, subject=care)


@action
def invite_client(*, by: Person, client: Client, email: str) -> str:
    """Invite a client to their own record; return the link's token."""
    _, token = invite(by=by, email=email, name=client.name, role=Role.CLIENT, client_id=client.pk)
    send_letter(
        email,
        "Your invitation",
        "You are invited to a page of your own at your therapist’s practice.",
        f"Come in here, within two weeks: {address_of(f'/invitation/{token}/')}",
    )
    return token


@action
def take_on_client(
    *, by: Person, name: str, email: str, brings: str = ""
) -> tuple[CareRelationship, str]:
    """Open a record in one's own care and invite the client to it: both, or neither."""
    care = open_record(by=by, name=name, therapist=by, brings=brings or None)
    return care, invite_client(by=by, client=care.client, email=email)


@action
def come_in(*, token: str, password: str | None) -> Person:
    """Accept an invitation; a client's account is joined with their record."""
    person = accept_invitation(token=token, password=password)
    joined = person.invitation.client_id
    if joined is not None:
        rows = Client.objects.for_the_practice("joining a client's account with their record")
        client = rows.get(pk=joined)
        client.person = person
        client.save(update_fields=("person",))
    return person


@action
def open_in_an_emergency(*, by: Person, client: Client, reason: str) -> EmergencyAccess:
    """Open a record that isn't yours, for an hour; the owner and the client are told.

    Raises
    ------
    Refused
        Without a reason.
    """
    require(may_open_in_an_emergency(by))
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused("Write in a sentence why this can’t wait.")
    now = timezone.now()
    access = EmergencyAccess(
        client=client, person=by, reason=reason.strip(), opened_at=now, ends_at=now + EMERGENCY
    )
    access.save()
    forget_access(by)
    witness("emergency.opened", by=by, client_id=client.pk, subject=access)
    for owner in Person.objects.filter(role=Role.OWNER, is_active=True).exclude(pk=by.pk):
        send_letter(
            owner.email,
            "Emergency access was used",
            f"{by.name} opened a record in an emergency. Please look: {address_of('/')}",
        )
    if client.person is not None and not client.no_email:
        send_letter(
            client.person.email,
            "There is something to read for you",
            f"Please sign in when you can: {address_of('/')}",
        )
    return access


@action
def note_emergency_seen(*, by: Person, access: EmergencyAccess) -> EmergencyAccess:
    """Note that the owner, or the client, has seen that a record was opened in an emergency."""
    if access.client.person_id == by.pk:
        access.seen_by_client_at = access.seen_by_client_at or timezone.now()
    else:
        require(runs_the_practice(by))
        access.seen_by_owner_at = access.seen_by_owner_at or timezone.now()
    access.save(update_fields=("seen_by_client_at", "seen_by_owner_at"))
    witness("emergency.seen", by=by, client_id=access.client_id, subject=access)
    return access


@action
def change_practice(*, by: Person, practice: Practice, values: dict[str, Any]) -> Practice:
    """Change what the practice says of itself; ``values`` by field name."""
    require(runs_the_practice(by))
    for name, value in values.items():
        setattr(practice, name, value)
    practice.save(update_fields=tuple(values))
    witness("practice.changed", by=by, subject=practice, fields=sorted(values))
    return practice
