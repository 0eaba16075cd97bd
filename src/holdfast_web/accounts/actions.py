"""What is done with accounts: invite, come in, close, open again."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from holdfast_web.accounts.models import Invitation, Person
from holdfast_web.accounts.rules import may_close_account, may_invite
from holdfast_web.audit.witness import action, witness
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import NotYours, Refused
from holdfast_web.lib.tokens import hash_of, new_token

VALID_DAYS = 14


@action
def invite(
    *, by: Person, email: str, name: str, role: str, client_id: UUID | None = None
) -> tuple[Invitation, str]:
    """Invite somebody; return the invitation and its token, which is not kept.

    Raises
    ------
    Refused
        If ``by`` may not, or somebody with that address is here already.
    """
    require(may_invite(by, role))
    email = email.strip().lower()
    if Person.objects.filter(email=email).exists():
        raise Refused("Somebody with this e-mail address is here already.")
    _withdraw_others(email, client_id)
    token = new_token()
    invitation = Invitation.objects.create(
        email=email,
        name=name.strip(),
        role=role,
        client_id=client_id,
        token_hash=hash_of(token),
        invited_by=by,
        expires_at=timezone.now() + timedelta(days=VALID_DAYS),
    )
    witness("person.invited", by=by, client_id=client_id, subject=invitation, role=str(role))
    return invitation, token


@action
def accept_invitation(*, token: str, password: str | None) -> Person:
    """Make the invited person's account; a token works once.

    Without a password they can't sign in until one is set.

    Raises
    ------
    NotYours
        If the token is unknown, used, withdrawn or too old.
    Refused
        If somebody has come in with that address meanwhile.
    """
    rows = Invitation.objects.select_for_update().filter(token_hash=hash_of(token))
    invitation = rows.first()
    if invitation is None or not is_open(invitation):
        raise NotYours
    if Person.objects.filter(email=invitation.email).exists():
        raise Refused("There is an account with this address already. Please sign in.")
    person = Person.objects.create_person(
        email=invitation.email, name=invitation.name, role=invitation.role, password=password
    )
    invitation.accepted_by = person
    invitation.save(update_fields=("accepted_by",))
    witness("person.came_in", by=person, client_id=invitation.client_id, subject=person)
    return person


@action
def withdraw_invitation(*, by: Person, invitation_id: UUID) -> Invitation:
    """Take an invitation back; its link leads nowhere from then on."""
    invitation = Invitation.objects.select_for_update().filter(pk=invitation_id).first()
    if invitation is None:
        raise NotYours
    require(may_invite(by, invitation.role))
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=("withdrawn_at",))
    witness(
        "person.invitation_withdrawn", by=by, client_id=invitation.client_id, subject=invitation
    )
    return invitation


@action
def close_account(*, by: Person, person: Person) -> Person:
    """Let somebody sign in no more; what they did stays theirs."""
    require(may_close_account(by, person))
    person.is_active = False
    person.save(update_fields=("is_active",))
    witness("person.account_closed", by=by, subject=person)
    return person


@action
def open_account(*, by: Person, person: Person) -> Person:
    """Let somebody sign in again."""
    require(may_close_account(by, person))
    person.is_active = True
    person.save(update_fields=("is_active",))
    witness("person.account_opened", by=by, subject=person)
    return person


def is_open(invitation: Invitation) -> bool:
    """Say whether an invitation can still be accepted."""
    return (
        invitation.accepted_by_id is None
        and invitation.withdrawn_at is None
        and invitation.expires_at > timezone.now()
    )


def _withdraw_others(email: str, client_id: UUID | None) -> None:
    same = Q(email=email)
    if client_id is not None:
        same |= Q(client_id=client_id)
    Invitation.objects.filter(same, accepted_by=None, withdrawn_at=None).update(
        withdrawn_at=timezone.now()
    )
