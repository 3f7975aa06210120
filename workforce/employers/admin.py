"""Roles and plants for staff. Saves go through the services, so that search and matching hear of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest
from modeltranslation.admin import TabbedTranslationAdmin

from workforce.employers import services
from workforce.employers.models import AgencyClient, Plant, Role, RoleCredential, RoleSkill

if TYPE_CHECKING:
    PlantBase = admin.ModelAdmin[Plant]
    ClientBase = admin.ModelAdmin[AgencyClient]
    SkillInline = admin.TabularInline[RoleSkill, Role]
    CredentialInline = admin.TabularInline[RoleCredential, Role]
else:
    PlantBase = ClientBase = admin.ModelAdmin
    SkillInline = CredentialInline = admin.TabularInline


@admin.register(Plant)
class PlantAdmin(PlantBase):
    """Plants by organization."""

    list_display = ("name", "organization", "zone", "park", "company_bus")
    list_filter = ("zone__city",)
    list_select_related = ("organization", "zone", "park")
    search_fields = ("name", "organization__name")
    autocomplete_fields = ("organization", "zone", "park")

    def save_model(self, request: HttpRequest, obj: Plant, form: Any, change: bool) -> None:
        """Save as the page does."""
        services.save_plant(plant=obj)


@admin.register(AgencyClient)
class AgencyClientAdmin(ClientBase):
    """For whom agencies hire; only an owner of the client confirms that."""

    list_display = ("agency", "organization", "confirmed_at", "refused_at")
    list_select_related = ("agency", "organization")
    search_fields = ("agency__name", "organization__name")
    autocomplete_fields = ("agency", "organization")
    readonly_fields = ("confirmed_at", "confirmed_by", "refused_at")


class RoleSkillInline(SkillInline):
    """What a role asks for."""

    model = RoleSkill
    autocomplete_fields = ("skill",)
    extra = 0


class RoleCredentialInline(CredentialInline):
    """Certificates that a role asks for."""

    model = RoleCredential
    autocomplete_fields = ("credential",)
    extra = 0


@admin.register(Role)
class RoleAdmin(TabbedTranslationAdmin):
    """Roles; state and dates of publishing are changed by their organization."""

    list_display = ("title", "organization", "plant", "state", "openings", "hired", "published_at", "closes_at")
    list_filter = ("state", "organization__verification")
    list_select_related = ("organization", "plant")
    search_fields = ("title_es", "title_en", "organization__name", "external_ref")
    autocomplete_fields = ("organization", "plant", "occupation", "client")
    readonly_fields = ("state", "hired", "published_at", "created_by")
    inlines = (RoleSkillInline, RoleCredentialInline)

    def save_model(self, request: HttpRequest, obj: Role, form: Any, change: bool) -> None:
        """Keep the hires that were counted since the form was opened."""
        if change:
            obj.hired = services.lock_role(obj.pk).hired
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Once skills are stored too: count the revision up, file the role anew and tell the others."""
        super().save_related(request, form, formsets, change)
        services.resave_role(role=form.instance)
