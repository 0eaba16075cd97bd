"""Notices by e-mail: that something waits to be read, and nothing of what, or from whom.

``holdfast remind`` calls :func:`notices_due` every few minutes; it may safely run twice at once.
"""

from __future__ import annotations

import smtplib
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from holdfast_web.accounts.models import Person
from holdfast_web.correspondence.actions.noticing import claim_notice, give_back_notice
from holdfast_web.correspondence.contact import zone_here
from holdfast_web.correspondence.queries.waiting import to_be_noticed

DAYTIME = range(8, 21)
SECONDS = 10
SUBJECT = "Something is waiting for you"
BODY = """Hello,

There is something for you to read. Please sign in to see it:

{address}

This e-mail says nothing more on purpose. The next one comes only after you have looked.
"""


def notices_due(now: datetime) -> int:
    """Mail whoever has something new to read, once until they have looked, and never at night.

    Nothing is told before a message is delivered, nor to a client who wants no e-mails.

    Returns
    -------
    int
        How many mails were sent.
    """
    if now.astimezone(zone_here()).hour not in DAYTIME:
        return 0
    sent = 0
    for person in to_be_noticed(now):
        if claim_notice(by=None, person=person, now=now):
            sent += _mail(person, now)
    return sent


def _mail(person: Person, now: datetime) -> bool:
    mail = EmailMessage(SUBJECT, BODY.format(address=settings.ADDRESS), to=[person.email])
    try:
        sent = bool(get_connection(timeout=SECONDS).send_messages([mail]))
    except (OSError, smtplib.SMTPException):
        sent = False
    if not sent:
        give_back_notice(by=None, person=person, claimed_at=now)
    return sent
