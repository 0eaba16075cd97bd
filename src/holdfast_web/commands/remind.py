"""``holdfast remind``: the practice's clockwork, for letters that wait for their time."""

from __future__ import annotations

import os
import time
from typing import Annotated

import typer

from holdfast_web.commands.children import end_with_parent
from holdfast_web.commands.django import started


def remind(
    every: Annotated[int, typer.Option(help="Go on, every so many seconds; 0 is once.", min=0)] = 0,
    child: Annotated[int, typer.Option(help="Of which process.", hidden=True)] = 0,
) -> None:
    """Send reminders that are due, and letters about safety that could not go out before.

    Transcripts that were kept for as long as agreed are erased.
    """
    if child:
        # As a signal would end it.
        end_with_parent(child, lambda: os._exit(0))
    with started():
        while True:
            sent, told = _letters()
            erased = _past_their_time()
            if not every:
                typer.echo(f"{sent} reminders sent, {told} letters about safety sent again.")
                if erased:
                    typer.echo(f"{erased} transcript(s) erased, kept for as long as agreed.")
                return
            time.sleep(every)


def _letters() -> tuple[int, int]:
    from django.db import close_old_connections
    from django.utils import timezone

    from holdfast_web.measures.reminders import remind_due
    from holdfast_web.measures.telling import tell_of_safety

    close_old_connections()
    return remind_due(timezone.now()), tell_of_safety()


def _past_their_time() -> int:
    from holdfast_web.analysis.retention import remove_all_outdated

    return remove_all_outdated()
