"""Django's handle on this app."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Invented people, plants and institutes."""

    name = "workforce.demo"
    label = "demo"
