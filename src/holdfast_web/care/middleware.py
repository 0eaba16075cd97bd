"""A request asks for the practice once."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from holdfast_web.care.context import one_practice


class OnePractice:
    """Keeps the practice's row for one request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        with one_practice():
            return self.get_response(request)
