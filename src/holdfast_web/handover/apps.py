"""The app's name for Django."""

from django.apps import AppConfig


class HandoverConfig(AppConfig):
    """Registers the app."""

    name = "holdfast_web.handover"
    label = "handover"
