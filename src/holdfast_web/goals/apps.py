"""The app's name for Django."""

from django.apps import AppConfig


class GoalsConfig(AppConfig):
    """Registers the app."""

    name = "holdfast_web.goals"
    label = "goals"
