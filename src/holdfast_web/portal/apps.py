"""The app's name for Django."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Registers the app."""

    name = "holdfast_web.portal"
    label = "portal"
