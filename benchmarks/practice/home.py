"""A home for the benchmark's practice: keys and an empty database, gone when it is over."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def new_home() -> Iterator[None]:
    """Set Django up in a folder of its own; nothing of the practice may be imported before."""
    with TemporaryDirectory() as folder:
        os.environ |= {
            "HOLDFAST_HOME": folder,
            "HOLDFAST_HTTPS": "0",
            "DJANGO_SETTINGS_MODULE": "holdfast_web.settings",
        }
        import django

        from holdfast_web.vault.keyring import new_keyring, write_keyring

        write_keyring(new_keyring(), Path(folder) / "keys.json")
        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        yield
