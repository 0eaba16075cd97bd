"""Addresses of care: invitations, people, settings, emergencies."""

from __future__ import annotations

from django.urls import path

from holdfast_web.care.views import emergency, invitations, people, settings

app_name = "care"
urlpatterns = [
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("clients/new/", invitations.new_client, name="new_client"),
    path("practice/people/", people.people, name="people"),
    path("practice/people/<uuid:person_id>/", people.account, name="account"),
    path("practice/care/<uuid:care_id>/", people.hand_over, name="hand_over"),
    path("practice/invitations/<uuid:invitation_id>/", people.withdraw, name="withdraw"),
    path("practice/settings/", settings.settings, name="settings"),
    path("practice/settings/crisis/", settings.crisis, name="crisis"),
    path("practice/settings/country/", settings.country, name="country"),
    path("emergency/", emergency.emergency, name="emergency"),
    path("emergency/<uuid:access_id>/", emergency.seen, name="emergency_seen"),
]
