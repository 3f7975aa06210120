"""Django's handle on this app."""

from django.apps import AppConfig


class HiringConfig(AppConfig):
    """Applications, answers and placements."""

    name = "workforce.hiring"
    label = "hiring"
