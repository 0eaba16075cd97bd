"""The session that a page is of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponseRedirect
from django.shortcuts import redirect

from holdfast_web.accounts.models import Person
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.records import record_for
from holdfast_web.encounters.models import Session
from holdfast_web.encounters.queries import session_for


@dataclass(frozen=True, slots=True)
class Place:
    """A client's session, open to whoever asked."""

    client: Client
    session: Session

    @property
    def context(self) -> dict[str, Any]:
        """What every page of a session is filled with."""
        return {"client": self.client, "session": self.session}

    def redirect(self, name: str) -> HttpResponseRedirect:
        """Lead to another page of the same session."""
        return redirect(f"analysis:{name}", client_id=self.client.pk, session_id=self.session.pk)


def place_for(viewer: Person, client_id: UUID, session_id: UUID) -> Place:
    """Return the session whose transcript is, or would be, open to somebody.

    Raises
    ------
    NotYours
        To everybody else.
    """
    client = record_for(viewer, client_id, Part.TRANSCRIPTS)
    return Place(client, session_for(session_id, client, viewer=viewer))
