"""Django's handle on this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    """Ways to bring a file in, used by every app."""

    name = "workforce.imports"
    label = "imports"
    verbose_name = _("Imports")
