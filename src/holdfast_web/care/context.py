"""What every page needs: the practice and its crisis help."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from holdfast_web.care.models import Practice


def practice(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 - Django passes it
    """Return the practice for templates."""
    return {"practice": the_practice()}


def the_practice() -> Practice | None:
    """Return the practice's row; ``None`` before it was set up."""
    return Practice.objects.select_related("deputy").first()
