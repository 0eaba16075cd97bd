"""Addresses of encounters."""

from __future__ import annotations

from django.urls import URLPattern, path

from holdfast_web.encounters.views import notes, planning

app_name = "encounters"
ONE = "clients/<uuid:client_id>/sessions/<uuid:session_id>/"
urlpatterns: list[URLPattern] = [
    path("clients/<uuid:client_id>/sessions/plan/", planning.plan, name="plan"),
    path("clients/<uuid:client_id>/private-note/", notes.own_note, name="own_note"),
    path(ONE, notes.session, name="session"),
    path(f"{ONE}change/", planning.change, name="change"),
    path(f"{ONE}cancelled/", planning.became, {"what": "cancelled"}, name="cancel"),
    path(f"{ONE}missed/", planning.became, {"what": "missed"}, name="miss"),
    path(f"{ONE}again/", planning.became, {"what": "again"}, name="plan_again"),
    path(f"{ONE}note/", notes.note, name="note"),
    path(f"{ONE}private-note/", notes.private_note, name="private_note"),
]
