"""``holdfast keys``: the practice's keys, created, checked, rotated."""

from __future__ import annotations

import os

import typer

from holdfast_web.commands.django import need_web, say_and_stop, started
from holdfast_web.home import keyring_file

keys = typer.Typer(
    help="Keep the practice's keys: they lie outside the database, and open what it holds.",
    no_args_is_help=True,
)


@keys.command()
def create() -> None:
    """Create the keyring of a new practice; never over one that is there."""
    need_web()
    from holdfast_web.vault.keyring import new_keyring, write_keyring

    path = keyring_file()
    if path.exists():
        raise say_and_stop(f"There are keys at {path}, and they stay. To renew them: keys rotate.")
    write_keyring(new_keyring(), path)
    typer.echo(
        f"The keys are at {path}. Copy them to a safe place that isn't the backup's: "
        "without them nobody can read the records, and nobody can help."
    )


@keys.command()
def check() -> None:
    """Check that the keyring is there, closed to others, and opens every client's keys."""
    with started():
        from holdfast_web.vault.keyring import keyring
        from holdfast_web.vault.keys import unreadable_keys
        from holdfast_web.vault.models import ClientKey

        bad = unreadable_keys()
        count = ClientKey.objects.count()
        if bad:
            raise say_and_stop(
                f"{len(bad)} of {count} client keys don't open with this keyring. "
                "Put back the keyring that belongs to this database."
            )
        ring = keyring()
        typer.echo(
            f"All is well: {count} client keys open; "
            f"{len(ring.practice)} practice key(s), {ring.current.name} in use."
        )


@keys.command()
def rotate() -> None:
    """Make a new practice key and wrap every client's key with it.

    Safe to stop at any time, and while the server runs: a key leaves the keyring only when nothing
    needs it any more, and not before the next rotation.
    """
    with started():
        from django.db import transaction

        from holdfast_web.vault.keyring import (
            keyring,
            read_keyring,
            rotated,
            without_old_keys,
            write_keyring,
        )
        from holdfast_web.vault.keys import wrap_anew
        from holdfast_web.vault.models import ClientKey

        path = keyring_file()
        if os.environ.get("HOLDFAST_KEYS"):
            raise say_and_stop(
                "The keys come from the environment (HOLDFAST_KEYS), where this command can't "
                "write. Put them in a file (HOLDFAST_KEYS_FILE) to rotate them."
            )
        write_keyring(rotated(read_keyring(path)), path)
        with transaction.atomic():
            changed = wrap_anew()
        needed = set(ClientKey.objects.values_list("practice_key", flat=True))
        write_keyring(without_old_keys(keyring(), needed), path)
        typer.echo(
            f"{changed} client keys are wrapped with the new key. Copy {path} to its safe place "
            "again, and keep the old copy as long as backups from before."
        )
