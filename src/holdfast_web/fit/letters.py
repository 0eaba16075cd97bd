"""Letters about an intake: that there is something, and nothing of what it is."""

from __future__ import annotations

from django.urls import reverse

from holdfast_web.accounts.letters import address_of, send_letter
from holdfast_web.accounts.models import Person
from holdfast_web.care.context import the_practice
from holdfast_web.fit.models import Intake
from holdfast_web.fit.opening import token_of

KEEP = "Keep this letter: the link is yours alone, and whoever has it can read what is there."
NOT_FOR_EMERGENCIES = (
    "Nobody watches this address day and night. In danger, ring the emergency number."
)


def send_invitation(to: str, intake: Intake) -> None:
    """Send somebody the link to questions of the practice."""
    send_letter(
        to,
        f"{_name()}: a link for you",
        "There are some questions for you to answer, in your own time, at this link:",
        _link(intake),
        KEEP,
        NOT_FOR_EMERGENCIES,
        _name(),
    )


def send_own_link(to: str, intake: Intake) -> None:
    """Send somebody the link that they asked for."""
    send_letter(
        to,
        f"{_name()}: your link",
        "You asked for this link, so that you can go on later:",
        _link(intake),
        KEEP,
        NOT_FOR_EMERGENCIES,
        _name(),
    )


def tell_the_person(intake: Intake) -> bool:
    """Tell the person that there is something to read; say whether there is a way to."""
    client = intake.client
    if client.no_email:
        return False
    to = client.person.email if client.person else intake.said.get("contact", {}).get("email", "")
    if not to:
        return False
    place = address_of("/me/intake/") if client.person else _link(intake)
    send_letter(
        to,
        f"{_name()}: there is something for you to read",
        "There is something for you to read here:",
        place,
        "For privacy, nothing of it stands in this letter.",
        _name(),
    )
    return True


def tell_the_reader(reader: Person | None) -> None:
    """Tell who reads the intakes that one waits."""
    if reader is None:
        return
    send_letter(
        reader.email,
        f"{_name()}: somebody is waiting for an answer",
        f"Dear {reader.name},",
        "somebody is waiting for an answer. Please sign in to see it:",
        address_of(reverse("fit:intakes")),
        "For privacy, nothing of it stands in this letter.",
    )


def tell_the_chosen(therapist: Person) -> None:
    """Tell a therapist that somebody has chosen them, and nothing of whom."""
    send_letter(
        therapist.email,
        f"{_name()}: somebody is waiting for your answer",
        f"Dear {therapist.name},",
        "somebody is waiting for your answer. Please sign in to see it:",
        address_of(reverse("fit:profile")),
        "For privacy, nothing of it stands in this letter.",
    )


def _link(intake: Intake) -> str:
    return address_of(reverse("fit:intake", args=(token_of(intake.pk),)))


def _name() -> str:
    practice = the_practice()
    return practice.name if practice is not None else "Holdfast"
