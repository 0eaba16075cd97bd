"""What is done to keep a record safe: copied, closed, erased; and the audit's chain checked."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.accounts.rules import runs_the_practice
from holdfast_web.audit.chain import Check, verify
from holdfast_web.audit.witness import action, witness
from holdfast_web.care.access import forget_access, runs
from holdfast_web.care.actions import end_care
from holdfast_web.care.models import CareRelationship, Client
from holdfast_web.keeping.copy import make_copy
from holdfast_web.keeping.erased import remember_erased
from holdfast_web.keeping.erasing import blank_client, blank_person, flush, remove_rows
from holdfast_web.keeping.rules import may_close_record, may_erase, may_take_a_copy
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import Refused
from holdfast_web.vault.keys import destroy_keys


@action
def check_chain(*, by: Person) -> Check:
    """Look through the audit's chain, for the owner."""
    require(runs_the_practice(by))
    found = verify()
    witness("audit.checked", by=by, events=found.events, problems=len(found.problems))
    return found


def take_copy(*, by: Person | None, client: Client) -> bytes:
    """Return a copy of everything that a client may have, as a zip file.

    Parameters
    ----------
    by
        The client; ``None`` for the command line, where a client has no account.
    client
        Whose record.
    """
    # The copy tells of itself: its event is written first.
    _note_copy(by=by, client=client)
    return make_copy(client)


@action
def _note_copy(*, by: Person | None, client: Client) -> None:
    if by is not None:
        require(may_take_a_copy(by, client))
    elif client.erased_at is not None:
        raise Refused("This record was erased. There is nothing to copy.")
    witness("record.copied", by=by, client_id=client.pk, subject=client)


@action
def close_record(*, by: Person, client: Client) -> Client:
    """End a client's care and close the record; it is kept as agreed, and nobody opens it."""
    require(may_close_record(by, client))
    open_ = Q(ends_at=None) | Q(ends_at__gt=timezone.now())
    for care in CareRelationship.objects.filter(open_, client=client).select_for_update():
        end_care(by=by, care=care)
    client.closed_at = timezone.now()
    client.save(update_fields=("closed_at",))
    witness("record.closed", by=by, client_id=client.pk, subject=client)
    return client


@action
def erase_record(*, by: Person | None, client: Client) -> Client:
    """Erase a record for good: its keys, its rows, the name on the account. A tombstone stays.

    Parameters
    ----------
    by
        The owner; ``None`` for the command line.
    client
        Whose care has ended.
    """
    rows = Client.objects.for_the_practice("erasing a record").select_for_update(of=("self",))
    client = rows.get(pk=client.pk)
    require(may_erase(by, client))
    witness("record.erased", by=by, client_id=client.pk, subject=client)
    _erase(client)
    return client


@action
def note_restored(*, made_at: str, erased: Iterable[UUID]) -> int:
    """Note that a backup was put back; erase again whom it brought back. Return how many."""
    rows = Client.objects.for_the_practice("erasing again what a backup brought back")
    found = list(rows.filter(pk__in=list(erased), erased_at=None).select_for_update(of=("self",)))
    for client in found:
        witness("record.erased_again", by=None, client_id=client.pk, subject=client)
        now = timezone.now()
        CareRelationship.objects.filter(runs(now), client=client).update(ends_at=now)
        ahead = CareRelationship.objects.filter(client=client, starts_at__gt=now)
        ahead.update(starts_at=now, ends_at=now)
        _erase(client)
    witness("backup.restored", by=None, made_at=made_at, erased_again=len(found))
    return len(found)


def _erase(client: Client) -> None:
    destroy_keys(client.pk)
    remove_rows(client.pk)
    if client.person is not None:
        forget_access(client.person)
        blank_person(client.person)
    blank_client(client)
    transaction.on_commit(lambda: remember_erased((client.pk,)))
    transaction.on_commit(flush)
