"""Addresses of measures."""

from __future__ import annotations

from django.urls import URLPattern, path

from holdfast_web.measures.views import (
    asked,
    guesses,
    links,
    ruptures,
    safety,
    sheets,
    signals,
)

app_name = "measures"
MINE = "me/sheets/<uuid:sheet_id>/"
CLIENT = "clients/<uuid:client_id>/"
AFTER = f"{CLIENT}sessions/<uuid:session_id>/after/"
SHEET = f"{CLIENT}sheets/<uuid:sheet_id>/"
SIGNAL = f"{CLIENT}signals/<uuid:signal_id>/"
RUPTURE = f"{CLIENT}ruptures/<uuid:rupture_id>/"

asking: list[URLPattern] = [
    path(MINE, sheets.sheet, name="sheet"),
    path(f"{MINE}kept/", sheets.kept, name="kept"),
    path(f"{MINE}thanks/", sheets.thanks, name="thanks"),
    path(AFTER, guesses.after, name="after"),
    path(f"{AFTER}kept/", guesses.kept, name="guess_kept"),
    path(SHEET, guesses.answers, name="answers"),
    path(f"{SHEET}link/", links.make, name="make_link"),
    path(f"{SHEET}withdraw/", asked.withdraw, name="withdraw"),
    path(f"{CLIENT}links/<uuid:link_id>/", links.link, name="link"),
    path(f"{CLIENT}asked/", asked.asked, name="asked"),
    path(f"{CLIENT}asked/<uuid:assignment_id>/end/", asked.end, name="end"),
    path("waiting-room/thanks/", links.tablet_thanks, name="tablet_thanks"),
    path("w/<str:token>/", links.tablet, name="tablet"),
]
noticing: list[URLPattern] = [
    path("safety/", safety.safety, name="safety"),
    path("safety/<uuid:answer_id>/", safety.safety_answer, name="safety_answer"),
    path(f"{CLIENT}safety/", safety.client_safety, name="client_safety"),
    path(f"{CLIENT}signals/", signals.signals, name="signals"),
    path(SIGNAL, signals.signal, name="signal"),
    path(f"{SIGNAL}answer/", signals.answer, name="answer_signal"),
    path(f"{SIGNAL}close/", signals.close, name="close_signal"),
    path(f"{SIGNAL}rupture/", ruptures.new_rupture, name="rupture_from_signal"),
    path(f"{CLIENT}ruptures/", ruptures.ruptures, name="ruptures"),
    path(f"{CLIENT}ruptures/new/", ruptures.new_rupture, name="new_rupture"),
    path(RUPTURE, ruptures.rupture, name="rupture"),
    path(f"{RUPTURE}step/", ruptures.step, name="add_step"),
    path(f"{RUPTURE}resolved/", ruptures.resolve, name="resolve_rupture"),
]
urlpatterns: list[URLPattern] = [*asking, *noticing]
