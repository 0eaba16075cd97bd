"""The app's name for Django: it has template tags and no rows."""

from django.apps import AppConfig


class LibConfig(AppConfig):
    """Registers the template tags."""

    name = "holdfast_web.lib"
    label = "lib"
