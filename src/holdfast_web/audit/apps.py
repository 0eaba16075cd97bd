"""The app's name for Django."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Witness of every read and write of a client's record."""

    name = "holdfast_web.audit"
    label = "audit"
