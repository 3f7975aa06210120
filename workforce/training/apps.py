"""Django's handle on this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingConfig(AppConfig):
    """Programmes, cohorts and the people in them."""

    name = "workforce.training"
    label = "training"
    verbose_name = _("Training")

    def ready(self) -> None:
        """Tell on the page of a skill which programmes teach it, and listen to the taxonomy."""
        from workforce.skills.panels import register  # noqa: PLC0415  needs the models to be loaded
        from workforce.training import receivers  # noqa: F401, PLC0415
        from workforce.training.panels import programmes  # noqa: PLC0415

        register(programmes, order=20)
