"""Addresses of changes of therapist and endings."""

from __future__ import annotations

from django.urls import URLPattern, path

from holdfast_web.handover.views import endings, mine, practice, theirs

app_name = "handover"
urlpatterns: list[URLPattern] = [
    path("me/change/", mine.change, name="change"),
    path("me/change/tell/", mine.tell, name="tell"),
    path("me/change/who/", mine.who, name="who"),
    path("me/change/passes/", mine.passes, name="passes"),
    path("me/change/agree/", mine.agree, name="agree"),
    path("me/change/not-now/", mine.not_now, name="not_now"),
    path("me/change/take-back/", mine.take_back, name="take_back"),
    path("clients/<uuid:client_id>/hand-over/", theirs.hand_over, name="hand_over"),
    path("hand-overs/", theirs.waiting, name="waiting"),
    path("hand-overs/<uuid:hand_over_id>/", theirs.settle, name="settle"),
    path("practice/changes/", practice.changes, name="changes"),
    path("practice/changes/<uuid:care_id>/", practice.begin, name="begin"),
    path("me/ending/", endings.my_ending, name="my_ending"),
    path("clients/<uuid:client_id>/ending/", endings.ending, name="ending"),
]
