"""How lists of the taxonomy are narrowed."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from workforce.skills.choices import CredentialKind
from workforce.skills.models import Category, Credential, Occupation, Skill

MAX_FOUND = 50


class RankedFilter(django_filters.FilterSet):
    """``q`` turns a list into the best matches, ranked; the view does that, see ``RankedSearchMixin``."""

    q = django_filters.CharFilter(
        method="leave", max_length=300, help_text=_("Words in either language; typos are forgiven. Best matches first.")
    )
    limit = django_filters.NumberFilter(
        method="leave",
        min_value=1,
        max_value=MAX_FOUND,
        decimal_places=0,
        help_text=_("With q: how many, 10 by default."),
    )

    def leave(self, queryset: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """Nothing is filtered here."""
        return queryset


class SkillFilter(RankedFilter):
    """Skills by category and code."""

    code = django_filters.CharFilter(max_length=80)
    category = django_filters.ModelChoiceFilter(
        queryset=Category.objects.all(), to_field_name="code", help_text=_("Code of a category.")
    )

    class Meta:
        model = Skill
        fields = ("q", "limit", "category", "code")


class OccupationFilter(RankedFilter):
    """Occupations by code, ISCO group and skill."""

    code = django_filters.CharFilter(max_length=80)
    isco = django_filters.CharFilter(
        lookup_expr="startswith", max_length=8, help_text=_("ISCO-08 code or its beginning.")
    )

    skill = django_filters.CharFilter(
        field_name="occupation_skills__skill__code", max_length=80, help_text=_("Code of a skill that it calls for.")
    )

    class Meta:
        model = Occupation
        fields = ("q", "limit", "code", "isco", "skill")


class CredentialFilter(RankedFilter):
    """Credentials by kind, code and skill."""

    code = django_filters.CharFilter(max_length=80)
    kind = django_filters.ChoiceFilter(choices=CredentialKind.choices)
    skill = django_filters.CharFilter(
        field_name="credential_skills__skill__code", max_length=80, help_text=_("Code of a skill that it proves.")
    )

    class Meta:
        model = Credential
        fields = ("q", "limit", "kind", "code", "skill")
