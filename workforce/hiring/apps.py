"""Django's handle on this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HiringConfig(AppConfig):
    """Applications, answers and placements."""

    name = "workforce.hiring"
    label = "hiring"
    verbose_name = _("Hiring")
