"""People and invitations."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from holdfast_web.accounts.models import STAFF, Invitation, Person
from holdfast_web.audit.witness import not_clinical
from holdfast_web.lib.refusals import NotYours
from holdfast_web.lib.tokens import hash_of


@not_clinical("names and addresses of the practice's own people")
def staff() -> QuerySet[Person]:
    """Return the people of the practice, by name."""
    return Person.objects.filter(role__in=STAFF).order_by("name")


@not_clinical("who was invited, by their own name and address")
def open_invitations() -> QuerySet[Invitation]:
    """Return the invitations that wait for an answer, the latest first."""
    return (
        Invitation.objects.filter(
            accepted_by=None, withdrawn_at=None, expires_at__gt=timezone.now()
        )
        .select_related("invited_by")
        .order_by("-made_at")
    )


@not_clinical("an invitation shows its own name and address to who holds the link")
def invitation_for(token: str) -> Invitation:
    """Return the open invitation that a link leads to.

    Raises
    ------
    NotYours
        If there is none.
    """
    found = open_invitations().filter(token_hash=hash_of(token)).first()
    if found is None:
        raise NotYours
    return found
