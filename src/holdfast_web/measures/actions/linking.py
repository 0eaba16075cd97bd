"""What is done with a link for a tablet in the waiting room: one sheet, once, for a while."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.audit.witness import action, witness
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import NotYours
from holdfast_web.measures.handing_in import hand_it_in, same_edition
from holdfast_web.measures.models import Link, Sheet
from holdfast_web.measures.rules import may_make_link
from holdfast_web.measures.tokens import hash_of, opened_by, token_of

LASTS = timedelta(minutes=30)
BY_LINK = "a link opens one sheet to whoever holds it"


@action
def make_link(*, by: Person, sheet: Sheet) -> tuple[Link, str]:
    """Make a link to one sheet, and return it with its token; older ones to it end."""
    rows = Sheet.objects.seen_by(by).select_for_update(of=("self",)).select_related("client")
    row: Sheet | None = rows.filter(pk=sheet.pk).first()
    if row is None:
        raise NotYours
    require(may_make_link(by, row))
    now, link_id = timezone.now(), uuid4()
    still = Link.objects.seen_by(by).filter(sheet=row, used_at=None, ends_at__gt=now)
    still.update(ends_at=now)
    token = token_of(link_id)
    link = Link.objects.create(
        id=link_id,
        client=row.client,
        sheet=row,
        token_hash=hash_of(token),
        made_by=by,
        made_at=now,
        ends_at=now + LASTS,
    )
    witness("link.made", by=by, client_id=row.client_id, subject=link)
    return link, token


@action
def hand_in_by_link(*, by: None, token: str, answers: Mapping[str, Any], edition: int) -> Sheet:
    """Hand in the sheet that a link opens; the link is used up.

    Parameters
    ----------
    by
        ``None``: whoever held the tablet did not sign in.
    token, answers, edition
        As they came from the page.

    Raises
    ------
    NotYours
        If the token opens nothing, or nothing any more.
    Stale
        If the sheet was saved elsewhere in the meantime.
    """
    links = Link.objects.for_the_practice(BY_LINK).select_for_update(of=("self", "sheet"))
    now = timezone.now()
    rows = links.select_related("client", "sheet__session", "sheet__client")
    link = opened_by(token, rows, now, done_too=True)
    same_edition(link.sheet, edition)
    if link.sheet.handed_in_at is not None or link.sheet.skipped_at is not None:
        raise NotYours
    link.used_at = now
    link.save(update_fields=("used_at",))
    witness("link.used", by=by, client_id=link.client_id, subject=link)
    return hand_it_in(link.sheet, answers, by=by)
