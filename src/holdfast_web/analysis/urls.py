"""Addresses of transcripts and findings."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "analysis"
RECORD = "clients/<uuid:client_id>/"
SESSION = f"{RECORD}sessions/<uuid:session_id>/"
urlpatterns: list[URLPattern] = []
