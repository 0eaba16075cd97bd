"""Clients' keys: made, opened, wrapped anew, destroyed.

Opened keys are kept for the length of one request or command (``opened``), so that a page with
sixty clients asks the database once, and no key outlives the work it was opened for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from holdfast_web.lib.among import Several
from holdfast_web.vault.cipher import CannotOpen, new_key, open_sealed, seal
from holdfast_web.vault.keyring import Keyring, KeyringError, keyring
from holdfast_web.vault.models import ClientKey, Purpose

Opened = dict[tuple[UUID, str], bytes]
_opened: ContextVar[Opened | None] = ContextVar("opened_keys", default=None)


@contextmanager
def opened() -> Iterator[None]:
    """Keep opened keys until the end of the block."""
    token = _opened.set({})
    try:
        yield
    finally:
        _opened.reset(token)


def make_keys(client_id: UUID) -> None:
    """Make a client's keys, one for each purpose."""
    current = keyring().current
    ClientKey.objects.bulk_create(
        ClientKey(
            client_id=client_id,
            purpose=purpose,
            wrapped=seal(current.key, new_key(), _place(client_id, purpose)),
            practice_key=current.name,
        )
        for purpose in Purpose
    )


def open_keys(client_ids: Iterable[UUID], purpose: str = Purpose.RECORD) -> None:
    """Open many clients' keys with one query, for the work that follows."""
    kept = _opened.get()
    if kept is None:
        return
    missing = [one for one in set(client_ids) if (one, purpose) not in kept]
    if not missing:
        return
    ring = keyring()
    rows = ClientKey.objects.filter(client_id__among=Several(missing), purpose=purpose)
    for client_id, name, wrapped in rows.values_list("client_id", "practice_key", "wrapped"):
        place = _place(client_id, purpose)
        kept[client_id, purpose] = open_sealed(ring.named(name), bytes(wrapped), place)


def key_of(client_id: UUID, purpose: str) -> bytes:
    """Return a client's key.

    Raises
    ------
    CannotOpen
        If it was destroyed: the client was erased.
    """
    kept = _opened.get()
    if kept is not None and (client_id, purpose) in kept:
        return kept[client_id, purpose]
    row = ClientKey.objects.filter(client_id=client_id, purpose=purpose).first()
    if row is None:
        raise CannotOpen("This client's key was destroyed. What it sealed can't be read any more.")
    key = _unwrap(row, keyring())
    if kept is not None:
        kept[client_id, purpose] = key
    return key


def destroy_keys(client_id: UUID) -> None:
    """Destroy a client's keys: whatever they sealed is unreadable from now on."""
    ClientKey.objects.filter(client_id=client_id).delete()
    kept = _opened.get()
    for purpose in Purpose:
        if kept is not None:
            kept.pop((client_id, purpose), None)


def wrap_anew() -> int:
    """Wrap every key with the practice key in use; return how many changed."""
    ring, changed = keyring(), 0
    current = ring.current
    for row in ClientKey.objects.exclude(practice_key=current.name).select_for_update():
        row.wrapped = seal(current.key, _unwrap(row, ring), _place(row.client_id, row.purpose))
        row.practice_key = current.name
        row.save(update_fields=("wrapped", "practice_key"))
        changed += 1
    return changed


def _unwrap(row: ClientKey, ring: Keyring) -> bytes:
    place = _place(row.client_id, row.purpose)
    return open_sealed(ring.named(row.practice_key), bytes(row.wrapped), place)


def _place(client_id: UUID, purpose: str) -> str:
    return f"vault.clientkey.{purpose}:{client_id}"


def unreadable_keys() -> tuple[UUID, ...]:
    """Return the clients whose keys don't open with this keyring."""
    found = []
    for row in ClientKey.objects.iterator():
        try:
            _unwrap(row, keyring())
        except (CannotOpen, KeyringError):
            found.append(row.client_id)
    return tuple(found)
