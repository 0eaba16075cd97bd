"""Starts Django for a command, or says in a sentence why it can't."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from contextlib import contextmanager

import typer

INSTALL = "The practice's web application needs more packages: pip install 'holdfast[web]'"


def say_and_stop(sentence: str) -> typer.Exit:
    """Say why a command can't go on; raise what is returned."""
    typer.echo(sentence, err=True)
    return typer.Exit(1)


def need_web() -> None:
    """Stop with the command that helps, if the web packages aren't installed."""
    if importlib.util.find_spec("django") is None or importlib.util.find_spec("allauth") is None:
        raise say_and_stop(INSTALL)


@contextmanager
def started(*, keys: bool = True) -> Iterator[None]:
    """Set Django up, keep opened keys for the length of the command, and say errors plainly."""
    need_web()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdfast_web.settings")
    import django

    from holdfast_web.environment import SettingError
    from holdfast_web.lib.refusals import PracticeError
    from holdfast_web.vault.keyring import KeyringError, keyring

    try:
        if keys:
            keyring()
        django.setup()
        from holdfast_web.vault.keys import opened

        with opened():
            yield
    except (KeyringError, PracticeError, SettingError) as error:
        raise say_and_stop(str(error)) from None
