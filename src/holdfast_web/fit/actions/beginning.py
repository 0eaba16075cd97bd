"""How an intake begins: somebody asks for help, is invited to, or has an account already."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.audit.models import Event
from holdfast_web.audit.witness import action, witness
from holdfast_web.care.context import the_practice
from holdfast_web.care.models import Client
from holdfast_web.care.rules import is_client
from holdfast_web.fit.letters import send_invitation, send_own_link
from holdfast_web.fit.models import Intake
from holdfast_web.fit.opening import LASTS, Door, behind, token_of
from holdfast_web.fit.rules.intakes import may_begin, may_invite_to_intake, somebody_reads
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import Refused
from holdfast_web.lib.tokens import hash_of
from holdfast_web.vault.keys import make_keys

NO_NAME = "No name yet"
MOST_IN_AN_HOUR = 60
MOST_LETTERS = 3
HOUR = timedelta(hours=1)
BEGUN, LINK_SENT = "intake.begun", "intake.link_sent"
FULL = "Very many people have written just now. Please ring the practice, or try again in an hour."


@action
def begin_intake(*, by: None, name: str = "") -> str:
    """Open a record with keys of its own for somebody who asks for help; return their token.

    Nobody can read anything of it until it is handed in, or a person must see an answer.

    Raises
    ------
    Refused
        If the practice isn't open to this, or far too many began within an hour.
    """
    require(may_begin(the_practice()))
    lately = Event.objects.filter(what=BEGUN, at__gt=timezone.now() - HOUR)
    if lately.count() >= MOST_IN_AN_HOUR:
        raise Refused(FULL)
    intake = _open(name, said={"contact": {"name": name.strip()}})
    witness(BEGUN, by=by, client_id=intake.client_id, subject=intake)
    return token_of(intake.pk)


@action
def invite_to_intake(*, by: Person, name: str, email: str) -> Intake:
    """Send the questions to somebody by e-mail; who sent them sees no answer by that."""
    require(may_invite_to_intake(by, the_practice()))
    intake = _open(name, invited_by=by, said={"contact": {"name": name, "email": email}})
    witness("intake.invited", by=by, client_id=intake.client_id, subject=intake)
    send_invitation(email, intake)
    return intake


@action
def begin_own_intake(*, by: Person, client: Client) -> Intake:
    """Begin the intake of somebody who has an account; return the one that there is already."""
    require(is_client(by, client))
    require(somebody_reads(the_practice()))
    rows = Client.objects.seen_by(by).select_for_update(no_key=True)
    client = rows.get(pk=client.pk)
    found: Intake | None = Intake.objects.seen_by(by).filter(client=client).first()
    intake = found or _intake(client)
    witness(BEGUN, by=by, client_id=client.pk, subject=intake)
    return intake


@action
def send_link(*, door: Door, email: str) -> Intake:
    """Send somebody their own link, to an address that they give.

    Raises
    ------
    Refused
        If several letters went out within an hour.
    """
    row = behind(door, lock=True)
    lately = Event.objects.filter(
        what=LINK_SENT, client_id=row.client_id, at__gt=timezone.now() - HOUR
    )
    if lately.count() >= MOST_LETTERS:
        raise Refused("We have sent this link several times just now. Please look for the letter.")
    row.said = {**row.said, "contact": {**row.said.get("contact", {}), "email": email}}
    row.save(update_fields=("said",))
    witness(LINK_SENT, by=door.by, client_id=row.client_id, subject=row)
    send_own_link(email, row)
    return row


def _open(name: str, **told: Any) -> Intake:
    client = Client(name=name.strip() or NO_NAME)
    make_keys(client.pk)
    client.save()
    return _intake(client, **told)


def _intake(client: Client, **told: Any) -> Intake:
    pk, now = uuid4(), timezone.now()
    intake = Intake(
        id=pk, client=client, token_hash=hash_of(token_of(pk)), ends_at=now + LASTS, **told
    )
    intake.save(force_insert=True)
    return intake
