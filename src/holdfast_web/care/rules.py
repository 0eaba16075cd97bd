"""Who may do what with a client's record. Each rule guards the action and explains the button."""

from __future__ import annotations

from django.utils import timezone

from holdfast_web.accounts.models import Person, Role
from holdfast_web.care.access import access_of, is_open
from holdfast_web.care.models import CareRelationship, Client
from holdfast_web.care.parts import TITLES, Part, Way
from holdfast_web.lib.decision import YES, Decision, no
from holdfast_web.lib.refusals import NotYours


def require_record(viewer: Person, client: Client, part: Part) -> None:
    """Go on only if a part of a record is open to somebody.

    Raises
    ------
    NotYours
        If it isn't: to them the record does not exist.
    """
    if not may_read(viewer, client, part):
        raise NotYours


def may_read(viewer: Person, client: Client, part: Part) -> Decision:
    """Say whether somebody may read a part of a client's record now."""
    if is_open(viewer, client.pk, part):
        return YES
    return no(f"This would show {TITLES[part]}, which isn't open to you.")


def is_therapist_of(viewer: Person, client: Client) -> Decision:
    """Say whether somebody is the client's therapist now."""
    if any(one.way is Way.CARE for one in access_of(viewer).get(client.pk, ())):
        return YES
    return no("Only the client's therapist can do this.")


def is_client(viewer: Person, client: Client) -> Decision:
    """Say whether somebody is this client."""
    if client.person_id == viewer.pk and client.erased_at is None:
        return YES
    return no("Only the client can do this.")


def is_of_the_two(viewer: Person, client: Client) -> Decision:
    """Say whether somebody is the client or their therapist."""
    if is_client(viewer, client) or is_therapist_of(viewer, client):
        return YES
    return no("Only the client and their therapist can do this.")


def may_open_in_an_emergency(viewer: Person) -> Decision:
    """Say whether somebody may open a record that isn't theirs, in an emergency."""
    if viewer.is_staff_member and viewer.is_active:
        return YES
    return no("Only people of the practice can open a record in an emergency.")


def may_end_care(viewer: Person, care: CareRelationship) -> Decision:
    """Say whether somebody may end a care relationship."""
    if care.ends_at is not None and care.ends_at <= timezone.now():
        return no("This care has ended already.")
    if viewer.role == Role.OWNER or viewer == care.therapist:
        return YES
    return no("Care is ended by the therapist or the practice.")
