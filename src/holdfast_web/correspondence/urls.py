"""Addresses of messages: the same pages for the client and for their therapist."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.http import HttpResponse
from django.urls import URLPattern, path

from holdfast_web.correspondence.views import reading, writing
from holdfast_web.correspondence.views.place import READERS, mine, theirs

app_name = "correspondence"

READ: dict[str, tuple[str, Callable[..., HttpResponse]]] = {
    "threads": ("messages/", reading.threads),
    "newer_threads": ("messages/new/", reading.newer_threads),
    "thread": ("messages/<uuid:thread_id>/", writing.thread),
    "newer": ("messages/<uuid:thread_id>/new/", reading.newer),
    "file": ("messages/files/<uuid:attachment_id>/", reading.file),
}
WRITE: dict[str, tuple[str, Callable[..., HttpResponse]]] = {
    "write": ("messages/write/", writing.write),
    "new_draft": ("messages/draft/", writing.keep_draft),
    "draft": ("messages/<uuid:thread_id>/draft/", writing.keep_draft),
    "take_back": ("messages/take-back/<uuid:message_id>/", reading.take_message_back),
}


def _both() -> Iterator[URLPattern]:
    for name, (route, view) in (READ | WRITE).items():
        yield path(f"me/{route}", mine(view), name=f"my_{name}")
        gate = theirs(*READERS) if name in READ else theirs()
        yield path(f"clients/<uuid:client_id>/{route}", gate(view), name=name)


urlpatterns: list[URLPattern] = [
    *_both(),
    path(
        "clients/<uuid:client_id>/messages/settled/<uuid:message_id>/",
        theirs()(reading.settle_message),
        name="settle",
    ),
    path("messages/", reading.all_messages, name="all"),
    path("messages/new/", reading.all_newer, name="all_newer"),
]
