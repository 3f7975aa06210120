"""Places in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from workforce.places.models import Park, Zone, ZoneTravel


class ByHandAdmin(admin.ModelAdmin):
    """Whatever staff save here is kept by hand from then on: our list leaves it alone."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Mark it, unless the mark itself is what was changed."""
        if "by_hand" not in form.changed_data:
            obj.by_hand = True
        super().save_model(request, obj, form, change)


@admin.register(Zone)
class ZoneAdmin(ByHandAdmin):
    """Zones; a new one's travel times are estimated until somebody stores better ones."""

    list_display = ("code", "name", "city", "country", "latitude", "longitude", "approximate", "retired", "by_hand")
    list_filter = ("country", "retired", "by_hand", "city")
    search_fields = ("code", "name", "name_en", "city")


@admin.register(Park)
class ParkAdmin(ByHandAdmin):
    """Industrial parks."""

    list_display = ("code", "name", "zone", "approximate", "retired", "by_hand")
    list_filter = ("retired", "by_hand", "zone__city")
    list_select_related = ("zone",)
    search_fields = ("code", "name")
    autocomplete_fields = ("zone",)


@admin.register(ZoneTravel)
class ZoneTravelAdmin(admin.ModelAdmin):
    """Travel times; correct what the estimate gets wrong."""

    list_display = ("origin", "destination", "minutes")
    list_editable = ("minutes",)
    list_filter = ("origin",)
    list_select_related = ("origin", "destination")
    autocomplete_fields = ("origin", "destination")
