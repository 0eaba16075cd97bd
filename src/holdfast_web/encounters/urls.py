"""Addresses of encounters."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "encounters"
urlpatterns: list[URLPattern] = []
