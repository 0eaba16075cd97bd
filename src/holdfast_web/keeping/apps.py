"""The app's name for Django: it has pages and no rows of its own."""

from django.apps import AppConfig


class KeepingConfig(AppConfig):
    """Registers the pages."""

    name = "holdfast_web.keeping"
    label = "keeping"
