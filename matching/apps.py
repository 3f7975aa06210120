"""Django's handle on matching."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MatchingConfig(AppConfig):
    """Connects the receivers that turn a change of data into a refresh request."""

    name = "matching"
    verbose_name = _("Matching")

    def ready(self) -> None:
        """Listen to the events of the apps below."""
        from matching import receivers  # noqa: F401, PLC0415  (once models are ready)
