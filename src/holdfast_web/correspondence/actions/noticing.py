"""What the practice's clockwork notes about messages: whom it has told that there is one."""

from __future__ import annotations

from datetime import datetime

from holdfast_web.accounts.models import Person
from holdfast_web.audit.witness import action, witness, witness_each
from holdfast_web.correspondence.arrived import WHY, unread_of
from holdfast_web.correspondence.models import Message


@action
def claim_notice(*, by: None, person: Person, now: datetime) -> int:
    """Note that somebody is told now of all that waits for them to be read.

    Two runs at once don't both tell: only one finds messages of which nobody was told. It is noted
    before the mail leaves, so that no transaction waits for a mail server.

    Returns
    -------
    int
        Of how many messages; 0 if another run was quicker.
    """
    rows = list(unread_of(person, now).filter(noticed_at=None).values_list("pk", "client_id"))
    of_them = Message.objects.for_the_practice(WHY).filter(pk__in=[pk for pk, _ in rows])
    claimed: int = of_them.filter(noticed_at=None).update(noticed_at=now)
    if claimed:
        clients = sorted({client_id for _, client_id in rows})
        witness_each("message.noticed", by=by, client_ids=clients)
    else:
        witness("message.passed_over", by=by)
    return claimed


@action
def give_back_notice(*, by: None, person: Person, claimed_at: datetime) -> None:
    """Take back that somebody was told: the mail didn't leave; the next run tries again."""
    rows = Message.objects.for_the_practice(WHY).exclude(author=person)
    mine = rows.filter(noticed_at=claimed_at, pk__in=unread_of(person, claimed_at).values("pk"))
    clients = sorted(set(mine.values_list("client_id", flat=True)))
    mine.update(noticed_at=None)
    witness_each("message.notice_failed", by=by, client_ids=clients)
