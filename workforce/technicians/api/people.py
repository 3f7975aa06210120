"""People without an account whom an organization registered, by API: what its pages do, by the same services."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_serializer
from rest_framework import generics, serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from workforce.accounts.members_api import OfOrganization
from workforce.accounts.models import Organization, User
from workforce.core.choices import Language
from workforce.places.models import Zone
from workforce.technicians import access, services
from workforce.technicians.models import Intake

EXAMPLE = {
    "given_names": "Rosa María",
    "paternal": "Prueba",
    "source": "walk_in",
    "email": "rosa@example.com",
    "external_id": "E-204",
    "send_link": True,
}


@extend_schema_serializer(examples=[OpenApiExample("register", value=EXAMPLE, request_only=True)])
class PersonSerializer(serializers.ModelSerializer[Intake]):
    """Somebody who waits to take over a profile. Their link is told only where one is made."""

    given_names = serializers.CharField(max_length=80, source="technician.given_names")
    paternal = serializers.CharField(max_length=60, default="", allow_blank=True, source="technician.paternal")
    maternal = serializers.CharField(max_length=60, default="", allow_blank=True, source="technician.maternal")
    language = serializers.ChoiceField(
        choices=Language.choices, default=Language.SPANISH, source="technician.original_language"
    )
    zone = serializers.SlugRelatedField(
        slug_field="code",
        queryset=Zone.objects.all(),
        required=False,
        allow_null=True,
        default=None,
        source="technician.zone",
    )
    send_link = serializers.BooleanField(default=False, write_only=True, help_text="Send a letter to the e-mail.")
    has_link = serializers.BooleanField(read_only=True)

    class Meta:
        model = Intake
        fields = (
            "id",
            "given_names",
            "paternal",
            "maternal",
            "source",
            "email",
            "phone",
            "external_id",
            "language",
            "zone",
            "send_link",
            "has_link",
            "claim_expires_at",
            "letter_sent_at",
            "erase_at",
            "created_at",
        )
        read_only_fields = ("claim_expires_at", "letter_sent_at", "erase_at")

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        data = dict(self.validated_data)
        person = data.pop("technician")
        zone = person.pop("zone")
        language = person.pop("original_language")
        return data | person | {"language": language, "zone_id": zone.pk if zone else None}


class LinkSerializer(serializers.Serializer[Any]):
    """A link to hand over, told once; the one before works no more."""

    link = serializers.URLField(read_only=True)
    expires_at = serializers.DateTimeField(read_only=True)


class _People(OfOrganization):
    def as_keeper(self) -> Organization:
        """The organization of the address, if the caller keeps its people."""
        found = self.organization()
        if not access.can_keep_people(self.request.user, found):
            raise PermissionDenied
        return found


@extend_schema(tags=["accounts"])
class PersonList(_People, generics.ListAPIView[Intake]):
    """Whom an organization of mine registered and who have no account yet."""

    serializer_class = PersonSerializer
    queryset = Intake.objects.none()

    def get_queryset(self) -> QuerySet[Intake]:
        """All who wait; the newest first."""
        found: QuerySet[Intake] = Intake.objects.waiting_at(self.as_keeper())
        return found

    @extend_schema(responses={201: PersonSerializer})
    def post(self, request: Request, slug: str) -> Response:
        """Register somebody; with an ``external_id`` that is on the list nothing changes."""
        organization = self.as_keeper()
        given = PersonSerializer(data=request.data, context=self.get_serializer_context())
        given.is_valid(raise_exception=True)
        intake = services.register_unclaimed(
            actor=cast(User, request.user), organization=organization, **given.values()
        )
        return Response(PersonSerializer(intake, context=self.get_serializer_context()).data, status=201)


@extend_schema(tags=["accounts"])
class PersonDetail(_People, generics.GenericAPIView[Intake]):
    """One of them."""

    serializer_class = PersonSerializer
    queryset = Intake.objects.none()

    @extend_schema(operation_id="organizations_people_remove", responses={204: None})
    def delete(self, request: Request, slug: str, pk: int) -> Response:
        """Take somebody off the list and erase what is held."""
        organization = self.as_keeper()
        get_object_or_404(Intake.objects.waiting_at(organization), pk=pk)
        services.remove_unclaimed(actor=cast(User, request.user), organization=organization, intake_ids=[pk])
        return Response(status=204)


@extend_schema(tags=["accounts"])
class PersonLink(_People, generics.GenericAPIView[Intake]):
    """The link of one of them."""

    serializer_class = LinkSerializer
    queryset = Intake.objects.none()

    @extend_schema(operation_id="organizations_people_link", request=None, responses={200: LinkSerializer})
    def post(self, request: Request, slug: str, pk: int) -> Response:
        """Make a new link; it stands in this answer and nowhere else."""
        organization = self.as_keeper()
        get_object_or_404(Intake.objects.waiting_at(organization), pk=pk)
        intake, token = services.make_link(actor=cast(User, request.user), organization=organization, intake_id=pk)
        link = request._request.build_absolute_uri(reverse("claim", args=[token]))
        response = Response({"link": link, "expires_at": intake.claim_expires_at})
        response["Cache-Control"] = "no-store"
        return response

    @extend_schema(operation_id="organizations_people_link_revoke", responses={204: None})
    def delete(self, request: Request, slug: str, pk: int) -> Response:
        """Take the link back."""
        organization = self.as_keeper()
        get_object_or_404(Intake.objects.waiting_at(organization), pk=pk)
        services.revoke_link(actor=cast(User, request.user), organization=organization, intake_id=pk)
        return Response(status=204)


@extend_schema(tags=["accounts"])
class PersonLetter(_People, generics.GenericAPIView[Intake]):
    """The letter to one of them."""

    serializer_class = PersonSerializer
    queryset = Intake.objects.none()

    @extend_schema(operation_id="organizations_people_letter", request=None, responses={202: PersonSerializer})
    def post(self, request: Request, slug: str, pk: int) -> Response:
        """Send a letter with the link; while one waits nothing more happens."""
        organization = self.as_keeper()
        get_object_or_404(Intake.objects.waiting_at(organization), pk=pk)
        services.send_link(actor=cast(User, request.user), organization=organization, intake_id=pk)
        return Response(self.get_serializer(Intake.objects.waiting_at(organization).get(pk=pk)).data, status=202)
