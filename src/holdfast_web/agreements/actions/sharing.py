"""Shares: parts of a record for a supervisor, for a purpose and a time, agreed by both."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.rules import (
    fits_a_share,
    may_agree_to_share,
    may_offer_share,
    may_withdraw_share,
)
from holdfast_web.agreements.terms import Term, agreed
from holdfast_web.audit.witness import action, witness
from holdfast_web.care.models import Client, Share
from holdfast_web.care.parts import Part
from holdfast_web.care.rules import require_record
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import NotYours, Refused, Stale

LONGEST_PURPOSE = 1000


@action
def offer_share(
    *,
    by: Person,
    client: Client,
    supervisor: Person,
    parts: Sequence[str],
    purpose: str,
    ends_at: datetime,
) -> Share:
    """Ask a client to let a supervisor see parts of their record; nothing opens by it.

    Parameters
    ----------
    by
        The client's therapist.
    client
        Who must have said yes to supervision.
    supervisor
        Who would see it.
    parts
        What, of the parts that can be shared.
    purpose
        What for; the client and the supervisor read it.
    ends_at
        Until when, within a year.
    """
    require_record(by, client, Part.CARE)
    require(may_offer_share(by, client))
    require(fits_a_share(supervisor, parts, purpose, ends_at))
    if len(purpose) > LONGEST_PURPOSE:
        raise Refused(f"What it is for has at most {LONGEST_PURPOSE} characters.")
    share = Share(
        client=client,
        therapist=by,
        supervisor=supervisor,
        parts=sorted({str(one) for one in parts}),
        purpose=purpose.strip(),
        ends_at=ends_at,
    )
    share.save()
    witness("share.offered", by=by, client_id=client.pk, subject=share, parts=share.parts)
    return share


@action
def agree_to_share(*, by: Person, share: Share) -> Share:
    """Agree, as the client, to this very share: it opens at once.

    Raises
    ------
    Stale
        If it was taken back or has run out.
    """
    share = _held(by, share.pk)
    if share.withdrawn_at or share.client_agreed_at:
        raise Stale(may_agree_to_share(by, share).reason)
    require(may_agree_to_share(by, share))
    share.client_agreed_at = timezone.now()
    share.save(update_fields=("client_agreed_at",))
    witness("share.agreed", by=by, client_id=share.client_id, subject=share)
    return share


@action
def withdraw_share(*, by: Person, share: Share) -> Share:
    """Say no to a share, or close it: from now on nothing of it is open.

    Raises
    ------
    Stale
        If it was closed already.
    """
    share = _held(by, share.pk)
    require(may_withdraw_share(by, share))
    if share.withdrawn_at:
        raise Stale("This share was closed already. Nothing of it is open.")
    _close(share, by)
    return share


def close_shares_without_consent(*, by: Person, client: Client) -> None:
    """Close every share of a client who hasn't, or no longer, said yes to supervision."""
    if agreed(client, Term.SUPERVISION):
        return
    for share in Share.objects.select_for_update().filter(client=client, withdrawn_at=None):
        _close(share, by)


def _close(share: Share, by: Person) -> None:
    share.withdrawn_at = timezone.now()
    share.save(update_fields=("withdrawn_at",))
    witness("share.closed", by=by, client_id=share.client_id, subject=share)


def _held(by: Person, share_id: UUID) -> Share:
    rows = Share.objects.select_for_update(of=("self",)).select_related("client")
    share = rows.filter(pk=share_id).first()
    if share is None:
        raise NotYours
    require_record(by, share.client, Part.CARE)
    return share
