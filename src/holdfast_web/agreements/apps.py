"""The app's name for Django."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """Registers the app."""

    name = "holdfast_web.agreements"
    label = "agreements"
