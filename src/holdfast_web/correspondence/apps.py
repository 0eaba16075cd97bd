"""The app's name for Django."""

from django.apps import AppConfig


class CorrespondenceConfig(AppConfig):
    """Registers the app."""

    name = "holdfast_web.correspondence"
    label = "correspondence"
