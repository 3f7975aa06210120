"""The taxonomy by API: public, read only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.db.models import Prefetch, QuerySet
from django_filters import utils
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import extend_schema
from rest_framework import permissions, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from workforce.core.api.pagination import StableCursorPagination
from workforce.skills.filters import CredentialFilter, OccupationFilter, SkillFilter
from workforce.skills.models import Credential, CredentialSkill, Occupation, OccupationSkill, Skill, SkillRelation
from workforce.skills.search import Found, search_credentials, search_occupations, search_skills
from workforce.skills.serializers import (
    CredentialSerializer,
    OccupationDetailSerializer,
    OccupationSerializer,
    RelatedSerializer,
    SkillSerializer,
)

CODES = "[-a-zA-Z0-9_:.]+"
SEARCHED = 200  # so that enough is left when a category is asked for too
MAX_RELATED = 50


class CodePages(StableCursorPagination):
    """By code: it is unique."""

    ordering: Any = ("code",)


class TaxonomyViewSet(viewsets.ReadOnlyModelViewSet[Any]):
    """Public, by code."""

    permission_classes = (permissions.AllowAny,)
    pagination_class = CodePages
    lookup_field = "code"
    lookup_value_regex = CODES


class RankedSearchMixin(TaxonomyViewSet):
    """With ``?q=`` a list is the best matches, ranked, on one page."""

    search: ClassVar[Callable[..., list[Found]]]

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Answer the list, or with ``q`` the best ``limit``."""
        filterset = DjangoFilterBackend().get_filterset(request, self.get_queryset(), self)
        if not filterset.is_valid():
            raise utils.translate_validation(filterset.errors)
        asked = filterset.form.cleaned_data
        if not asked.get("q"):
            return super().list(request, *args, **kwargs)
        narrowed = any(asked.get(name) for name in asked if name not in ("q", "limit"))
        limit = int(asked.get("limit") or 10)
        found = {f.concept.pk: f for f in type(self).search(asked["q"], SEARCHED if narrowed else limit)}
        rows = {row.pk: row for row in filterset.qs.filter(pk__in=found)}
        ranked = [rows[pk] for pk in found if pk in rows][:limit]
        context = {**self.get_serializer_context(), "found": found}
        data = self.get_serializer_class()(ranked, many=True, context=context).data
        return Response({"next": None, "previous": None, "results": data})


@extend_schema(tags=["taxonomy"])
class SkillViewSet(RankedSearchMixin):
    """Skills in use, by code; a retired one is still found by its code and names its successor."""

    serializer_class = SkillSerializer
    filterset_class = SkillFilter
    search = staticmethod(search_skills)

    def get_queryset(self) -> QuerySet[Skill]:
        """Those in use for lists, all for one code."""
        skills = Skill.objects.active() if self.action == "list" else Skill.objects.all()
        return skills.select_related("category", "broader", "successor").prefetch_related("links")

    @extend_schema(responses=RelatedSerializer)
    @action(detail=True, filterset_class=None, pagination_class=None)
    def related(self, request: Request, code: str) -> Response:
        """Answer the skills related to this one, the strongest first, at most 50 of each kind."""
        skill = self.get_object()
        relations = SkillRelation.objects.filter(vetoed=False, strength__gt=0).order_by("-strength", "pk")
        covers = relations.filter(source_skill=skill, target_skill__status="active").select_related("target_skill")
        covered_by = relations.filter(target_skill=skill, source_skill__status="active").select_related("source_skill")
        answer = {
            "covers": [{"skill": r.target_skill, "strength": r.strength} for r in covers[:MAX_RELATED]],
            "covered_by": [{"skill": r.source_skill, "strength": r.strength} for r in covered_by[:MAX_RELATED]],
            "narrower": Skill.objects.active().filter(broader=skill).order_by("code")[:MAX_RELATED],
        }
        return Response(RelatedSerializer(answer, context=self.get_serializer_context()).data)


@extend_schema(tags=["taxonomy"])
class OccupationViewSet(RankedSearchMixin):
    """Occupations, by code."""

    serializer_class = OccupationSerializer
    filterset_class = OccupationFilter
    search = staticmethod(search_occupations)

    def get_queryset(self) -> QuerySet[Occupation]:
        """With their skills for one code."""
        if self.action == "list":
            return Occupation.objects.active().select_related("successor").prefetch_related("links")
        skills = OccupationSkill.objects.select_related("skill").order_by("-essential", "skill__code")
        return Occupation.objects.select_related("successor").prefetch_related(
            "links", Prefetch("occupation_skills", skills)
        )

    def get_serializer_class(self) -> type[OccupationSerializer]:
        """With skills for one code."""
        return OccupationSerializer if self.action == "list" else OccupationDetailSerializer


@extend_schema(tags=["taxonomy"])
class CredentialViewSet(RankedSearchMixin):
    """Certificates known in the region and what they prove, by code."""

    serializer_class = CredentialSerializer
    filterset_class = CredentialFilter
    search = staticmethod(search_credentials)

    def get_queryset(self) -> QuerySet[Credential]:
        """Those in use for lists, all for one code."""
        skills = CredentialSkill.objects.select_related("skill").order_by("skill__code")
        rows = Credential.objects.active() if self.action == "list" else Credential.objects.all()
        return rows.select_related("successor").prefetch_related(Prefetch("credential_skills", skills))
