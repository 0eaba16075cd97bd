"""The bell between the web and the workers: "something waits", and not one word more.

A ring carries no argument. Which transcript is next is worked out when a worker is free
(``queue``), so the table of tasks holds nothing of anybody, and neither do its results.
"""

from __future__ import annotations

import logging

from django_tasks import task

from holdfast_web.analysis.reader import read_next

log = logging.getLogger(__name__)


@task()
def answer() -> None:
    """Read what is next, if anything waits; nothing is raised, as the table would keep it."""
    try:
        read_next()
    except Exception:
        log.exception("A worker could not go on.")


def ring() -> None:
    """Have a worker look; together with the transaction that is going on."""
    answer.enqueue()
