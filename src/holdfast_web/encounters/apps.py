"""The app's name for Django."""

from django.apps import AppConfig


class EncountersConfig(AppConfig):
    """Registers the app."""

    name = "holdfast_web.encounters"
    label = "encounters"
