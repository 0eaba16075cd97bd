"""The worker: answers the bell, takes up what killed workers left, sweeps the bell's table."""

from __future__ import annotations

import time
from datetime import timedelta
from uuid import uuid4

from django.db import close_old_connections
from django.utils import timezone
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, DEFAULT_TASK_QUEUE_NAME
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from holdfast_web.analysis.queue import turns
from holdfast_web.analysis.reader import stopping, take_up_silent
from holdfast_web.analysis.tasks import ring

LOOK_ROUND_SECONDS = 5.0
SWEEP_AFTER = timedelta(hours=1)


def work(every: float) -> None:
    """Work until this process is asked to stop (``reader.stopping``).

    Parameters
    ----------
    every
        Seconds between two looks at the bell, where nothing rings.
    """
    name, looked = uuid4().hex, 0.0
    while not stopping.is_set():
        close_old_connections()
        if time.monotonic() - looked >= LOOK_ROUND_SECONDS:
            look_round()
            looked = time.monotonic()
        # A plain look first: taking from the table locks it, also where there is nothing.
        if DBTaskResult.objects.ready().exists():
            _answer_once(name)
        else:
            stopping.wait(every)


def look_round() -> None:
    """Take up what was left, ring for what waits without a ring, sweep old rings away."""
    take_up_silent()
    for _ in range(len(turns()) - DBTaskResult.objects.ready().count()):
        ring()
    old = timezone.now() - SWEEP_AFTER
    DBTaskResult.objects.exclude(status="READY").filter(started_at__lt=old).delete()


def _answer_once(name: str) -> None:
    Worker(
        queue_names=[DEFAULT_TASK_QUEUE_NAME],
        interval=0,
        batch=True,
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        startup_delay=False,
        max_tasks=1,
        worker_id=name,
        excluded_queue_names=[],
    ).run()
