"""Programmes, cohorts, enrolments and placements by API, for members of the institute."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    extend_schema,
    extend_schema_field,
    extend_schema_serializer,
)
from rest_framework import mixins, permissions, serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from workforce.accounts.models import Organization, User
from workforce.core.api.etags import RevisionedMixin, expected_revision
from workforce.core.api.fields import BilingualMixin, ReaderText
from workforce.core.errors import NotAllowed
from workforce.hiring.models import Placement
from workforce.skills.models import Skill
from workforce.skills.picking import RawRow, clean_rows
from workforce.training.access import can_keep_training, keeps_some_training, offered_programmes, placements_of
from workforce.training.models import Cohort, Enrolment, Programme, ProgrammeSkill
from workforce.training.services import Job, enrol, record_placement, save_programme


def _institutes(user: Any) -> QuerySet[Organization]:
    """Return the institutes of which ``user`` is a member."""
    return Organization.objects.of_member(user).filter(is_institute=True)


def _own_institute(request: Request, slug: str) -> Organization:
    """Return the institute named in the body if the user keeps its training; 403 otherwise."""
    organization = _institutes(request.user).filter(slug=slug).first()
    if organization is None or not can_keep_training(request.user, organization):
        raise NotAllowed("not_yours", _("Only owners and counsellors of the institute may do this."))
    return organization


class KeepsTraining(permissions.IsAuthenticated):
    """Everybody logged in may read (their own institutes' rows); writing takes an owner or counsellor."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Look at the person before the input."""
        if not super().has_permission(request, view):
            return False
        return request.method in permissions.SAFE_METHODS or keeps_some_training(request.user)


class TaughtSkillSerializer(serializers.ModelSerializer[ProgrammeSkill]):
    """A skill that a programme teaches."""

    skill = serializers.CharField(source="skill.code", max_length=80)

    class Meta:
        model = ProgrammeSkill
        fields = ("skill", "level")


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "programme",
            value={
                "name_es": "Soldadura MIG",
                "modality": "classroom",
                "hours": 120,
                "skills": [{"skill": "mig-welding", "level": 3}],
            },
            request_only=True,
        ),
    ]
)
class ProgrammeSerializer(BilingualMixin, serializers.ModelSerializer[Programme]):
    """A programme in both languages, with what it teaches."""

    needs_a_language = ("name",)
    name = ReaderText()
    organization: Any = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    skills = TaughtSkillSerializer(source="programme_skills", many=True, max_length=80)  # type: ignore[call-arg]

    class Meta:
        model = Programme
        fields = (
            "id",
            "organization",
            "name",
            "name_es",
            "name_en",
            "modality",
            "hours",
            "cost",
            "cost_currency",
            "skills",
            "revision",
        )
        read_only_fields = ("revision",)
        extra_kwargs = {"hours": {"max_value": 20_000}}


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "programme",
            value={
                "organization": "instituto-del-norte",
                "name_es": "Soldadura MIG",
                "modality": "classroom",
                "hours": 120,
                "skills": [{"skill": "mig-welding", "level": 3}],
            },
            request_only=True,
        ),
    ]
)
class NewProgrammeSerializer(ProgrammeSerializer):
    """The same, and which institute it belongs to."""

    organization = serializers.SlugField(max_length=80)


