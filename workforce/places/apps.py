"""Django's handle on this app."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Zones of the region and how long it takes between them."""

    name = "workforce.places"
    label = "places"
