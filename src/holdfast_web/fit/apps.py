"""The app's name for Django."""

from django.apps import AppConfig


class FitConfig(AppConfig):
    """Registers the app."""

    name = "holdfast_web.fit"
    label = "fit"
