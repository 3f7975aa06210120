"""Django's handle on this app."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """What every app shares and none owns."""

    name = "workforce.core"
    label = "core"
