"""Addresses of the demo; there are none outside of one."""

from __future__ import annotations

from django.urls import path

from holdfast_web.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.doors, name="doors"),
    path("as/<uuid:person_id>/", views.enter, name="enter"),
]
