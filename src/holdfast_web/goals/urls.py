"""Addresses of goals and of what helps."""

from __future__ import annotations

from django.urls import URLPattern, path

from holdfast_web.goals.views import goals, helps

app_name = "goals"
urlpatterns: list[URLPattern] = [
    path("me/goals/", goals.my_goals, name="my_goals"),
    path("me/goals/<uuid:goal_id>/", goals.my_goal, name="my_goal"),
    path("me/helps/", helps.my_helps, name="my_helps"),
    path("me/helps/<uuid:help_id>/", helps.my_help, name="my_help"),
    path("clients/<uuid:client_id>/goals/", goals.goals, name="goals"),
    path("clients/<uuid:client_id>/goals/<uuid:goal_id>/", goals.goal, name="goal"),
    path("clients/<uuid:client_id>/helps/", helps.helps, name="helps"),
    path("clients/<uuid:client_id>/helps/<uuid:help_id>/", helps.help_of, name="help"),
]
