"""Reminders by e-mail: that something waits, and nothing of what it is.

``holdfast remind`` calls :func:`remind_due` every few minutes; it may safely run twice at once.
"""

from __future__ import annotations

import logging
import smtplib
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from holdfast_web.care.context import the_practice
from holdfast_web.measures.actions.reminding import claim_reminder, give_back_reminder
from holdfast_web.measures.models import Sheet
from holdfast_web.measures.queries.asking import sheets_to_remind

AFTER = timedelta(hours=4)
UNTIL = timedelta(days=10)
WORKDAYS = range(5)
HOURS = range(9, 18)
SECONDS = 10
SUBJECT = "A check-in is waiting for you"
BODY = """Hello,

There is a check-in waiting for you. It takes about a minute, and you may leave it out.

{address}

This e-mail says nothing more on purpose, and comes once. If you would rather not get any, tell us
in the next session.
"""

log = logging.getLogger(__name__)


def remind_due(now: datetime) -> int:
    """Mail those for whom something has been waiting since some hours, once for each sheet.

    Nobody is mailed outside office hours, nor who asked for no e-mails.

    Returns
    -------
    int
        How many mails were sent.
    """
    if not in_office_hours(now):
        return 0
    sent = 0
    for sheet in sheets_to_remind(now - AFTER, now - UNTIL):
        if claim_reminder(by=None, client_id=sheet.client_id, before=now - AFTER, now=now):
            sent += _mail(sheet, now)
    return sent


def in_office_hours(now: datetime) -> bool:
    """Say whether the practice would ring somebody at this time: weekdays from nine to six."""
    practice = the_practice()
    zone = practice.time_zone if practice else settings.TIME_ZONE
    local = now.astimezone(ZoneInfo(zone))
    return local.weekday() in WORKDAYS and local.hour in HOURS


def _mail(sheet: Sheet, now: datetime) -> bool:
    person = sheet.client.person
    assert person is not None  # noqa: S101 - the query asks for it
    mail = EmailMessage(SUBJECT, BODY.format(address=settings.ADDRESS), to=[person.email])
    try:
        sent = bool(get_connection(timeout=SECONDS).send_messages([mail]))
    except (OSError, smtplib.SMTPException) as error:
        log.warning("A reminder could not be mailed: %s.", type(error).__name__)
        sent = False
    if not sent:
        give_back_reminder(by=None, client_id=sheet.client_id, claimed_at=now)
    return sent
