"""A new practice: its row, and the invitation of its first owner."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from holdfast_web.accounts.letters import address_of
from holdfast_web.accounts.models import Invitation, Role
from holdfast_web.audit.witness import action, witness
from holdfast_web.care.help_lines import suggested
from holdfast_web.care.models import Practice
from holdfast_web.lib.refusals import Refused
from holdfast_web.lib.tokens import hash_of, new_token

VALID = timedelta(days=2)


@action
def set_up_practice(*, practice: str, name: str, email: str, country: str) -> str:
    """Make the practice and its owner's invitation; return the link by which the owner comes in.

    Who may run this command can read the database anyway.

    Raises
    ------
    Refused
        If there is a practice already.
    """
    if Practice.objects.exists():
        raise Refused("There is a practice here already. Start it with holdfast serve.")
    row = Practice.objects.create(name=practice, country=country, crisis=suggested(country))
    token = new_token()
    Invitation.objects.create(
        email=email.strip().lower(),
        name=name.strip(),
        role=Role.OWNER,
        token_hash=hash_of(token),
        expires_at=timezone.now() + VALID,
    )
    witness("practice.set_up", by=None, subject=row)
    return address_of(f"/invitation/{token}/")
