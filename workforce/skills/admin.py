"""The taxonomy in the admin: what staff changes here is theirs, and no later load of files takes it back."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from workforce.core.errors import DomainError
from workforce.core.text import fold
from workforce.skills.changes import record_forms
from workforce.skills.choices import ConceptSource, ConceptStatus
from workforce.skills.history import changes_of
from workforce.skills.models import (
    Category,
    Credential,
    CredentialSkill,
    Occupation,
    OccupationAlias,
    OccupationLink,
    OccupationSkill,
    Skill,
    SkillAlias,
    SkillLink,
    SkillRelation,
    UnlinkedPhrase,
)
from workforce.skills.models.phrases import SHOWN_FROM
from workforce.skills.phrases import teach_phrase
from workforce.skills.services import bump_taxonomy, sync_labels, tell_retired


class AliasFormSet(BaseInlineFormSet):
    """Refuses two texts of one language that are the same once folded."""

    def clean(self) -> None:
        """Say which text is there twice."""
        super().clean()
        shown = {form.instance.pk for form in self.forms if form.instance.pk}
        held = self.instance.aliases.exclude(pk__in=shown) if self.instance.pk else ()
        seen = {(row.lang, row.norm) for row in held}  # added by a colleague meanwhile
        for form in self.forms:
            said = getattr(form, "cleaned_data", {})
            if not said.get("text") or said.get("DELETE"):
                continue
            key = (said.get("lang", ""), fold(said["text"]))
            if key in seen:
                form.add_error("text", ValidationError(_("“%(text)s” is there twice."), params={"text": said["text"]}))
            seen.add(key)


class SkillAliasInline(admin.TabularInline):
    """Texts that lead to a skill."""

    model = SkillAlias
    formset = AliasFormSet
    fields = ("lang", "text", "kind")
    extra = 1


class OccupationAliasInline(admin.TabularInline):
    """Texts that lead to an occupation."""

    model = OccupationAlias
    formset = AliasFormSet
    fields = ("lang", "text", "kind")
    extra = 1


class RelationInline(admin.TabularInline):
    """What a skill covers; a veto keeps a relation from counting, also a learned one."""

    model = SkillRelation
    fk_name = "source_skill"
    fields = ("target_skill", "strength", "vetoed", "source")
    readonly_fields = ("source",)
    autocomplete_fields = ("target_skill",)
    extra = 0


class SkillLinkInline(admin.TabularInline):
    """Concepts of ESCO, and how near they are."""

    model = SkillLink
    fields = ("uri", "match")
    extra = 0


class OccupationLinkInline(admin.TabularInline):
    """Concepts of ESCO, and how near they are."""

    model = OccupationLink
    fields = ("uri", "match")
    extra = 0


class OccupationSkillInline(admin.TabularInline):
    """Skills that an occupation calls for."""

    model = OccupationSkill
    fields = ("skill", "essential", "level")
    autocomplete_fields = ("skill",)
    extra = 0


class CredentialSkillInline(admin.TabularInline):
    """Skills that a credential proves."""

    model = CredentialSkill
    fields = ("skill", "level")
    autocomplete_fields = ("skill",)
    extra = 0


class TaxonomyAdmin(TranslationAdmin):
    """Every change is told to who listens, in the transaction of the change; nothing is ever deleted, only retired."""

    list_filter: ClassVar[Any] = ("status", "source")
    list_display: Any = ("code", "name_of", "source", "status")
    ordering = ("code",)
    object_history_template = "admin/skills/object_history.html"

    class Media:
        css: ClassVar[Any] = {"all": ("puente/css/admin-pairs.css",)}

    @admin.display(description=_("name"))
    def name_of(self, row: Any) -> str:
        """The name in the reader's language."""
        return str(row)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Codes stay: people and roles may hold them."""
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm[Any], change: bool) -> None:
        """What staff wrote is theirs from now on."""
        if form.changed_data and hasattr(obj, "source"):
            obj.source = ConceptSource.STAFF
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """The same for texts and links, row by row."""
        for inline in formset.forms:
            if inline.has_changed() and hasattr(inline.instance, "source"):
                inline.instance.source = ConceptSource.STAFF
        super().save_formset(request, form, formset, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Bring the aliases in step with the names, and tell who listens (once, after everything)."""
        if change:
            record_forms(request.user, form, formsets)
        super().save_related(request, form, formsets, change)
        if isinstance(form.instance, Skill | Occupation):
            sync_labels(form.instance)
        retired = "status" in form.changed_data or "successor" in form.changed_data
        if retired and form.instance.status == ConceptStatus.RETIRED:
            tell_retired(form.instance)
        bump_taxonomy()

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        """Django's list of who saved when, and below it every value before and after, loads of files included."""
        concept = self.get_object(request, object_id)
        changes = changes_of(concept) if concept is not None else []
        return super().history_view(request, object_id, {**(extra_context or {}), "concept_changes": changes})


