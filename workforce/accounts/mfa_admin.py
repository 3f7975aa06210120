"""Second factors in the admin: staff see who has one, and reset a lost one; nobody sees a secret."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from workforce.accounts import second_factor
from workforce.core.errors import DomainError


class AuthenticatorAdmin(admin.ModelAdmin):
    """To reset is an action: it asks who may, leaves a trace and tells the person."""

    list_display = ("user", "type", "created_at", "last_used_at")
    list_filter = ("type",)
    list_select_related = ("user",)
    search_fields = ("user__email",)
    fields = readonly_fields = ("user", "type", "created_at", "last_used_at")
    actions = ("reset",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only the person sets one up."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing in it is for others to edit."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Not here: without the action nobody would be told. Together with their account, yes."""
        match = request.resolver_match
        if match is None or (match.url_name or "").startswith("mfa_authenticator"):
            return False
        return super().has_delete_permission(request, obj)

    def has_reset_permission(self, request: HttpRequest) -> bool:
        """Those who hold the permission that Django calls delete."""
        return bool(request.user.has_perm("mfa.delete_authenticator"))

    @admin.action(description=_("Reset: the person lost the phone and the recovery codes"), permissions=["reset"])
    def reset(self, request: HttpRequest, queryset: QuerySet[Authenticator]) -> None:
        """Take the second factor from the owners of the chosen rows, all rows of each."""
        for user_id in sorted(set(queryset.order_by().values_list("user_id", flat=True))):
            try:
                second_factor.reset(actor=request.user, user_id=user_id)  # type: ignore[arg-type]
            except DomainError as error:
                self.message_user(request, str(error), messages.ERROR)
            else:
                self.message_user(request, _("The two-step log-in was reset. We told the person."), messages.SUCCESS)
