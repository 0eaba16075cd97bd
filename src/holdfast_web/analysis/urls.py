"""Addresses of transcripts and findings."""

from __future__ import annotations

from django.urls import URLPattern, path

from holdfast_web.analysis.views import bringing, reading, speaking

app_name = "analysis"
RECORD = "clients/<uuid:client_id>/"
SESSION = f"{RECORD}sessions/<uuid:session_id>/"

read = [
    path(f"{SESSION}analysis/start/", reading.start, name="start"),
    path(f"{SESSION}analysis/cancel/", reading.cancel, name="cancel"),
    path(f"{SESSION}analysis/progress/", reading.progress, name="progress"),
]
brought = [
    path(f"{SESSION}transcript/", bringing.bring, name="bring"),
    path(f"{SESSION}transcript/roles/", speaking.roles, name="roles"),
    path(f"{SESSION}transcript/lines/<int:line>/", speaking.mend, name="mend_line"),
    path(f"{SESSION}transcript/remove/", bringing.remove, name="remove"),
]
urlpatterns: list[URLPattern] = [*brought, *read]
