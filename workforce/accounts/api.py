"""The account that is logged in and the organizations that it belongs to, by API."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_field, extend_schema_serializer
from rest_framework import generics, mixins, permissions, serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from workforce.accounts import access, services
from workforce.accounts.mfa_log import log_requirement
from workforce.accounts.models import Membership, Organization, User
from workforce.core.api.etags import RevisionedUpdateMixin
from workforce.core.api.fields import ReaderText

CAPABILITIES = ("is_employer", "is_institute", "is_agency")
EXAMPLE = {
    "slug": "manufacturas-del-bravo",
    "name": "Manufacturas del Bravo",
    "is_employer": True,
    "is_institute": False,
    "is_agency": False,
    "verification": "pending",
    "position": "owner",
    "description": "Arneses automotrices en la zona de Zaragoza.",
    "description_es": "Arneses automotrices en la zona de Zaragoza.",
    "description_en": "Wiring harnesses for cars, in Zaragoza.",
    "requires_mfa": False,
    "revision": 1,
}


class MembershipSerializer(serializers.ModelSerializer[Membership]):
    """One organization of mine, and what I am there."""

    slug = serializers.CharField(source="organization.slug", read_only=True)
    name = serializers.CharField(source="organization.name", read_only=True)

    class Meta:
        model = Membership
        fields = ("slug", "name", "position")
        read_only_fields = ("position",)


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "me",
            value={
                "email": "empresa@demo.puente.test",
                "language": "es",
                "kinds": ["employer"],
                "memberships": [
                    {"slug": "manufacturas-del-bravo", "name": "Manufacturas del Bravo", "position": "owner"}
                ],
            },
            response_only=True,
        ),
        OpenApiExample("language", value={"language": "en"}, request_only=True),
    ]
)
class MeSerializer(serializers.ModelSerializer[User]):
    """The account that is logged in."""

    email = serializers.EmailField(read_only=True, allow_null=True)
    kinds = serializers.SerializerMethodField()
    memberships = serializers.SerializerMethodField()

    class Meta:
        model = User
        fields = ("email", "language", "kinds", "memberships")

    def _memberships(self, user: User) -> list[Membership]:
        """The memberships, read once for both fields."""
        if not hasattr(self, "_read"):
            self._read = list(user.memberships.select_related("organization").order_by("organization__name", "pk"))
        return self._read

    @extend_schema_field(
        serializers.ListField(
            child=serializers.ChoiceField(choices=("technician", "employer", "institute", "agency", "staff"))
        )
    )
    def get_kinds(self, user: User) -> list[str]:
        """What this account may do in general; an organization may have several capabilities."""
        # The profile belongs to a layer above: it is asked for by the name of its relation, not imported.
        kinds = ["technician"] if getattr(user, "technician", None) is not None else []
        organizations = [membership.organization for membership in self._memberships(user)]
        for kind in ("employer", "institute", "agency"):
            if any(getattr(organization, f"is_{kind}") for organization in organizations):
                kinds.append(kind)
        return kinds + (["staff"] if user.is_staff else [])

    @extend_schema_field(MembershipSerializer(many=True))
    def get_memberships(self, user: User) -> list[dict[str, Any]]:
        """The organizations that I belong to."""
        return list(MembershipSerializer(self._memberships(user), many=True).data)


@extend_schema(tags=["accounts"])
class MeView(generics.RetrieveUpdateAPIView[User]):
    """Who I am here, and the language in which I read."""

    serializer_class = MeSerializer
    http_method_names = ["get", "patch", "head", "options"]

    def get_object(self) -> User:
        """The account that is logged in; there is no other."""
        return cast(User, self.request.user)

    def perform_update(self, serializer: serializers.BaseSerializer[User]) -> None:
        """Keep the language; nothing else of an account is changed here."""
        user = self.get_object()
        if language := serializer.validated_data.get("language"):
            services.set_language(user=user, language=language)
            user.language = language


class OrganizationPermission(permissions.IsAuthenticated):
    """Members look, owners edit."""

    def has_object_permission(self, request: Request, view: Any, obj: Organization) -> bool:
        """Whether this member may do this to their organization."""
        reading = request.method in permissions.SAFE_METHODS
        return reading or access.can_edit_organization(cast(User, request.user), obj)


@extend_schema_serializer(
    examples=[
        OpenApiExample("organization", value=EXAMPLE, response_only=True),
        OpenApiExample("edit", value={"description_en": "Wiring harnesses for cars."}, request_only=True),
    ]
)
class OrganizationSerializer(serializers.ModelSerializer[Organization]):
    """One of my organizations. Its description is written in either language; name and capabilities are staff's."""

    description = ReaderText()
    position = serializers.SerializerMethodField()

    class Meta:
        model = Organization
        fields = (
            *("slug", "name", *CAPABILITIES, "verification", "position"),
            *("description", "description_es", "description_en", "requires_mfa", "revision"),
        )
        read_only_fields = ("slug", "name", *CAPABILITIES, "verification", "revision")

    def update(self, instance: Organization, validated_data: dict[str, Any]) -> Organization:
        """Save the locked row; who required a second factor of the members is written down."""
        before = instance.requires_mfa
        saved = super().update(instance, validated_data)
        if saved.requires_mfa != before:
            log_requirement(actor=self.context["request"].user, organization=saved)
        return saved

    @extend_schema_field(serializers.ChoiceField(choices=access.Position.choices))
    def get_position(self, organization: Organization) -> str:
        """What I am there."""
        position = getattr(organization, "my_position", None)  # a row locked for its edit comes without it
        return str(position or access.position_of(self.context["request"].user, organization))


@extend_schema_serializer(
    examples=[OpenApiExample("employer", value={"name": "Manufacturas del Bravo", "is_employer": True})]
)
class NewOrganizationSerializer(serializers.ModelSerializer[Organization]):
    """An organization to register; it waits for verification by staff."""

    class Meta:
        model = Organization
        fields = ("name", *CAPABILITIES)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Ask for at least one capability."""
        if not any(attrs.get(name) for name in CAPABILITIES):
            raise serializers.ValidationError(_("Choose at least one: what does the organization do?"), "capability")
        return attrs


@extend_schema(tags=["accounts"])
class OrganizationViewSet(
    RevisionedUpdateMixin,
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    viewsets.GenericViewSet[Organization],
):
    """The organizations that I belong to."""

    serializer_class = OrganizationSerializer
    permission_classes = (OrganizationPermission,)
    lookup_field = "slug"
    lookup_value_regex = "[-a-zA-Z0-9_]+"
    http_method_names = ["get", "post", "patch", "head", "options"]

    def get_queryset(self) -> QuerySet[Organization]:
        """Mine, each with what I am there."""
        mine: QuerySet[Organization] = Organization.objects.with_position_of(self.request.user)
        return mine

    @extend_schema(request=NewOrganizationSerializer, responses={201: OrganizationSerializer})
    def create(self, request: Request) -> Response:
        """Register an organization; whoever does it owns it."""
        given = NewOrganizationSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        made = services.create_organization(user=cast(User, request.user), **given.validated_data)
        self.revisioned = self.get_queryset().get(pk=made.pk)
        return Response(self.get_serializer(self.revisioned).data, status=201)
