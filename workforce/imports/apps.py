"""Django's handle on this app."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Ways to bring a file in, used by every app."""

    name = "workforce.imports"
    label = "imports"
