"""Hiring in the admin: read, not written, so that history stays what happened."""

from django.contrib import admin
from django.http import HttpRequest

from workforce.hiring.models import Application, ApplicationEvent, Placement


class EventInline(admin.TabularInline):
    """The moves of an application."""

    model = ApplicationEvent
    extra = 0
    can_delete = False
    readonly_fields = ("from_state", "to_state", "side", "actor", "reason", "at")

    def has_add_permission(self, request: HttpRequest, obj: Application | None = None) -> bool:
        """Moves are made by people on the site."""
        return False


@admin.register(Application)
class ApplicationAdmin(admin.ModelAdmin):
    """Applications with their history."""

    list_display = ("ref", "role", "state", "created_at", "answered_at")
    list_filter = ("state",)
    readonly_fields = ("role", "technician", "state", "answered_at", "quiet_since", "reminders")
    inlines = (EventInline,)
    list_select_related = ("role",)


@admin.register(Placement)
class PlacementAdmin(admin.ModelAdmin):
    """Placements from hires and institutes."""

    list_display = ("technician", "employer_name", "hired_on", "source")
    list_filter = ("source", "related")
    raw_id_fields = ("technician", "application", "role", "employer", "recorded_by", "recorded_for")
