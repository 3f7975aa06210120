"""Django's handle on this app."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """What every app shares and none owns."""

    name = "workforce.core"
    label = "core"

    def ready(self) -> None:
        """Register what ``check --deploy`` says of our own settings."""
        from workforce.core import checks  # noqa: F401, PLC0415  (imported for its registrations)
