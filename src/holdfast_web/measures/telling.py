"""E-mails that say that something waits, and nothing of what it is."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse

from holdfast_web.care.models import Client
from holdfast_web.care.records import therapist_now
from holdfast_web.measures.actions.safety import note_mailed
from holdfast_web.measures.models import SafetyAnswer
from holdfast_web.measures.standing_in import reader_for, stand_ins

SECONDS = 10
SUBJECT = "Something needs a person to look at it today"
BODY = """Hello {name},

Somebody answered something that a person should see. Please sign in and look:

{address}

This e-mail says nothing of what was answered, or by whom. Until somebody has written down what was
done, it stays on that page.
"""


def tell_of_safety(only: Collection[UUID] | None = None) -> int:
    """E-mail whoever must know that there is an urgent answer; return for how many it was done.

    Without ``only`` it is the clockwork's second try: all that nobody was told of yet. The mail
    goes out before anything is written, so that no writer waits for a mail server.
    """
    rows = SafetyAnswer.objects.for_the_practice("nothing of it is told").filter(
        urgent=True, acknowledged_at=None, mailed_at=None
    )
    if only is not None:
        rows = rows.filter(pk__in=only)
    waiting = list(rows.defer("told", "done").select_related("client"))
    by_client = {one.client_id: one.client for one in waiting}
    reached = {client.pk for client in by_client.values() if _mail(client)}
    told = [one for one in waiting if one.client_id in reached]
    if told:
        note_mailed(by=None, answers=told)
    return len(told)


def _mail(client: Client) -> bool:
    """Tell a client's therapist, or who reads intakes, and who stands in; say if it reached one."""
    therapist = therapist_now(client)
    answering = (therapist, reader_for(client), *stand_ins())
    people = dict.fromkeys(one for one in answering if one is not None)
    address = settings.ADDRESS + reverse("measures:safety")
    mails = [
        EmailMessage(SUBJECT, BODY.format(name=one.name, address=address), to=[one.email])
        for one in people
    ]
    # A mail server that doesn't answer must not keep the client waiting.
    return bool(get_connection(timeout=SECONDS).send_messages(mails))
