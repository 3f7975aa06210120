"""Technicians in the admin: staff correct what people ask them to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modeltranslation.admin import TranslationAdmin

from workforce.technicians import services
from workforce.technicians.events import technician_changed
from workforce.technicians.models import Certificate, Grant, Technician, TechnicianSkill


class TechnicianSkillInline(admin.TabularInline):
    """What somebody can do."""

    model = TechnicianSkill
    extra = 0
    raw_id_fields = ("skill",)


class CertificateInline(admin.TabularInline):
    """What somebody holds; what is edited here has to be checked again."""

    model = Certificate
    extra = 0
    readonly_fields = ("verified_at", "verified_by")


@admin.register(Technician)
class TechnicianAdmin(TranslationAdmin):
    """Profiles."""

    list_display = ("blind_name", "user", "zone", "state", "discoverable", "created_at")
    list_filter = ("state", "discoverable", "english")
    list_select_related = ("user", "zone")
    search_fields = ("given_names", "paternal", "maternal", "user__email", "ref")
    readonly_fields = ("ref", "revision", "created_at", "updated_at")
    raw_id_fields = ("user",)
    inlines = (TechnicianSkillInline, CertificateInline)

    def save_model(self, request: HttpRequest, obj: Technician, form: ModelForm, change: bool) -> None:
        """Count the revision up, so that an edit of the person on an old copy is refused."""
        if change:
            obj.revision += 1
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        """Save skills and certificates, then tell others; the admin does all of it in one transaction."""
        super().save_related(request, form, formsets, change)
        edited = [
            one.instance.pk
            for formset in formsets
            if formset.model is Certificate
            for one in formset.forms
            if one.has_changed() and one.instance.pk
        ]
        services.recheck_edited(form.instance, edited)
        technician_changed.send(sender=Technician, technician_id=form.instance.pk)


@admin.register(Certificate)
class CertificateAdmin(admin.ModelAdmin):
    """Certificates, to be checked against the paper; they are edited with the technician."""

    list_display = ("technician", "credential", "folio", "issued_on", "expires_on", "verified_at", "verified_by")
    list_filter = (("verified_at", admin.EmptyFieldListFilter), "credential")
    list_select_related = ("technician", "credential", "verified_by")
    search_fields = ("folio", "technician__ref", "technician__user__email")
    readonly_fields = (
        "technician",
        "credential",
        "folio",
        "issued_on",
        "expires_on",
        "verified_at",
        "verified_by",
    )
    actions = ("verify", "withdraw")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """People state what they hold; staff adds with the technician."""
        return False

    def delete_model(self, request: HttpRequest, obj: Certificate) -> None:
        """Take it off the profile as the person would, so that others are told."""
        services.remove_certificate(technician_id=obj.technician_id, revision=None, certificate_id=obj.pk)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Certificate]) -> None:
        """Take them off one by one, so that others are told."""
        for row in queryset.order_by("pk"):
            self.delete_model(request, row)

    @admin.action(description=_("The paper is checked: it proves its skills"), permissions=["change"])
    def verify(self, request: HttpRequest, queryset: QuerySet[Certificate]) -> None:
        """Mark the chosen certificates as checked."""
        by: Any = request.user
        self._apply(request, queryset, "checked", lambda pk: services.verify_certificate(certificate_id=pk, by=by))

    @admin.action(description=_("Take the check back: it is only stated"), permissions=["change"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Certificate]) -> None:
        """Mark the chosen certificates as stated."""
        self._apply(request, queryset, "check withdrawn", lambda pk: services.withdraw_verification(certificate_id=pk))

    def _apply(
        self, request: HttpRequest, queryset: QuerySet[Certificate], what: str, change: Callable[[int], bool]
    ) -> None:
        """Change each, leave a trace of who decided in the admin's log, and say how many are different now."""
        changed = [row for row in queryset.order_by("technician_id", "pk") if change(row.pk)]
        for row in changed:
            self.log_change(request, row, [{"changed": {"fields": [what]}}])
        text = ngettext("%(count)d certificate changed.", "%(count)d certificates changed.", len(changed))
        self.message_user(request, text % {"count": len(changed)}, messages.SUCCESS)


@admin.register(Grant)
class GrantAdmin(admin.ModelAdmin):
    """Who may see what of whom: written by applications and enrolments, only looked at here."""

    list_display = ("technician", "organization", "scope", "source", "revoked_at")
    list_filter = ("scope",)
    list_select_related = ("technician", "organization")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Grants come from what people do."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Grant | None = None) -> bool:
        """Grants are not edited by hand."""
        return False
