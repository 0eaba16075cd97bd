"""Tells every page that it belongs to a demo; in use only in one."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def demo(request: HttpRequest) -> dict[str, bool]:  # noqa: ARG001 - Django passes it
    """Return whether this is a demo."""
    return {"demo": settings.DEMO}
