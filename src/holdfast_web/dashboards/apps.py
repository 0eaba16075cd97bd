"""The app's name for Django."""

from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    """Registers the app."""

    name = "holdfast_web.dashboards"
    label = "dashboards"
