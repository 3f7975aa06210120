"""Django's handle on this app."""

from django.apps import AppConfig


class EmployersConfig(AppConfig):
    """Plants and the roles they offer."""

    name = "workforce.employers"
    label = "employers"

    def ready(self) -> None:
        """Listen to what other apps tell."""
        from workforce.employers import receivers  # noqa: F401, PLC0415  signals need the models to be loaded
