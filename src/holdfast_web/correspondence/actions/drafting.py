"""What somebody has begun to write is kept, for their eyes alone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.audit.witness import action, witness
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.rules import require_record
from holdfast_web.correspondence.contact import contact_of
from holdfast_web.correspondence.models import Draft, Message, Thread
from holdfast_web.correspondence.rules import may_be_kept, may_go_on, may_write
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import Stale

STALE = (
    "This draft was changed in another window. Nothing was overwritten, and what you typed here "
    "is still here."
)


@action
def save_draft(
    *,
    by: Person,
    client: Client,
    thread: Thread | None,
    words: str,
    about: str = "",
    edition: int = 0,
    key: UUID | None = None,
) -> Draft | None:
    """Keep what was typed; nothing where it has just been sent.

    Parameters
    ----------
    thread
        Where it belongs; ``None`` for a new conversation.
    edition
        Of the draft that was in front of the writer; 0 where there was none.
    key
        The id that the message would have, once sent.

    Raises
    ------
    Stale
        If the draft was changed elsewhere in the meantime.
    """
    require_record(by, client, Part.MESSAGES)
    contact = contact_of(client, held=True)
    require(may_go_on(by, thread, contact) if thread else may_write(by, client, contact))
    require(may_be_kept(words, about))
    told: dict[str, Any] = {"by": by, "client_id": client.pk}
    if key and Message.objects.seen_by(by, of=client.pk).filter(pk=key).exists():
        witness("message.draft_dropped", **told)
        return None
    draft = _draft(by, client, thread, edition)
    draft.words, draft.about, draft.saved_at = words, about, timezone.now()
    draft.save()
    witness("message.draft_saved", **told, subject=draft)
    return draft


@action
def drop_draft(*, by: Person, client: Client, thread: Thread | None) -> None:
    """Throw a draft away."""
    require_record(by, client, Part.MESSAGES)
    rows = Draft.objects.seen_by(by, of=client.pk).filter(author=by, client=client, thread=thread)
    rows.delete()
    witness("message.draft_dropped", by=by, client_id=client.pk)


def _draft(by: Person, client: Client, thread: Thread | None, edition: int) -> Draft:
    """Return the writer's draft, unless another edition than theirs is there."""
    rows = Draft.objects.seen_by(by, of=client.pk).select_for_update()
    found: Draft | None = rows.filter(author=by, client=client, thread=thread).first()
    if (found.edition if found else 0) != edition:
        raise Stale(STALE)
    if found is None:
        return Draft(client=client, author=by, thread=thread)
    found.edition += 1
    return found
