"""Django's handle on this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SkillsConfig(AppConfig):
    """The bilingual taxonomy: skills, occupations, credentials."""

    name = "workforce.skills"
    label = "skills"
    verbose_name = _("Skills and occupations")

    def ready(self) -> None:
        """Offer staff their queue in the header."""
        from workforce.core.navigation import register  # noqa: PLC0415  the app must be loaded
        from workforce.skills.menu import staff_items  # noqa: PLC0415  likewise

        register(staff_items)
