"""The app's name for Django."""

from django.apps import AppConfig


class AnalysisConfig(AppConfig):
    """Registers the app."""

    name = "holdfast_web.analysis"
    label = "analysis"
