"""What stands beside a place to write: what was agreed, what will happen, one's own draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.audit.witness import clinical_read, not_clinical, witness
from holdfast_web.care.models import Client
from holdfast_web.care.rules import is_client
from holdfast_web.correspondence.contact import Contact, contact_of
from holdfast_web.correspondence.hours import Foreseen, foresee
from holdfast_web.correspondence.models import Draft, Message, Thread
from holdfast_web.correspondence.rules import may_go_on, may_write
from holdfast_web.lib.decision import Decision


@dataclass(frozen=True, slots=True)
class Writing:
    """Whether somebody may write, and what happens to what they send now.

    Attributes
    ----------
    may
        Whether they may write here.
    reader
        The other's name.
    foreseen
        What happens to a message sent now; ``None`` where nobody may write.
    today
        How many they have sent today.
    """

    contact: Contact
    may: Decision
    reader: str
    foreseen: Foreseen | None
    today: int

    @property
    def waits(self) -> bool:
        """Whether a message sent now doesn't arrive at once."""
        return self.foreseen is not None and self.foreseen.waits

    @property
    def is_a_lot(self) -> bool:
        """Whether they have sent as many today as the two agreed on, or more."""
        return self.today >= self.contact.a_day


@dataclass(frozen=True, slots=True)
class DraftView:
    """What somebody has begun to write."""

    about: str = ""
    words: str = ""
    saved_at: datetime | None = None
    edition: int = 0


@not_clinical("what two people agreed about writing, shown to one of them; no message is read")
def writing_of(client: Client, thread: Thread | None, *, viewer: Person) -> Writing:
    """Return whether somebody may write, and what would happen to it now."""
    contact = contact_of(client)
    may = may_go_on(viewer, thread, contact) if thread else may_write(viewer, client, contact)
    foreseen, today = None, 0
    if may and contact.hours is not None:
        now = timezone.now()
        mine = is_client(viewer, client)
        foreseen = foresee(now, contact.hours, contact.within if mine else None)
        today = _sent_since(_midnight(now, contact), viewer, client)
    reader = _other(viewer, client, contact)
    return Writing(contact, may, reader, foreseen, today)


@clinical_read
def draft_of(client: Client, thread: Thread | None, *, viewer: Person) -> DraftView:
    """Return the viewer's own draft; an empty one if there is none."""
    rows = Draft.objects.seen_by(viewer, of=client.pk)
    found: Draft | None = rows.filter(author=viewer, client=client, thread=thread).first()
    witness("messages.viewed", by=viewer, client_id=client.pk)
    if found is None:
        return DraftView()
    return DraftView(found.about, found.words, found.saved_at, found.edition)


def _sent_since(then: datetime, viewer: Person, client: Client) -> int:
    rows = Message.objects.seen_by(viewer, of=client.pk).filter(author=viewer, client=client)
    found: int = rows.filter(written_at__gte=then, taken_back_at=None).count()
    return found


def _midnight(now: datetime, contact: Contact) -> datetime:
    assert contact.hours is not None  # noqa: S101 - asked for only where they agreed
    local = now.astimezone(contact.hours.zone)
    return local.replace(hour=0, minute=0, second=0, microsecond=0)


def _other(viewer: Person, client: Client, contact: Contact) -> str:
    if is_client(viewer, client):
        return contact.care.therapist.name if contact.care else ""
    return str(client.name)