@extend_schema(tags=["training"])
class ProgrammeViewSet(
    RevisionedMixin,
    mixins.CreateModelMixin,
    mixins.RetrieveModelMixin,
    mixins.UpdateModelMixin,
    mixins.ListModelMixin,
    viewsets.GenericViewSet[Programme],
):
    """Programmes of the user's institutes."""

    serializer_class = ProgrammeSerializer
    permission_classes = (KeepsTraining,)
    lookup_value_converter = "int"
    http_method_names = ("get", "post", "patch", "head", "options")

    def get_queryset(self) -> QuerySet[Programme]:
        """Own institutes only."""
        if getattr(self, "swagger_fake_view", False):
            return Programme.objects.none()
        return (
            Programme.objects.filter(organization__in=_institutes(self.request.user))
            .select_related("organization")
            .prefetch_related("programme_skills__skill")
        )

    @extend_schema(request=NewProgrammeSerializer, responses={201: ProgrammeSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Add a programme."""
        data = NewProgrammeSerializer(data=request.data, context=self.get_serializer_context())
        data.is_valid(raise_exception=True)
        sent = dict(data.validated_data)
        organization = _own_institute(request, sent.pop("organization"))
        row = self._save(Programme(organization=organization), sent, None)
        return Response(self.get_serializer(row).data, status=201)

    def update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change a programme; the list of skills, if sent, replaces the old one."""
        row = self.get_object()
        expected = expected_revision(request, row)
        data = self.get_serializer(row, data=request.data, partial=bool(kwargs.get("partial")))
        data.is_valid(raise_exception=True)
        return Response(self.get_serializer(self._save(row, dict(data.validated_data), expected)).data)

    def _save(self, programme: Programme, sent: dict[str, Any], expected: int | None) -> Programme:
        """Hand over to the service, then read the row again."""
        taught = sent.pop("programme_skills", None)
        rows = None
        if taught is not None:
            rows = clean_rows([RawRow(code=row["skill"]["code"], level=row.get("level", 2)) for row in taught])
        for name, value in sent.items():
            setattr(programme, name, value)
        saved = save_programme(
            programme=programme, skills=rows, actor=cast(User, self.request.user), expected_revision=expected
        )
        self.revisioned = self.get_queryset().get(pk=saved.pk)
        return self.revisioned


@extend_schema(tags=["training"])
class OfferedProgrammeViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Programme]):
    """What verified institutes offer, the newest first: for anybody."""

    serializer_class = ProgrammeSerializer
    permission_classes = (permissions.AllowAny,)

    @extend_schema(parameters=[OpenApiParameter("skill", str, description="Code of a skill that is taught.")])
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List the programmes, or those that teach one skill."""
        return super().list(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Programme]:
        """Of verified institutes, teaching the skill that was asked for."""
        code = self.request.query_params.get("skill")
        rows = offered_programmes(Skill.objects.filter(code=code) if code is not None else None)
        return rows.select_related("organization").prefetch_related("programme_skills__skill")


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "cohort",
            value={"programme": 3, "name": "2027-A", "starts_on": "2027-01-11", "ends_on": "2027-06-25", "seats": 25},
            request_only=True,
        ),
    ]
)
class CohortSerializer(serializers.ModelSerializer[Cohort]):
    """One run of a programme."""

    class Meta:
        model = Cohort
        fields = ("id", "programme", "name", "starts_on", "ends_on", "seats")
        extra_kwargs = {"seats": {"max_value": 2_000}}

    def validate_programme(self, programme: Programme) -> Programme:
        """Only a programme of an institute whose training the user keeps."""
        if not can_keep_training(self.context["request"].user, programme.organization):
            raise serializers.ValidationError(_("This is not a programme of your institute."), code="does_not_exist")
        return programme

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A cohort ends after it starts."""
        if attrs["ends_on"] < attrs["starts_on"]:
            raise serializers.ValidationError({"ends_on": _("The end is before the start.")}, code="invalid")
        return attrs


@extend_schema(tags=["training"])
class CohortViewSet(
    mixins.CreateModelMixin, mixins.RetrieveModelMixin, mixins.ListModelMixin, viewsets.GenericViewSet[Cohort]
):
    """Cohorts of the user's institutes."""

    serializer_class = CohortSerializer
    permission_classes = (KeepsTraining,)
    lookup_value_converter = "int"

    def get_queryset(self) -> QuerySet[Cohort]:
        """Own institutes only."""
        if getattr(self, "swagger_fake_view", False):
            return Cohort.objects.none()
        return Cohort.objects.filter(programme__organization__in=_institutes(self.request.user)).select_related(
            "programme__organization"
        )


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "learner",
            value={"cohort": 5, "listed_name": "Ana Ruiz Soto", "listed_email": "ana@example.test"},
            request_only=True,
        ),
    ]
)
class EnrolmentSerializer(serializers.ModelSerializer[Enrolment]):
    """A learner as the institute lists them."""

    listed_name = serializers.CharField(max_length=200)
    listed_email = serializers.EmailField(required=False, allow_blank=True, default="")

    class Meta:
        model = Enrolment
        fields = ("id", "cohort", "listed_name", "listed_email", "state", "confirmed_at", "exited_on")
        read_only_fields = ("state", "confirmed_at", "exited_on")
        validators: tuple[Any, ...] = ()  # the service says it in its own words

    def validate_cohort(self, cohort: Cohort) -> Cohort:
        """Only a cohort of an institute whose training the user keeps."""
        if not can_keep_training(self.context["request"].user, cohort.programme.organization):
            raise serializers.ValidationError(_("This is not a cohort of your institute."), code="does_not_exist")
        return cohort

    def create(self, validated_data: dict[str, Any]) -> Enrolment:
        """By the service."""
        return enrol(actor=self.context["request"].user, **validated_data)


