"""E-mail that says only that there is something to read, and never what or from whom."""

from __future__ import annotations

from holdfast_web.accounts.letters import address_of, send_letter
from holdfast_web.accounts.models import Person
from holdfast_web.care.context import the_practice
from holdfast_web.care.models import Client


def tell_client(client: Client) -> None:
    """Tell a client that there is something to read, unless they want no e-mail."""
    person: Person | None = client.person
    if person is not None and not client.no_email:
        tell(person, "/")


def tell(person: Person, path: str) -> None:
    """Tell somebody by e-mail, once what happened is kept, that there is something to read.

    Parameters
    ----------
    person
        Whom.
    path
        Where it is read, after signing in.
    """
    practice = the_practice()
    name = practice.name if practice is not None else "Holdfast"
    send_letter(
        person.email,
        f"{name}: there is something for you to read",
        f"Dear {person.name},",
        "there is something for you to read. Please sign in to see it:",
        address_of(path),
        "For privacy, nothing of it stands in this e-mail.",
        name,
    )
