"""How somebody comes to their own intake: by the link that is theirs, or signed in.

A link's token is worked out from the intake's id with the practice's secret, so that a letter can
name it again; the database has only its SHA-256, which opens nothing.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from holdfast_web.accounts.models import Person
from holdfast_web.fit.models import Intake
from holdfast_web.lib.refusals import NotYours
from holdfast_web.lib.tokens import hash_of

SALT = "holdfast.intake"
LASTS = timedelta(days=30)
BY_LINK = "a link opens one intake to the person whose it is"


@dataclass(frozen=True, slots=True)
class Door:
    """How somebody comes in.

    Attributes
    ----------
    by
        Who has signed in; ``None`` where the link is all that they have.
    token
        Of the link; ``""`` for somebody who has signed in.
    """

    by: Person | None = None
    token: str = ""

    @property
    def front(self) -> str:
        """Where they begin and go on."""
        return self._at("intake")

    @property
    def result(self) -> str:
        """Where they read what we make of it."""
        return self._at("intake_result")

    @property
    def people(self) -> str:
        """Where they choose among people who could work with them."""
        return self._at("people")

    def page(self, slug: str) -> str:
        """Return the address of a page."""
        return self._at("intake_page", slug)

    def _at(self, name: str, *more: str) -> str:
        if self.by is not None:
            return reverse(f"fit:my_{name}", args=more)
        return reverse(f"fit:{name}", args=(self.token, *more))


def token_of(intake_id: UUID) -> str:
    """Return an intake's token: 256 bits, written for an address."""
    digest = salted_hmac(SALT, str(intake_id), algorithm="sha256").digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")


def rows_behind(door: Door) -> Any:
    """Return the one intake that a door opens, as a query; none that is closed to it."""
    if door.by is not None:
        rows = Intake.objects.seen_by(door.by).filter(client__person=door.by)
    else:
        rows = Intake.objects.for_the_practice(BY_LINK).filter(
            token_hash=hash_of(door.token), ends_at__gt=timezone.now(), client__person=None
        )
    return rows.filter(client__erased_at=None).select_related("client__person", "decided_by")


def behind(door: Door, *, lock: bool = False) -> Intake:
    """Return the intake that a door opens.

    Parameters
    ----------
    lock
        Whether to hold it still until the transaction ends.

    Raises
    ------
    NotYours
        If there is none, the link is too old, or the person has an account by now and signs in.
    """
    rows = rows_behind(door)
    found: Intake | None = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if found is None:
        raise NotYours
    return found
