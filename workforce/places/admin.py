"""Zones in the admin."""

from __future__ import annotations

from django.contrib import admin

from workforce.places.models import Zone, ZoneTravel


@admin.register(Zone)
class ZoneAdmin(admin.ModelAdmin):
    """Zones; a new one's travel times are estimated until somebody stores better ones."""

    list_display = ("code", "name", "city", "country", "latitude", "longitude")
    list_filter = ("country", "city")
    search_fields = ("code", "name", "city")


@admin.register(ZoneTravel)
class ZoneTravelAdmin(admin.ModelAdmin):
    """Travel times; correct what the estimate gets wrong."""

    list_display = ("origin", "destination", "minutes")
    list_editable = ("minutes",)
    list_filter = ("origin",)
    list_select_related = ("origin", "destination")
    autocomplete_fields = ("origin", "destination")
