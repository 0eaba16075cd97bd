"""Addresses of dashboards."""

from __future__ import annotations

from django.urls import URLPattern, path

from holdfast_web.dashboards.views import relationship, sessions

app_name = "dashboards"
urlpatterns: list[URLPattern] = [
    path("sessions/", sessions.ahead, name="sessions"),
    path("sessions/<uuid:session_id>/held/", sessions.held, name="hold"),
    path("clients/<uuid:client_id>/", relationship.relationship, name="relationship"),
    path("clients/<uuid:client_id>/show/", relationship.show, name="show"),
    path("clients/<uuid:client_id>/show/done/", relationship.put_away, name="put_away"),
    path("supervision/<uuid:client_id>/", relationship.supervised, name="supervised"),
]
