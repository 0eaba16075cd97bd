"""The app's name for Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People and invitations."""

    name = "holdfast_web.accounts"
    label = "accounts"
