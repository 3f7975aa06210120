"""Django's handle on this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Who logs in, and for which organization."""

    name = "workforce.accounts"
    label = "accounts"
    verbose_name = _("People and organizations")

    def ready(self) -> None:
        """Listen to what happens to our rows, and offer our items in the header."""
        from workforce.accounts import mfa_receivers, receivers  # noqa: F401, PLC0415  (models are not loaded before)
        from workforce.accounts.menu import staff_items  # noqa: PLC0415  (models are not loaded before)
        from workforce.core.navigation import register  # noqa: PLC0415

        register(staff_items)
