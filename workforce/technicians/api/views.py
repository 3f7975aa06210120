"""Endpoints about oneself. Who has no profile gets 404: there is nothing here for them."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from workforce.accounts.models import User
from workforce.core.api.etags import RevisionedMixin, expected_revision
from workforce.core.errors import NotThere
from workforce.skills.picking import MAX_ROWS, RawRow, SkillRow, clean_rows
from workforce.technicians import services
from workforce.technicians.api.serializers import (
    CertificateSerializer,
    MySkillSerializer,
    ProfileSerializer,
    SkillInputSerializer,
)
from workforce.technicians.choices import GONE
from workforce.technicians.models import Certificate, Technician, TechnicianSkill

NO_PROFILE = _("You have no profile as a job seeker.")


def own_profile(request: Request) -> Technician:
    """Return the caller's profile; 404 for somebody without one."""
    user = cast(User, request.user)
    found: Technician | None = (
        Technician.objects.exclude(state__in=GONE).filter(user=user).select_related("zone").first()
    )
    if found is None:
        raise NotThere("no_profile", NO_PROFILE)
    return found


@extend_schema(tags=["me"])
class MyProfileViewSet(RevisionedMixin, viewsets.GenericViewSet[Technician]):
    """Who I am and what I look for."""

    serializer_class = ProfileSerializer
    queryset = Technician.objects.none()
    extra_problems = (404,)

    def get_object(self) -> Technician:
        """The caller's own."""
        return own_profile(self.request)

    def partial_update(self, request: Request) -> Response:
        """Change the fields that are sent."""
        technician = own_profile(self.request)
        revision = expected_revision(request, technician)
        serializer = ProfileSerializer(technician, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        saved = services.save_profile(
            technician_id=technician.pk, revision=revision, values=dict(serializer.validated_data)
        )
        self.revisioned = saved
        return Response(ProfileSerializer(saved).data)


@extend_schema(tags=["me"])
class MySkillViewSet(RevisionedMixin, viewsets.GenericViewSet[TechnicianSkill]):
    """What I can do: a list of at most 80, so it comes whole."""

    serializer_class = MySkillSerializer
    pagination_class = None
    filter_backends = ()
    extra_problems = (404,)

    def get_queryset(self) -> QuerySet[TechnicianSkill]:
        """My skills with the level that counts."""
        if getattr(self, "swagger_fake_view", False):
            return cast("QuerySet[TechnicianSkill]", TechnicianSkill.objects.none())
        rows = TechnicianSkill.objects.filter(technician=own_profile(self.request)).with_effective_level()
        mine: QuerySet[TechnicianSkill] = (
            rows.select_related("skill").prefetch_related("evidence").order_by("-level", "pk")
        )
        return mine

    def list(self, request: Request) -> Response:
        """All my skills, best level first; the ETag is that of the profile."""
        self.revisioned = own_profile(self.request)
        return Response(MySkillSerializer(self.get_queryset(), many=True).data)

    @extend_schema(request=SkillInputSerializer(many=True), responses=MySkillSerializer(many=True))
    def replace(self, request: Request) -> Response:
        """Make my skills these and no others; one that stays keeps its evidence."""
        technician = own_profile(self.request)
        revision = expected_revision(request, technician)
        serializer: serializers.ListSerializer[Any] = serializers.ListSerializer(
            child=SkillInputSerializer(), data=request.data, max_length=MAX_ROWS
        )
        serializer.is_valid(raise_exception=True)
        entries = [entry_of(row) for row in cleaned(serializer.validated_data)]
        self.revisioned = services.save_skills(technician_id=technician.pk, revision=revision, entries=entries)
        return Response(MySkillSerializer(self.get_queryset(), many=True).data)

    @extend_schema(request=SkillInputSerializer, responses={201: MySkillSerializer(many=True)})
    def create(self, request: Request) -> Response:
        """Add one skill, or change its level if I have it; answers with all of them. Needs no If-Match."""
        technician = own_profile(self.request)
        serializer = SkillInputSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        entry = entry_of(cleaned([serializer.validated_data])[0])
        self.revisioned = services.add_skill(technician_id=technician.pk, revision=None, entry=entry)
        return Response(MySkillSerializer(self.get_queryset(), many=True).data, status=201)

    def destroy(self, request: Request, pk: int) -> Response:
        """Take one skill off."""
        technician = own_profile(self.request)
        revision = expected_revision(request, technician)
        try:
            services.remove_skill(technician_id=technician.pk, revision=revision, technician_skill_id=pk)
        except TechnicianSkill.DoesNotExist as missing:
            raise NotThere("no_such_skill", _("That skill is not in your profile.")) from missing
        return Response(status=204)


@extend_schema(tags=["me"])
class MyCertificateViewSet(viewsets.GenericViewSet[Certificate]):
    """The credentials that I hold; each proves skills, which join my profile."""

    serializer_class = CertificateSerializer
    pagination_class = None
    filter_backends = ()
    extra_problems = (404,)

    def get_queryset(self) -> QuerySet[Certificate]:
        """My certificates, newest first."""
        if getattr(self, "swagger_fake_view", False):
            return Certificate.objects.none()
        return (
            Certificate.objects.filter(technician=own_profile(self.request))
            .select_related("credential")
            .order_by("-issued_on", "pk")
        )

    def list(self, request: Request) -> Response:
        """All my certificates."""
        return Response(CertificateSerializer(self.get_queryset(), many=True).data)

    def create(self, request: Request) -> Response:
        """Add a certificate, or renew the dates of one that I have."""
        technician = own_profile(self.request)
        serializer = CertificateSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        data: dict[str, Any] = dict(serializer.validated_data)
        credential = data.pop("credential")
        made = services.add_certificate(technician_id=technician.pk, revision=None, credential_id=credential.pk, **data)
        return Response(CertificateSerializer(made).data, status=201)

    def destroy(self, request: Request, pk: int) -> Response:
        """Take a certificate off; its skills stay, as declared."""
        try:
            services.remove_certificate(technician_id=own_profile(self.request).pk, revision=None, certificate_id=pk)
        except Certificate.DoesNotExist as missing:
            raise NotThere("no_such_certificate", _("That certificate is not in your profile.")) from missing
        return Response(status=204)


def cleaned(rows: list[dict[str, Any]]) -> list[SkillRow]:
    """Find the skills of checked input; raises ValidationError for unknown codes and for one skill twice."""
    return clean_rows(
        (RawRow(code=row["skill"], level=row["level"], raw=row["raw"]) for row in rows), keep_unknown=True
    )


def entry_of(row: SkillRow) -> services.SkillEntry:
    """Turn a checked row into what the services take."""
    return services.SkillEntry(row.skill.pk if row.skill else None, row.level, row.raw)
