"""Times at which messages are read, for tests that run at any hour."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from holdfast_web.care.models import Client
from holdfast_web.correspondence.contact import contact_of

A_MINUTE = timedelta(minutes=1)
A_QUARTER = timedelta(minutes=15)


def last_open(client: Client) -> datetime:
    """Return a moment that is over, at which messages are read and a minute before as well."""
    hours = contact_of(client).hours
    assert hours is not None
    moment = timezone.now() - A_MINUTE
    while not (hours.are_open(moment) and hours.are_open(moment - A_MINUTE)):
        moment -= A_QUARTER
    return moment