@extend_schema(tags=["training"])
class EnrolmentViewSet(
    mixins.CreateModelMixin, mixins.RetrieveModelMixin, mixins.ListModelMixin, viewsets.GenericViewSet[Enrolment]
):
    """Learners of the user's institutes."""

    serializer_class = EnrolmentSerializer
    permission_classes = (KeepsTraining,)
    lookup_value_converter = "int"
    extra_problems = (409,)

    def get_queryset(self) -> QuerySet[Enrolment]:
        """Own institutes only."""
        if getattr(self, "swagger_fake_view", False):
            return Enrolment.objects.none()
        own = Enrolment.objects.shown().filter(cohort__programme__organization__in=_institutes(self.request.user))
        return own.select_related("cohort__programme__organization")


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "placement",
            value={
                "enrolment": 40,
                "employer_name": "Arneses del Bravo",
                "job_title": "Soldadora",
                "hired_on": "2026-11-16",
                "base_pay": "2800.00",
                "related": "yes",
            },
            request_only=True,
        ),
    ]
)
class PlacementSerializer(serializers.ModelSerializer[Placement]):
    """Who was placed where and when; ``enrolment`` names the learner when one is recorded."""

    enrolment = serializers.PrimaryKeyRelatedField(
        queryset=Enrolment.objects.select_related("cohort__programme__organization"), write_only=True
    )
    employer_name = serializers.CharField(max_length=160)
    learner = serializers.SerializerMethodField()

    class Meta:
        model = Placement
        fields = (
            "id",
            "enrolment",
            "learner",
            "employer_name",
            "job_title",
            "hired_on",
            "base_pay",
            "pay_period",
            "pay_currency",
            "related",
            "source",
        )
        read_only_fields = ("source",)
        validators: tuple[Any, ...] = ()

    @extend_schema_field(str)
    def get_learner(self, row: Placement) -> str:
        """The name as the institute listed it."""
        names = {item.technician_id: item.listed_name for item in getattr(row.technician, "listed", [])}
        return names.get(row.technician_id, "")

    def validate_enrolment(self, enrolment: Enrolment) -> Enrolment:
        """Only a learner of an institute whose training the user keeps."""
        if not can_keep_training(self.context["request"].user, enrolment.cohort.programme.organization):
            raise serializers.ValidationError(_("This is not a learner of your institute."), code="does_not_exist")
        return enrolment

    def create(self, validated_data: dict[str, Any]) -> Placement:
        """By the service."""
        enrolment = validated_data.pop("enrolment")
        return record_placement(enrolment=enrolment, job=Job(**validated_data), actor=self.context["request"].user)


@extend_schema(tags=["training"])
class PlacementViewSet(
    mixins.CreateModelMixin, mixins.RetrieveModelMixin, mixins.ListModelMixin, viewsets.GenericViewSet[Placement]
):
    """Placements of learners, as far as the institute may know of them."""

    serializer_class = PlacementSerializer
    permission_classes = (KeepsTraining,)
    lookup_value_converter = "int"

    def get_queryset(self) -> QuerySet[Placement]:
        """Own learners, and hires only where the person agreed."""
        if getattr(self, "swagger_fake_view", False):
            return Placement.objects.none()
        institutes = list(_institutes(self.request.user))
        rows = Placement.objects.none()
        for institute in institutes:
            rows = rows | placements_of(institute)
        listed = Enrolment.objects.filter(cohort__programme__organization__in=institutes)
        return (
            rows.distinct()
            .select_related("technician")
            .prefetch_related(Prefetch("technician__enrolments", queryset=listed, to_attr="listed"))
        )
