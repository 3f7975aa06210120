"""Accounts in the admin: staff verify organizations here."""

from __future__ import annotations

from typing import Any, cast

from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import BaseUserCreationForm, UserChangeForm
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modeltranslation.admin import TranslationAdmin

from workforce.accounts import resets, services
from workforce.accounts.choices import Verification
from workforce.accounts.events import organization_changed
from workforce.accounts.mfa_admin import AuthenticatorAdmin
from workforce.accounts.models import Membership, Organization, User
from workforce.core.errors import DomainError


class UserCreationForm(BaseUserCreationForm):
    """Adds a user by e-mail."""

    class Meta:
        model = User
        fields = ("email", "language")
        field_classes: dict[str, type] = {}


class UserEditForm(UserChangeForm):
    """Edits a user known by e-mail."""

    class Meta:
        model = User
        fields = "__all__"
        field_classes: dict[str, type] = {}


class MembershipInline(admin.TabularInline):
    """Who belongs to an organization."""

    model = Membership
    extra = 0
    autocomplete_fields = ("user",)


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    """People who log in."""

    form = UserEditForm
    add_form = UserCreationForm
    ordering = ("email", "pk")
    list_display = ("__str__", "email", "phone", "language", "is_active", "is_staff", "created_at")
    list_filter = ("is_active", "is_staff", "language")
    list_select_related = ("phone",)
    search_fields = ("email", "phone__e164")
    readonly_fields = ("phone", "last_login", "created_at", "updated_at")  # a number changes by proof only
    actions = ("issue_help_code",)
    fieldsets = (
        (None, {"fields": ("email", "phone", "password", "language")}),
        (_("Permissions"), {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")}),
        (_("Dates"), {"fields": ("last_login", "created_at", "updated_at")}),
    )
    add_fieldsets = ((None, {"classes": ("wide",), "fields": ("email", "language", "password1", "password2")}),)

    @admin.action(description=_("Help code: lost phone or forgotten PIN (one person)"), permissions=["change"])
    def issue_help_code(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Show a help code once, for a person whose identity was checked; the log keeps who did it, not the code."""
        people = list(queryset.order_by("pk")[:2])
        if len(people) != 1:
            self.message_user(request, _("Choose one person only."), messages.ERROR)
            return
        try:
            code = resets.issue_help_code(user_id=people[0].pk, staff=cast(User, request.user))
        except DomainError as error:
            self.message_user(request, str(error), messages.ERROR)
            return
        self.log_change(request, people[0], "help code issued")
        text = _("Help code for %(person)s: %(code)s. Good for two days, shown only now.")
        self.message_user(request, text % {"person": people[0], "code": code}, messages.WARNING)


@admin.register(Organization)
class OrganizationAdmin(TranslationAdmin):
    """Organizations; verification changes only by the actions, which tell others."""

    list_display = ("name", "verification", "is_employer", "is_institute", "is_agency", "created_at")
    list_filter = ("verification", "is_employer", "is_institute", "is_agency")
    search_fields = ("name", "legal_name", "tax_id", "slug")
    readonly_fields = ("verification", "verified_at", "requires_mfa", "created_at", "updated_at")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (MembershipInline,)
    actions = ("verify", "refuse")

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        """A new name is searched for, and shown, on all their roles."""
        super().save_related(request, form, formsets, change)
        if change and form.changed_data:
            organization_changed.send(sender=Organization, organization_id=form.instance.pk)

    @admin.action(description=_("Verify: their roles become public"), permissions=["change"])
    def verify(self, request: HttpRequest, queryset: QuerySet[Organization]) -> None:
        """Mark the chosen organizations as checked."""
        self._set(request, queryset, Verification.VERIFIED)

    @admin.action(description=_("Refuse: their roles are not public"), permissions=["change"])
    def refuse(self, request: HttpRequest, queryset: QuerySet[Organization]) -> None:
        """Mark the chosen organizations as refused."""
        self._set(request, queryset, Verification.REFUSED)

    def _set(self, request: HttpRequest, queryset: QuerySet[Organization], verification: Verification) -> None:
        keys = queryset.order_by("pk").values_list("pk", flat=True)
        staff = cast(User, request.user)
        changed = sum(
            services.set_verification(organization_id=pk, verification=verification, actor=staff) for pk in keys
        )
        text = ngettext("%(count)d organization changed.", "%(count)d organizations changed.", changed)
        self.message_user(request, text % {"count": changed}, messages.SUCCESS)
        self.log_verification(request, queryset, verification)

    def log_verification(
        self, request: HttpRequest, queryset: QuerySet[Organization], verification: Verification
    ) -> None:
        """Leave a trace of who decided, in the admin's log."""
        for organization in queryset.order_by("pk"):
            self.log_change(request, organization, [{"changed": {"fields": [f"verification={verification}"]}}])


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    """Positions in organizations."""

    list_display = ("user", "organization", "position")
    list_filter = ("position",)
    list_select_related = ("user", "organization")
    search_fields = ("user__email", "organization__name")
    autocomplete_fields = ("user", "organization")


admin.site.unregister(Authenticator)
admin.site.register(Authenticator, AuthenticatorAdmin)
