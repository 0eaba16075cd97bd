"""What every menu needs: how much waits to be read."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from holdfast_web.accounts.models import Person
from holdfast_web.correspondence.queries.waiting import Waiting, waiting_for


def messages_waiting(request: HttpRequest) -> dict[str, Any]:
    """Return what waits for whoever looks; asked for only where a page shows it, and once."""

    def found() -> Waiting:
        viewer = request.user
        return waiting_for(viewer) if isinstance(viewer, Person) else Waiting()

    return {"messages_waiting": SimpleLazyObject(found)}
