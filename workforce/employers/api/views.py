"""Endpoints of roles and plants: thin, over the same services and filters as the pages."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import DecimalField, QuerySet, Value
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils.translation import get_language
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, mixins, permissions, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from workforce.accounts.access import can_edit_roles
from workforce.accounts.models import Organization, User
from workforce.core.api.etags import RevisionedMixin, expected_revision
from workforce.core.api.pagination import StableCursorPagination
from workforce.employers import access, services
from workforce.employers.api.reading import PastedVacancySerializer, VacancyReadingSerializer, reading_data
from workforce.employers.api.serializers import PlantSerializer, RoleSerializer
from workforce.employers.filters import RoleApiFilter
from workforce.employers.models import Plant, Role
from workforce.employers.reading.vacancy import read_vacancy

KEY_MAX = 50
ONCE = OpenApiParameter(
    "Idempotency-Key",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="Your own key, at most 50 characters: a second request with it answers with the first one's role.",
)


class RolePages(StableCursorPagination):
    """Newest first, or best paid first (``sort=pay``)."""

    def get_ordering(self, request: Request, queryset: QuerySet[Role], view: Any) -> tuple[str, ...]:
        """Order by what is never null, and end in the key."""
        return ("-pay_rank", "-pk") if request.query_params.get("sort") == "pay" else ("-pk",)


class RolePermission(permissions.BasePermission):
    """Anybody reads open roles; owners and recruiters change those of their organization."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Writing needs a log-in."""
        return request.method in permissions.SAFE_METHODS or request.user.is_authenticated

    def has_object_permission(self, request: Request, view: Any, obj: Role) -> bool:
        """Who may see it decided the queryset; changing is for editors."""
        return request.method in permissions.SAFE_METHODS or access.can_edit_role(cast(User, request.user), obj)


@extend_schema(tags=["roles"])
class RoleViewSet(RevisionedMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Role]):
    """Roles: open ones for everybody, and those of their organizations for members (``mine=true``)."""

    serializer_class = RoleSerializer
    permission_classes = (RolePermission,)
    pagination_class = RolePages
    filterset_class = RoleApiFilter
    lookup_value_regex = "[0-9]{1,18}"
    extra_problems = (401, 403)

    def get_queryset(self) -> QuerySet[Role]:
        """What this reader may see; the list's filter keeps the open ones unless ``mine``."""
        if getattr(self, "swagger_fake_view", False):
            return Role.objects.none()
        money = DecimalField(max_digits=12, decimal_places=2)
        rank = Coalesce("weekly_pay", Value(0, output_field=money), output_field=money)
        roles: QuerySet[Role] = Role.objects.visible_to(self.request.user).with_page().with_needs().with_routes()
        return roles.annotate(pay_rank=rank)

    def filter_queryset(self, queryset: Any) -> Any:
        """Filters belong to the list; one role is found by its number alone."""
        return super().filter_queryset(queryset) if self.action == "list" else queryset

    def get_serializer_context(self) -> dict[str, Any]:
        """Tell the serializer whose own numbers the reader may see."""
        context = dict(super().get_serializer_context())
        user = self.request.user if self.request else None
        if user is not None and user.is_authenticated:
            context["own_organizations"] = set(Organization.objects.of_member(user).values_list("pk", flat=True))
        return context

    def _answer(self, role: Role, status: int = 200) -> Response:
        fresh = self.get_queryset().get(pk=role.pk)
        self.revisioned = fresh
        return Response(self.get_serializer(fresh).data, status=status)

    def _organization_of(self, request: Request) -> Organization:
        """Find out who would post before looking at the rest, so that strangers learn nothing from errors."""
        named = _OrganizationName(data=request.data)
        named.is_valid(raise_exception=True)
        slug = named.validated_data["organization"]
        organization = Organization.objects.of_member(request.user).filter(slug=slug).first()
        if organization is None:
            raise Http404
        if not can_edit_roles(cast(User, request.user), organization):
            raise PermissionDenied
        return cast(Organization, organization)

    @extend_schema(parameters=[ONCE], responses={201: RoleSerializer})
    def create(self, request: Request) -> Response:
        """Write a role as a draft."""
        organization = self._organization_of(request)
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        key = request.headers.get("Idempotency-Key", "").strip()[:KEY_MAX]
        made = self._save(serializer, organization, once_key=f"api:{key}" if key else None)
        return self._answer(made, 201)

    @extend_schema(request=PastedVacancySerializer, responses=VacancyReadingSerializer)
    @action(detail=False, methods=["post"], url_path="read", filterset_class=None, pagination_class=None)
    def read(self, request: Request) -> Response:
        """Read the text of a vacancy in either language; nothing is saved: write the role with what you confirm."""
        self._organization_of(request)
        serializer = PastedVacancySerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        reading = read_vacancy(serializer.validated_data["text"], (get_language() or "es")[:2])
        return Response(VacancyReadingSerializer(reading_data(reading)).data)

    def partial_update(self, request: Request, pk: str) -> Response:
        """Change a role; fields that are not sent stay, a list replaces the list."""
        role = self.get_object()
        expected = expected_revision(request, role)
        serializer = self.get_serializer(role, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        saved = self._save(serializer, role.organization, role=role, revision=expected)
        return self._answer(saved)

    def _save(self, serializer: BaseSerializer[Role], organization: Organization, **more: Any) -> Role:
        values = dict(serializer.validated_data)
        values.pop("organization", None)
        return services.save_role(
            actor=cast(User, self.request.user),
            organization=organization,
            skills=values.pop("role_skills", None),
            credentials=values.pop("role_credentials", None),
            values=values,
            **more,
        )

    @extend_schema(request=None, responses=RoleSerializer)
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, pk: str) -> Response:
        """Publish a role; the public sees it once its organization is verified."""
        role = self.get_object()
        return self._answer(services.publish_role(role=role, revision=expected_revision(request, role)))

    @extend_schema(request=None, responses=RoleSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str) -> Response:
        """Close a role."""
        role = self.get_object()
        return self._answer(services.close_role(role=role, revision=expected_revision(request, role)))


class _OrganizationName(serializers.Serializer[Any]):
    organization = serializers.SlugField(max_length=80)


@extend_schema(tags=["roles"])
class PlantsView(generics.ListCreateAPIView[Plant]):
    """The plants of one of my organizations."""

    serializer_class = PlantSerializer
    filterset_class = None

    def _organization(self) -> Organization:
        mine = Organization.objects.of_member(self.request.user).filter(slug=self.kwargs["slug"]).first()
        if mine is None:
            raise Http404
        return cast(Organization, mine)

    def get_queryset(self) -> QuerySet[Plant]:
        """Plants of the organization in the address."""
        if getattr(self, "swagger_fake_view", False):
            return Plant.objects.none()
        return (
            Plant.objects.filter(organization=self._organization())
            .select_related("zone", "park")
            .prefetch_related("routes__stops__zone")
        )

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Add a plant."""
        organization = self._organization()
        if not can_edit_roles(cast(User, request.user), organization):
            raise PermissionDenied
        serializer = PlantSerializer(data=request.data, context={"organization": organization})
        serializer.is_valid(raise_exception=True)
        plant = services.save_plant(plant=Plant(organization=organization, **serializer.validated_data))
        return Response(self.get_serializer(plant).data, status=201)
