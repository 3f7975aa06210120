"""Django's handle on this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    """Zones of the region and how long it takes between them."""

    name = "workforce.places"
    label = "places"
    verbose_name = _("Places")
