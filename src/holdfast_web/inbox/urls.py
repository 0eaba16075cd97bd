"""Addresses of what doesn't feel right, as the practice reads it."""

from __future__ import annotations

from django.urls import URLPattern, path

from holdfast_web.inbox import views

app_name = "inbox"
urlpatterns: list[URLPattern] = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/<uuid:concern_id>/", views.answer_for_practice, name="answer_for_practice"),
    path("clients/<uuid:client_id>/concerns/", views.concerns, name="concerns"),
    path(
        "clients/<uuid:client_id>/concerns/<uuid:concern_id>/",
        views.answer,
        name="answer",
    ),
]
