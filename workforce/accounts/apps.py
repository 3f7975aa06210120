"""Django's handle on this app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who logs in, and for which organization."""

    name = "workforce.accounts"
    label = "accounts"
