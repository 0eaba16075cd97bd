"""What a request read is written down in one go, before its answer leaves."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from holdfast_web.audit.witness import one_writing


class Witnessed:
    """Writes the events of a request's reads; if that fails, nothing of them is shown."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, once what was read is witnessed."""
        with one_writing():
            return self.get_response(request)
