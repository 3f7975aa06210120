"""Django's handle on this app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """What every app shares and none owns."""

    name = "workforce.core"
    label = "core"
    verbose_name = _("Basics")

    def ready(self) -> None:
        """Register what ``check --deploy`` says of our own settings, and what each app says of its rows."""
        from workforce.core import checks  # noqa: F401, PLC0415  (imported for its registrations)

        autodiscover_modules("personal", "invariants")
