"""Places in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest

from workforce.places.events import places_changed
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

    list_display = ("origin", "destination", "minutes", "car_minutes")
    list_editable = ("minutes", "car_minutes")
    list_filter = ("origin",)
    list_select_related = ("origin", "destination")
    autocomplete_fields = ("origin", "destination")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Who can get where has changed: say so."""
        super().save_model(request, obj, form, change)
        if form.changed_data:
            places_changed.send(sender=ZoneTravel)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Back to the estimate: say so."""
        super().delete_model(request, obj)
        places_changed.send(sender=ZoneTravel)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        """Several at once, said once."""
        with transaction.atomic():
            super().delete_queryset(request, queryset)
            places_changed.send(sender=ZoneTravel)
