"""Addresses of intakes, matching and reviews."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "fit"
urlpatterns: list[URLPattern] = []
