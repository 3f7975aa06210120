"""The outbox for staff: what failed and why, and another try. No texts and no addresses are shown or kept."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from workforce.notifications import services
from workforce.notifications.models import Delivery


@admin.register(Delivery)
class DeliveryAdmin(admin.ModelAdmin):
    """Messages on their way out; nothing is edited by hand."""

    list_display = ("ref", "channel", "kind", "state", "tries", "next_try_at", "last_error", "created_at")
    list_filter = ("state", "channel")
    list_select_related = ("notification",)
    search_fields = ("ref",)
    show_full_result_count = False
    actions = ("try_again",)
    fields = (
        "ref",
        "channel",
        "kind",
        "cadence",
        "day",
        "state",
        "tries",
        "next_try_at",
        "locked_until",
        "last_error",
        "provider_id",
        "sent_at",
        "created_at",
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Messages come from what happens."""
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """All of them."""
        return self.fields

    @admin.display(description=_("kind"))
    def kind(self, row: Delivery) -> str:
        """What it tells of; a summary tells of several things."""
        return row.notification.kind if row.notification else "-"

    @admin.action(description=_("Try again what has failed"), permissions=["change"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[Delivery]) -> None:
        """Put the chosen failed ones back."""
        count = services.try_again(delivery_ids=queryset.values_list("pk", flat=True))
        text = ngettext("%(count)d message will be tried again.", "%(count)d messages will be tried again.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS)
