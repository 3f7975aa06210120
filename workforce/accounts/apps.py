"""Django's handle on this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Who logs in, and for which organization."""

    name = "workforce.accounts"
    label = "accounts"
    verbose_name = _("People and organizations")

    def ready(self) -> None:
        """Listen to what happens to our own rows."""
        from workforce.accounts import receivers  # noqa: F401, PLC0415  needs the models to be loaded
