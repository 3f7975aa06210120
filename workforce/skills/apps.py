"""Django's handle on this app."""

from django.apps import AppConfig


class SkillsConfig(AppConfig):
    """The bilingual taxonomy: skills, occupations, credentials."""

    name = "workforce.skills"
    label = "skills"
