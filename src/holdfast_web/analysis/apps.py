"""The app's name for Django."""

from django.apps import AppConfig


class AnalysisConfig(AppConfig):
    """Registers the app, and what it does when a consent is taken back."""

    name = "holdfast_web.analysis"
    label = "analysis"

    def ready(self) -> None:
        """Listen to consents."""
        from holdfast_web.analysis import withdrawal  # noqa: F401 - it registers by itself
