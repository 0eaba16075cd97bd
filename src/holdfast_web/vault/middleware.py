"""Keys opened for a request are forgotten at its end."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from holdfast_web.vault.keys import opened


class OpenedKeys:
    """Keeps opened keys for one request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with a fresh, short-lived store of keys."""
        with opened():
            return self.get_response(request)
