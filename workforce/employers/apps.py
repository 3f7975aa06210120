"""Django's handle on this app."""

from django.apps import AppConfig


class EmployersConfig(AppConfig):
    """Plants and the roles they offer."""

    name = "workforce.employers"
    label = "employers"
