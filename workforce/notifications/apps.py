"""Django's handle on this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    """Inbox, outbox, and what each person wants to be told how."""

    name = "workforce.notifications"
    label = "notifications"
    verbose_name = _("Notifications")

    def ready(self) -> None:
        """Know every kind, and listen to the apps below."""
        from workforce.notifications import kinds, receivers  # noqa: F401, PLC0415  need the models to be loaded
