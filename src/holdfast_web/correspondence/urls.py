"""Addresses of messages."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "correspondence"
urlpatterns: list[URLPattern] = []
