"""Django's handle on this app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TechniciansConfig(AppConfig):
    """Job seekers and what they can do."""

    name = "workforce.technicians"
    label = "technicians"
    verbose_name = _("Job seekers")

    def ready(self) -> None:
        """Start to listen."""
        import_module("workforce.technicians.receivers")
