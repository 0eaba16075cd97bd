"""E-mails to the practice about changes and endings: that there is something to read."""

from __future__ import annotations

from holdfast_web.accounts.models import Person
from holdfast_web.inbox.letters import tell


def tell_staff(person: Person) -> None:
    """Tell somebody of the practice that there is something to read."""
    if person.is_active:
        tell(person, "/")
