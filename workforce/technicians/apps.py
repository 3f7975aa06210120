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
        """Start to listen, and offer lists of people as a kind of import."""
        from workforce.imports import kinds  # noqa: PLC0415  needs the models to be loaded
        from workforce.skills.phrase_sources import register  # noqa: PLC0415  likewise
        from workforce.technicians.own_words import words_in_profiles  # noqa: PLC0415  likewise
        from workforce.technicians.people_import import PeopleImporter  # noqa: PLC0415  likewise

        import_module("workforce.technicians.receivers")
        kinds.register(PeopleImporter())
        register(words_in_profiles)
