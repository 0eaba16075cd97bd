"""E-mails about changes and endings: that there is something to read, and no more."""

from __future__ import annotations

from holdfast_web.accounts.models import Person
from holdfast_web.care.models import Client
from holdfast_web.inbox.letters import tell


def tell_client(client: Client) -> None:
    """Tell a client that there is something to read, unless they want no e-mail."""
    person: Person | None = client.person
    if person is not None and not client.no_email:
        tell(person, "/")


def tell_staff(person: Person) -> None:
    """Tell somebody of the practice that there is something to read."""
    if person.is_active:
        tell(person, "/")
