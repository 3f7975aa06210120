"""Django's handle on this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EmployersConfig(AppConfig):
    """Plants and the roles they offer."""

    name = "workforce.employers"
    label = "employers"
    verbose_name = _("Employers and roles")

    def ready(self) -> None:
        """Listen to what other apps tell, and tell on their pages what this one knows."""
        from workforce.employers import receivers  # noqa: F401, PLC0415  signals need the models to be loaded
        from workforce.employers.bulk import RoleImporter  # noqa: PLC0415  likewise
        from workforce.employers.own_words import words_in_imports  # noqa: PLC0415
        from workforce.employers.panels import open_roles  # noqa: PLC0415  and so do panels
        from workforce.imports import kinds  # noqa: PLC0415
        from workforce.skills import phrase_sources  # noqa: PLC0415
        from workforce.skills.panels import register  # noqa: PLC0415

        kinds.register(RoleImporter())
        register(open_roles, order=10)
        phrase_sources.register(words_in_imports)
