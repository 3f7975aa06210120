"""My data, my grants and my consents by API: the same services as the pages."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_serializer
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from workforce.accounts.models import User
from workforce.accounts.notices import current_notice
from workforce.core.api.pagination import StableCursorPagination
from workforce.core.errors import NotThere
from workforce.core.personal import Person
from workforce.privacy import services
from workforce.privacy.exporting import export_data
from workforce.technicians.choices import VOLUNTARY, ConsentSource
from workforce.technicians.models import Grant, Technician
from workforce.technicians.services import purposes_of, save_consents

NO_GRANT = _("There is no such leave, or you have taken it back.")
NO_PROFILE = _("You have no profile as a job seeker.")


def _me(request: Request) -> User:
    return cast(User, request.user)


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "export",
            value={
                "exported_at": "2026-11-25T10:00:00+00:00",
                "data": {"accounts.User": [{"email": "ana@example.test", "language": "es"}]},
            },
            response_only=True,
        )
    ]
)
class ExportSerializer(serializers.Serializer[Any]):
    """All that there is of a person: by model, and in each row by field."""

    exported_at = serializers.DateTimeField()
    data = serializers.DictField(child=serializers.ListField(child=serializers.DictField()))  # type: ignore[assignment]


class ExportView(APIView):
    """All that there is of me."""

    @extend_schema(tags=["me"], responses=ExportSerializer)
    def get(self, request: Request) -> Response:
        """Take everything along."""
        technician = Technician.objects.filter(user=_me(request)).first()
        return Response(export_data(Person(_me(request).pk, technician.pk if technician else None)))


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "grant",
            value={
                "id": 7,
                "organization": "Manufacturas del Bravo",
                "scope": "contact",
                "source": "application:12",
                "created_at": "2026-11-20T16:00:00Z",
            },
            response_only=True,
        )
    ]
)
class GrantSerializer(serializers.ModelSerializer[Grant]):
    """Leave for one organization to see one thing of me, and what it came from."""

    organization = serializers.CharField(source="organization.name", read_only=True)

    class Meta:
        model = Grant
        fields = ("id", "organization", "scope", "source", "created_at")
        read_only_fields = fields


class MyGrantsMixin:
    """The caller's own grants in force."""

    def get_queryset(self) -> QuerySet[Grant]:
        """Mine only."""
        if getattr(self, "swagger_fake_view", False):
            return Grant.objects.none()
        user = self.request.user  # type: ignore[attr-defined]
        found: QuerySet[Grant] = Grant.objects.in_force().filter(technician__user=user)
        return found.select_related("organization")


@extend_schema(tags=["me"])
class GrantListView(MyGrantsMixin, generics.ListAPIView[Grant]):
    """Who may see what of me now."""

    serializer_class = GrantSerializer
    pagination_class = StableCursorPagination


class GrantView(APIView):
    """One leave that I gave."""

    extra_problems = (404,)

    @extend_schema(tags=["me"], responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Take it back; an application that it came from, and that still waits, is withdrawn."""
        if not services.revoke_grant(user=_me(request), grant_id=pk):
            raise NotThere("no_grant", NO_GRANT)
        return Response(status=204)


@extend_schema_serializer(
    examples=[OpenApiExample("consents", value={"discovery": True, "outcomes": False, "statistics": False})]
)
class ConsentSerializer(serializers.Serializer[Any]):
    """To which voluntary uses of my data I agree."""

    discovery = serializers.BooleanField(required=False)
    outcomes = serializers.BooleanField(required=False)
    statistics = serializers.BooleanField(required=False)


class ConsentView(APIView):
    """To which voluntary uses of my data I agree."""

    extra_problems = (404,)

    @extend_schema(tags=["me"], responses=ConsentSerializer)
    def get(self, request: Request) -> Response:
        """What is in force."""
        return Response(self._now(request))

    @extend_schema(tags=["me"], request=ConsentSerializer, responses=ConsentSerializer)
    def patch(self, request: Request) -> Response:
        """Agree or take back; purposes that are not sent stay as they are."""
        if not Technician.objects.filter(user=_me(request)).exists():
            raise NotThere("no_profile", NO_PROFILE)
        sent = ConsentSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        save_consents(
            user=_me(request),
            notice=current_notice(),
            choices=dict(sent.validated_data),
            source=ConsentSource.PRIVACY,
        )
        return Response(self._now(request))

    def _now(self, request: Request) -> dict[str, bool]:
        given = purposes_of(_me(request))
        return {purpose.value: purpose.value in given for purpose in VOLUNTARY}
