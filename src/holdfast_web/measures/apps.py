"""The app's name for Django."""

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    """Registers the app."""

    name = "holdfast_web.measures"
    label = "measures"