def _side_by_side(*rows: Any) -> Any:
    """One group of fields; a pair stands in one line, so that both languages are read and written together."""
    return ((None, {"fields": rows}),)


LABEL, TITLE, NAME = (tuple(f"{field}_{lang}" for lang in ("es", "en")) for field in ("label", "title", "name"))
DEFINITION = ("description_es", "description_en")


@admin.register(Skill)
class SkillAdmin(TaxonomyAdmin):
    """Skills."""

    fieldsets = _side_by_side(
        "code",
        LABEL,
        DEFINITION,
        ("category", "broader"),
        "esco_uri",
        ("status", "successor"),
        "source",
        ("created_at", "updated_at"),
    )
    search_fields = ("code", "label_es", "label_en", "aliases__norm")
    list_filter = ("status", "source", "category")
    list_select_related = ("category",)
    autocomplete_fields = ("broader", "successor")
    readonly_fields = ("source", "created_at", "updated_at")
    inlines = (SkillAliasInline, RelationInline, SkillLinkInline)


@admin.register(Occupation)
class OccupationAdmin(TaxonomyAdmin):
    """Occupations."""

    fieldsets = _side_by_side(
        "code",
        TITLE,
        DEFINITION,
        ("isco", "sinco", "soc"),
        "level",
        "esco_uri",
        ("status", "successor"),
        "source",
        ("created_at", "updated_at"),
    )
    search_fields = ("code", "title_es", "title_en", "aliases__norm")
    autocomplete_fields = ("successor",)
    readonly_fields = ("source", "created_at", "updated_at")
    inlines = (OccupationAliasInline, OccupationSkillInline, OccupationLinkInline)


@admin.register(Credential)
class CredentialAdmin(TaxonomyAdmin):
    """Credentials."""

    fieldsets = _side_by_side(
        "code", NAME, DEFINITION, ("kind", "standard"), ("issuer", "valid_months"), ("status", "successor"), "source"
    )
    search_fields = ("code", "name_es", "name_en")
    autocomplete_fields = ("successor",)
    readonly_fields = ("source",)
    list_filter = ("status", "source", "kind")
    list_display = ("code", "name_of", "kind", "source", "status")
    inlines = (CredentialSkillInline,)


@admin.register(Category)
class CategoryAdmin(TaxonomyAdmin):
    """Categories of skills."""

    fieldsets = _side_by_side("code", NAME)
    search_fields = ("code", "name_es", "name_en")
    list_filter = ()
    list_display = ("code", "name_of")


@admin.register(UnlinkedPhrase)
class UnlinkedPhraseAdmin(admin.ModelAdmin):
    """Words that led to no skill, the most frequent first; naming the skill teaches them to the look-up."""

    list_display = ("text", "lang", "people", "count", "state", "resolved_to")
    list_filter = ("state", "lang")
    list_select_related = ("resolved_to",)
    search_fields = ("text", "norm")
    fields = ("text", "lang", "people", "count", "state", "resolved_to", "decided_by", "decided_at")
    readonly_fields = ("text", "lang", "people", "count", "state", "decided_by", "decided_at")
    autocomplete_fields = ("resolved_to",)
    ordering = ("-count", "norm", "pk")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """People add them by what they write."""
        return False

    def save_model(self, request: HttpRequest, obj: UnlinkedPhrase, form: Any, change: bool) -> None:
        """Teach the words to the skill, as the queue does."""
        if obj.resolved_to is not None and "resolved_to" in form.changed_data:
            try:
                teach_phrase(phrase_id=obj.pk, skill_code=obj.resolved_to.code, actor=request.user)
            except DomainError as refused:
                messages.error(request, str(refused))

    def get_queryset(self, request: HttpRequest) -> Any:
        """Only words of enough people: what one or two wrote may say who they are."""
        return super().get_queryset(request).filter(people__gte=SHOWN_FROM)
