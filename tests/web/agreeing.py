"""Makes agreements for tests: offered, and accepted by both."""

from __future__ import annotations

from holdfast_web.agreements.actions import accept, begin_agreement
from holdfast_web.agreements.models import Version
from holdfast_web.care.models import Practice
from tests.web.conftest import Cast

FILLED = {
    "about_your_therapist": {
        "terms": {
            "address": "4 Tern Street",
            "qualifications": "diploma in counselling",
            "registered_with": "the register, no. 12",
        }
    },
    "exceptions": {"terms": {"legal_duties": "what the law says about terrorism"}},
    "fees": {"terms": {"amount": "£55"}},
    "complaints": {"terms": {"outside_body": "the professional body"}},
}
"""What fills the blanks of the clauses that ship."""


def reachable() -> None:
    """Give the practice a phone number and an e-mail address, which clauses name."""
    Practice.objects.update(phone="01632 960 117", email="hello@example.org")


def offered(cast: Cast) -> Version:
    """Return an agreement that the therapist has offered."""
    reachable()
    return begin_agreement(by=cast.therapist, care=cast.care, changes=FILLED)


def agreed_upon(cast: Cast) -> Version:
    """Return an agreement that both have accepted."""
    return accept(by=cast.client_person, version=offered(cast))
