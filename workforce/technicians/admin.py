"""Technicians in the admin: staff correct what people ask them to."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from modeltranslation.admin import TranslationAdmin

from workforce.technicians.events import technician_changed
from workforce.technicians.models import Certificate, Grant, Technician, TechnicianSkill


class TechnicianSkillInline(admin.TabularInline):
    """What somebody can do."""

    model = TechnicianSkill
    extra = 0
    raw_id_fields = ("skill",)


class CertificateInline(admin.TabularInline):
    """What somebody holds."""

    model = Certificate
    extra = 0


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
        technician_changed.send(sender=Technician, technician_id=form.instance.pk)


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
