"""Django's handle on this app."""

from django.apps import AppConfig


class TechniciansConfig(AppConfig):
    """Job seekers and what they can do."""

    name = "workforce.technicians"
    label = "technicians"
