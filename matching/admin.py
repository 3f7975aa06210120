"""What staff may look at: nothing here is edited by hand."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from matching.models import EngineVersion, RebuildRun, RefreshRequest, ScoreSnapshot


class ReadOnlyAdmin(admin.ModelAdmin[Any]):
    """Looked at, never written."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Rows come from the workers."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is edited."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is removed."""
        return False


@admin.register(EngineVersion)
class EngineVersionAdmin(ReadOnlyAdmin):
    """Fitted engines."""

    list_display = ("version", "fitted_at")


@admin.register(RebuildRun)
class RebuildRunAdmin(ReadOnlyAdmin):
    """Rebuilds and how they ended."""

    list_display = ("pk", "state", "version", "day", "technicians", "roles", "shards", "started_at", "finished_at")
    list_filter = ("state",)


@admin.register(RefreshRequest)
class RefreshRequestAdmin(ReadOnlyAdmin):
    """What is pending."""

    list_display = ("kind", "object_id", "seq", "requested_at", "applied_to")
    list_filter = ("kind",)


@admin.register(ScoreSnapshot)
class ScoreSnapshotAdmin(ReadOnlyAdmin):
    """Scores at the moment of applying."""

    list_display = ("application", "score", "rank", "listed", "part", "version", "taken_at")
    list_filter = ("part", "version")
    list_select_related = ("application",)
