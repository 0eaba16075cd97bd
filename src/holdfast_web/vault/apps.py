"""The app's name for Django."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """Keys of clients."""

    name = "holdfast_web.vault"
    label = "vault"
