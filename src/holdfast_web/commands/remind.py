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

    Whoever has a message to read is told so, without a word of it. Transcripts that were kept for
    as long as agreed are erased, and so is what somebody began to tell who asked for help and
    didn't hand in within thirty days.
    """
    if child:
        # As a signal would end it.
        end_with_parent(child, lambda: os._exit(0))
    with started():
        while True:
            sent, told = _letters()
            noticed = _notices()
            erased, unfinished = _past_their_time(), _never_handed_in()
            opened = _due_reviews()
            if not every:
                typer.echo(f"{sent} reminders sent, {told} letters about safety sent again.")
                if noticed:
                    typer.echo(f"{noticed} notice(s) of messages sent.")
                if erased:
                    typer.echo(f"{erased} transcript(s) erased, kept for as long as agreed.")
                if unfinished:
                    typer.echo(f"{unfinished} intake(s) erased that were never handed in.")
                if opened:
                    typer.echo(f"{opened} review(s) opened: it is time to look at how it goes.")
                return
            time.sleep(every)


def _letters() -> tuple[int, int]:
    from django.db import close_old_connections
    from django.utils import timezone

    from holdfast_web.measures.reminders import remind_due
    from holdfast_web.measures.telling import tell_of_safety

    close_old_connections()
    return remind_due(timezone.now()), tell_of_safety()


def _notices() -> int:
    from django.utils import timezone

    from holdfast_web.correspondence.notices import notices_due

    return notices_due(timezone.now())


def _past_their_time() -> int:
    from holdfast_web.analysis.retention import remove_all_outdated

    return remove_all_outdated()


def _due_reviews() -> int:
    from holdfast_web.fit.clockwork import open_due_reviews

    return open_due_reviews()


def _never_handed_in() -> int:
    from holdfast_web.keeping.unfinished import erase_unfinished

    return erase_unfinished()
