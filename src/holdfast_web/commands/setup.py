"""``holdfast setup``: a new practice with its keys, its database and its owner."""

from __future__ import annotations

from typing import Annotated

import typer

from holdfast_web.commands.django import need_web, started
from holdfast_web.home import home, keyring_file


def setup(
    practice: Annotated[str, typer.Option(prompt="Name of the practice", help="Its name.")],
    name: Annotated[str, typer.Option(prompt="Your name", help="The owner's name.")],
    email: Annotated[str, typer.Option(prompt="Your e-mail", help="To sign in with.")],
    country: Annotated[str, typer.Option(help="Two letters; for crisis help.")] = "GB",
) -> None:
    """Set a new practice up, and print the link with which its owner comes in."""
    need_web()
    from holdfast_web.vault.keyring import new_keyring, write_keyring

    home().mkdir(parents=True, exist_ok=True, mode=0o700)
    if not keyring_file().exists():
        write_keyring(new_keyring(), keyring_file())
    with started():
        from django.core.management import call_command

        call_command("migrate", verbosity=0, interactive=False)
        from holdfast_web.care.practice import set_up_practice

        link = set_up_practice(practice=practice, name=name, email=email, country=country)
    typer.echo(f"{practice} is ready, in {home()}.")
    typer.echo(f"Its keys are at {keyring_file()}: copy them to a safe place.")
    typer.echo(f"Start it with holdfast serve, then come in once by this link: {link}")
