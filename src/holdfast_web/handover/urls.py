"""Addresses of changes of therapist and endings."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "handover"
urlpatterns: list[URLPattern] = []
