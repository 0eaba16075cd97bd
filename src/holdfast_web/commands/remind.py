"""``holdfast remind``: the practice's clockwork, for letters that wait for their time."""

from __future__ import annotations

import time
from typing import Annotated

import typer

from holdfast_web.commands.django import started


def remind(
    every: Annotated[int, typer.Option(help="Go on, every so many seconds; 0 is once.", min=0)] = 0,
) -> None:
    """Send reminders that are due, and letters about safety that could not go out before."""
    with started():
        while True:
            sent, told = _letters()
            if not every:
                typer.echo(f"{sent} reminders sent, {told} letters about safety sent again.")
                return
            time.sleep(every)


def _letters() -> tuple[int, int]:
    from django.db import close_old_connections
    from django.utils import timezone

    from holdfast_web.measures.reminders import remind_due
    from holdfast_web.measures.telling import tell_of_safety

    close_old_connections()
    return remind_due(timezone.now()), tell_of_safety()
