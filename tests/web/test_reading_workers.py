"""Real workers, in processes of their own: killed, two at once, and beside the web server."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.web.homes import COMMAND, Home, at

PATIENCE = 90.0
MAKES = """
from types import SimpleNamespace
from holdfast_web.accounts.models import Person, Role
from holdfast_web.analysis.actions.reading import start_analysis
from holdfast_web.care.actions import open_record
from tests.web.transcripts import TALK, brought, vtt
def person(name, role):
    return Person.objects.create_person(email=f"{{name}}@example.org", name=name, role=role)
for number in range({therapists}):
    tessa = person(f"tessa{{number}}", Role.THERAPIST)
    care = open_record(by=tessa, name=f"Cleo {{number}}", therapist=tessa)
    care.client.person = person(f"cleo{{number}}", Role.CLIENT)
    care.client.save()
    cast = SimpleNamespace(
        therapist=tessa, care=care, client=care.client, client_person=care.client.person)
    start_analysis(by=tessa, transcript=brought(cast, vtt(TALK * {times})))
"""
WAITS = """
import time
from holdfast_web.analysis.models import Analysis
from holdfast_web.audit.chain import verify
from holdfast_web.audit.models import Event
rows = Analysis.objects.for_the_practice("a test")
until = time.monotonic() + 80
while rows.filter(state__in=("waiting", "running")).exists() and time.monotonic() < until:
    time.sleep(0.2)
for one in rows.defer("findings").order_by("asked_at"):
    told = Event.objects.filter(subject=f"analysis.analysis:{one.pk}").order_by("place")
    print(one.state, one.tries, *[event.what.removeprefix("analysis.") for event in told])
print("audit", verify().problems)
"""


@contextmanager
def working(home: Home, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command of the practice until the block ends."""
    command = [sys.executable, "-c", COMMAND, *(words or ("worker", "--every", "0.1"))]
    process = subprocess.Popen(  # noqa: S603 - our own command
        command, env=home.env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)


def ask(home: Home, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(home.path / "practice.sqlite3", timeout=20)) as database:
        found = database.execute(sql).fetchall()
        database.commit()
        return found


def until(what: Callable[[], Any]) -> Any:
    """Wait for something to come true."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = what()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError("It did not happen in time.")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return at(tmp_path / "home").set_up()


def test_what_a_killed_worker_was_reading_is_taken_up_again_and_read_once(home: Home) -> None:
    home.python(MAKES.format(therapists=1, times=40))
    with working(home) as first:
        until(lambda: ask(home, "SELECT 1 FROM analysis_analysis WHERE state = 'running'"))
        time.sleep(0.7)
        first.send_signal(signal.SIGKILL)
        first.wait()
    ((state, findings),) = ask(home, "SELECT state, findings FROM analysis_analysis")
    assert (state, findings) == ("running", None), "it was killed in the middle"
    ask(home, "UPDATE analysis_analysis SET beats_at = '2026-01-01 00:00:00'")
    with working(home):
        done, audit = home.python(WAITS).splitlines()
    assert done == "done 2 asked begun taken_up begun kept"
    assert audit == "audit ()"


def test_a_worker_that_is_asked_to_end_gives_back_what_it_reads_at_once(home: Home) -> None:
    home.python(MAKES.format(therapists=1, times=40))
    with working(home) as first:
        until(lambda: ask(home, "SELECT 1 FROM analysis_analysis WHERE state = 'running'"))
        first.terminate()
        assert first.wait(60) == 0
    assert ask(home, "SELECT state, tries FROM analysis_analysis") == [("waiting", 0)]


def test_two_workers_never_read_the_same(home: Home) -> None:
    read_by_two(home)


def test_two_workers_never_read_the_same_on_postgresql(server: Any, tmp_path: Path) -> None:
    server.psql("CREATE DATABASE readings;")
    (tmp_path / "home").mkdir()
    uri = server.get_uri(database="readings")
    read_by_two(at(tmp_path / "home", HOLDFAST_DATABASE=uri).set_up())


def read_by_two(home: Home) -> None:
    home.python(MAKES.format(therapists=6, times=2))
    with working(home), working(home):
        *readings, audit = home.python(WAITS).splitlines()
    assert readings == ["done 1 asked begun kept"] * 6
    assert audit == "audit ()"


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are found under /proc")
def test_the_web_server_has_its_worker_beside_it_for_as_long_as_it_is_there(home: Home) -> None:
    from tests.web.processes import children_of, is_there

    told = ("serve", "--port", "0", "--workers", "1")
    with working(home, *told) as web:
        worker = until(lambda: children_of(web.pid, "worker"))[0]
        assert children_of(web.pid, "remind")
        os.kill(worker, signal.SIGKILL)
        other = until(lambda: [one for one in children_of(web.pid, "worker") if one != worker])[0]
        clock, *_ = children_of(web.pid, "remind")
        serving = children_of(web.pid, "serve")
        web.send_signal(signal.SIGKILL)
        web.wait()
        until(lambda: not is_there(other))
        until(lambda: not is_there(clock))
        for one in serving:  # the web server's own child, which outlives it
            os.kill(one, signal.SIGKILL)
