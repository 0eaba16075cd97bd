"""Where reviews stand: among the client's own pages, or under one of a therapist's clients."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from holdfast_web.care.models import Client


@dataclass(frozen=True, slots=True)
class Place:
    """Whose reviews a page shows, and the addresses that belong to it."""

    client: Client
    mine: bool

    @property
    def all(self) -> str:
        """The list."""
        return self._address("fit:my_reviews", "fit:reviews")

    def one(self, review_id: UUID) -> str:
        """Return the page of one."""
        return self._address("fit:my_review", "fit:review", review_id=review_id)

    @property
    def agreement(self) -> str:
        """Where a change of what was agreed is proposed."""
        return self._address("agreements:my_agreement", "agreements:agreement")

    @property
    def goals(self) -> str:
        """The goals."""
        return self._address("goals:my_goals", "goals:goals")

    @property
    def ending(self) -> str:
        """Where an ending is planned."""
        return self._address("handover:my_ending", "handover:ending")

    @property
    def change(self) -> str:
        """Where a client asks for somebody else."""
        return reverse("handover:change")

    def _address(self, mine: str, theirs: str, **row: UUID) -> str:
        if self.mine:
            return reverse(mine, kwargs=row)
        return reverse(theirs, kwargs={"client_id": self.client.pk, **row})
