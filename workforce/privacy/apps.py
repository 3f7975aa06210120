"""Django's handle on this app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    """What each person can do about their own data."""

    name = "workforce.privacy"
    label = "privacy"
    verbose_name = _("Privacy")

    def ready(self) -> None:
        """Start to listen."""
        import_module("workforce.privacy.receivers")
