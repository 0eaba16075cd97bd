"""The app's name for Django."""

from django.apps import AppConfig


class CareConfig(AppConfig):
    """Clients and care relationships."""

    name = "holdfast_web.care"
    label = "care"
