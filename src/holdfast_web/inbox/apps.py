"""The app's name for Django."""

from django.apps import AppConfig


class InboxConfig(AppConfig):
    """Registers the app."""

    name = "holdfast_web.inbox"
    label = "inbox"
