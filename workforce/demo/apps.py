"""Django's handle on this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    """Invented people, plants and institutes."""

    name = "workforce.demo"
    label = "demo"
    verbose_name = _("Demo")
