"""Addresses of transcripts and findings."""

from __future__ import annotations

from django.urls import URLPattern, path

from holdfast_web.analysis.views import reading

app_name = "analysis"
RECORD = "clients/<uuid:client_id>/"
SESSION = f"{RECORD}sessions/<uuid:session_id>/"

read = [
    path(f"{SESSION}analysis/start/", reading.start, name="start"),
    path(f"{SESSION}analysis/cancel/", reading.cancel, name="cancel"),
    path(f"{SESSION}analysis/progress/", reading.progress, name="progress"),
]
urlpatterns: list[URLPattern] = [*read]
