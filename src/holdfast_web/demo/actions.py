"""The one thing that is done with a demo: it is made, all or nothing."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.audit.witness import action, witness
from holdfast_web.care.models import Practice
from holdfast_web.demo.cast import Cast, the_cast
from holdfast_web.demo.past.agreeing import agreed, came
from holdfast_web.demo.past.asking import asked, opened_to_all
from holdfast_web.demo.past.calendar import calendar_of
from holdfast_web.demo.past.founding import PASSWORD, founded
from holdfast_web.demo.past.hearing import heard
from holdfast_web.demo.past.looking import looked
from holdfast_web.demo.past.meeting import met
from holdfast_web.demo.past.parting import parted
from holdfast_web.demo.past.relating import related
from holdfast_web.demo.past.reviewing import reviewed
from holdfast_web.demo.past.showing import shown
from holdfast_web.demo.past.stage import Beat, play
from holdfast_web.demo.past.wanting import wanted
from holdfast_web.demo.past.writing import wrote
from holdfast_web.lib.refusals import Refused

BEFORE_THE_FIRST = timedelta(days=60)
SETTLED_IN = timedelta(days=20)


@action
def make_demo(*, by: None = None, now: datetime | None = None) -> Practice:
    """Make the invented practice, up to now; none of its letters is sent.

    Parameters
    ----------
    by
        Nobody: it is made by the command line.
    now
        When the story ends; the moment of the call by default.

    Raises
    ------
    Refused
        Outside a demo, or if there is a practice here already.
    """
    if not settings.DEMO:
        raise Refused("A demo is made with: holdfast demo")
    if Practice.objects.exists():
        raise Refused("There is a practice here already.")
    letters = len(connection.run_on_commit)
    stage = play(_story(the_cast(), now or timezone.now()))
    # Hashed once: to hash it for each of them would take longer than all that they ever did.
    Person.objects.update(password=make_password(PASSWORD))
    del connection.run_on_commit[letters:]
    practice = Practice.objects.get()
    witness("demo.made", by=by, subject=practice, people=len(stage.people))
    return practice


def _story(cast: Cast, now: datetime) -> Iterator[Beat]:
    """Return all that happened, in any order."""
    zone = ZoneInfo(cast.practice["time_zone"])
    calendars = {one.key: calendar_of(one, now, zone) for one in cast.patients}
    begun = min(one.start(1) for one in calendars.values()) - BEFORE_THE_FIRST
    yield from founded(cast, begun)
    yield from opened_to_all(cast, begun + SETTLED_IN)
    for therapist, patient in itertools.product(cast.therapists, cast.patients):
        if patient.therapist != therapist.key:
            continue
        calendar = calendars[patient.key]
        yield from came(patient, therapist, calendar)
        yield from agreed(patient, therapist, cast, calendar)
        yield from met(patient, therapist, cast, calendar)
        yield from wanted(patient, therapist, calendar)
        yield from related(patient, therapist, cast, calendar)
        yield from heard(patient, therapist, calendar)
        yield from shown(patient, therapist, cast, calendar)
        yield from reviewed(patient, therapist, cast, calendar)
        yield from parted(patient, therapist, cast, calendar)
        yield from looked(patient, therapist, cast, calendar)
    yield from wrote(cast, now)
    yield from asked(cast, now)
