"""Django's handle on this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SkillsConfig(AppConfig):
    """The bilingual taxonomy: skills, occupations, credentials."""

    name = "workforce.skills"
    label = "skills"
    verbose_name = _("Skills and occupations")
