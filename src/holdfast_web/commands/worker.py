"""``holdfast worker``: reads transcripts in the background."""

from __future__ import annotations

import os
import signal
from typing import Annotated

import typer

from holdfast_web.commands.children import end_with_parent
from holdfast_web.commands.django import started

NICE = 5
"""Pages come first where a processor is short."""


def worker(
    every: Annotated[
        float, typer.Option(help="Seconds between two looks for work.", min=0.05, max=60)
    ] = 0.5,
    child: Annotated[int, typer.Option(help="Of which process.", hidden=True)] = 0,
) -> None:
    """Read transcripts that wait; holdfast serve starts one, a large practice may start more."""
    with started():
        from holdfast_web.analysis.reader import stopping
        from holdfast_web.analysis.worker import work

        for one in (signal.SIGINT, signal.SIGTERM):
            signal.signal(one, lambda *_: stopping.set())
        if child:
            end_with_parent(child, stopping.set)
        if hasattr(os, "nice"):
            os.nice(NICE)
        work(every)
