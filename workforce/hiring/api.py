"""Applications by API: the same services as the pages."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, cast

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_serializer
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from workforce.accounts.models import User
from workforce.core.api.etags import RevisionedMixin, expected_revision
from workforce.core.api.pagination import StableCursorPagination
from workforce.core.choices import Currency, PayPeriod
from workforce.core.errors import Conflict, NotAllowed
from workforce.employers.models import Role
from workforce.hiring.access import can_view_applications
from workforce.hiring.choices import ApplicationState, RefusalReason
from workforce.hiring.hires import Hire
from workforce.hiring.models import Application, ApplicationEvent
from workforce.hiring.services import apply_to_role, move_application, note_named
from workforce.hiring.silence import ends_on
from workforce.technicians.choices import AccessKind
from workforce.technicians.models import Technician


class ApplicationSerializer(serializers.ModelSerializer[Application]):
    """One application as both sides see it; the person's name is there because they applied."""

    is_waiting = serializers.BooleanField(
        read_only=True, help_text="On the waiting list: it is live, and every opening of the role is filled."
    )

    role_title_es = serializers.CharField(source="role.title_es", read_only=True, allow_null=True)
    role_title_en = serializers.CharField(source="role.title_en", read_only=True, allow_null=True)
    organization = serializers.CharField(source="role.organization.name", read_only=True)
    technician_name = serializers.SerializerMethodField()
    ends_on = serializers.SerializerMethodField(
        help_text="The day, at the plant, on which it ends by itself if nobody moves it before; null once it has ended."
    )
    message = serializers.SerializerMethodField()

    class Meta:
        model = Application
        fields = (
            "ref",
            "role",
            "role_title_es",
            "role_title_en",
            "organization",
            "technician_name",
            "state",
            "is_waiting",
            "ends_on",
            "message",
            "refusal_reason",
            "answer",
            "answered_at",
            "created_at",
            "revision",
        )
        read_only_fields = fields

    def get_technician_name(self, row: Application) -> str:
        """The name while the employer may know it; who withdrew, or took that leave back, is blind again."""
        return row.technician.full_name if self._is_known(row) else row.technician.blind_name

    def get_ends_on(self, row: Application) -> datetime.date | None:
        """When silence ends it."""
        return ends_on(row) if row.is_live else None

    def get_message(self, row: Application) -> str:
        """What the person wrote. Once they are blind only they still read it: it may hold a name or a phone."""
        return row.message if self._is_known(row) or self._is_own(row) else ""

    def _is_known(self, row: Application) -> bool:
        stands = row.state != ApplicationState.WITHDRAWN
        return bool(getattr(row, "is_named", False)) or (stands and self._is_own(row))

    def _is_own(self, row: Application) -> bool:
        return row.technician.user_id == self.context["request"].user.pk


@extend_schema_serializer(
    examples=[OpenApiExample("interest", value={"role": 12, "message": "Puedo empezar el lunes."}, request_only=True)]
)
class InterestSerializer(serializers.Serializer[Any]):
    """What is sent to apply."""

    role = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    message = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")


@extend_schema_serializer(
    examples=[
        OpenApiExample("interview", value={"to_state": "interview"}, request_only=True),
        OpenApiExample(
            "refuse",
            value={"to_state": "refused", "reason": "shift", "answer": "Buscamos segundo turno."},
            request_only=True,
        ),
        OpenApiExample(
            "hire",
            value={
                "to_state": "hired",
                "hired_on": "2026-11-30",
                "base_pay": "2800.00",
                "pay_period": "week",
                "pay_currency": "MXN",
            },
            request_only=True,
        ),
    ]
)
class MoveSerializer(serializers.Serializer[Any]):
    """A move of an application, with what some moves need."""

    to_state = serializers.ChoiceField(choices=ApplicationState.choices)
    reason = serializers.ChoiceField(choices=RefusalReason.choices, required=False, allow_blank=True, default="")
    answer = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")
    hired_on = serializers.DateField(required=False, allow_null=True, default=None)
    base_pay = serializers.DecimalField(
        max_digits=10, decimal_places=2, min_value=0, required=False, allow_null=True, default=None
    )
    pay_period = serializers.ChoiceField(choices=PayPeriod.choices, required=False, default=PayPeriod.WEEK)
    pay_currency = serializers.ChoiceField(choices=Currency.choices, required=False, default=Currency.MXN)


def _applications() -> QuerySet[Application]:
    found: QuerySet[Application] = Application.objects.with_named().select_related(
        "role__organization", "role__plant", "technician"
    )
    return found


def _note(request: Request, rows: Iterable[Application], kind: AccessKind) -> None:
    note_named(actor=cast(User, request.user), applications=rows, kind=kind)


def _shown(view: generics.GenericAPIView[Application], row: Application) -> Any:
    """Read the row again, as the reader of ``view`` may see it."""
    found = _applications().get(pk=row.pk)
    _note(view.request, [found], AccessKind.CONTACT)
    return ApplicationSerializer(found, context=view.get_serializer_context()).data


@extend_schema(tags=["applications"])
class MyApplicationsView(generics.ListAPIView[Application]):
    """My applications; POST says "I am interested" in a role, twice is the same as once."""

    serializer_class = ApplicationSerializer
    pagination_class = StableCursorPagination
    extra_problems = (409,)

    def get_queryset(self) -> QuerySet[Application]:
        """Mine only."""
        if getattr(self, "swagger_fake_view", False):
            return Application.objects.none()
        return _applications().filter(technician__user_id=cast(User, self.request.user).pk)

    @extend_schema(request=InterestSerializer, responses={201: ApplicationSerializer})
    def post(self, request: Request) -> Response:
        """Apply to an open role."""
        technician = Technician.objects.filter(user_id=request.user.pk).first()
        if technician is None:
            raise NotAllowed("no_profile", _("Only a job seeker's account can apply."))
        data = InterestSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        role = Role.objects.visible_to(request.user).filter(pk=data.validated_data["role"]).first()
        if role is None:
            raise Conflict("role_closed", _("This role no longer takes applications."))
        row = apply_to_role(
            technician=technician, role=role, actor=cast(User, request.user), message=data.validated_data["message"]
        )
        return Response(_shown(self, row), status=201)


@extend_schema(tags=["applications"])
class ApplicationView(RevisionedMixin, generics.RetrieveAPIView[Application]):
    """One application, for the person and for members of the organization."""

    serializer_class = ApplicationSerializer
    lookup_field = "ref"

    def get_queryset(self) -> QuerySet[Application]:
        """Those that the user may see."""
        if getattr(self, "swagger_fake_view", False):
            return Application.objects.none()
        return _applications().filter(pk__in=Application.objects.visible_to(self.request.user).values("pk"))

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Read it; 304 for who has this version."""
        _note(request, [self.get_object()], AccessKind.CONTACT)
        return self.retrieve(request, *args, **kwargs)


class MoveMadeSerializer(serializers.ModelSerializer[ApplicationEvent]):
    """One move of the history. Who of the organization made it is not told, only the side."""

    class Meta:
        model = ApplicationEvent
        fields = ("from_state", "to_state", "side", "reason", "at")


@extend_schema(tags=["applications"])
class ApplicationHistoryView(generics.ListAPIView[ApplicationEvent]):
    """The moves of an application, for both sides of it, the first one first."""

    serializer_class = MoveMadeSerializer
    pagination_class = None

    def get_queryset(self) -> QuerySet[ApplicationEvent]:
        """Those of one application that the user may see."""
        if getattr(self, "swagger_fake_view", False):
            return ApplicationEvent.objects.none()
        seen = get_object_or_404(Application.objects.visible_to(self.request.user), ref=self.kwargs["ref"])
        return ApplicationEvent.objects.filter(application=seen).order_by("pk")


@extend_schema(tags=["applications"])
class ApplicationMovesView(RevisionedMixin, generics.GenericAPIView[Application]):
    """Move an application: the employer answers, the person withdraws. Needs If-Match."""

    serializer_class = MoveSerializer
    lookup_field = "ref"
    edits_revision = True
    extra_problems = (409,)

    def get_queryset(self) -> QuerySet[Application]:
        """Those that the user may see."""
        if getattr(self, "swagger_fake_view", False):
            return Application.objects.none()
        return _applications().filter(pk__in=Application.objects.visible_to(self.request.user).values("pk"))

    @extend_schema(request=MoveSerializer, responses={200: ApplicationSerializer})
    def post(self, request: Request, ref: str) -> Response:
        """Make the move."""
        application = self.get_object()
        expected = expected_revision(request, application)
        data = self.get_serializer(data=request.data)
        data.is_valid(raise_exception=True)
        sent = data.validated_data
        with transaction.atomic():
            row = move_application(
                application=application,
                to_state=sent["to_state"],
                actor=cast(User, request.user),
                reason=sent["reason"],
                answer=sent["answer"],
                hire=Hire(sent["hired_on"], sent["base_pay"], sent["pay_period"], sent["pay_currency"]),
                expected_revision=expected,
            )
        self.revisioned = row
        return Response(_shown(self, row))


@extend_schema(tags=["applications"])
class RoleApplicationsView(generics.ListAPIView[Application]):
    """Who applied to a role; for members of its organization."""

    serializer_class = ApplicationSerializer
    pagination_class = StableCursorPagination

    def get_queryset(self) -> QuerySet[Application]:
        """Those to this role."""
        if getattr(self, "swagger_fake_view", False):
            return Application.objects.none()
        role = get_object_or_404(Role.objects.select_related("organization"), pk=self.kwargs["pk"])
        if not can_view_applications(self.request.user, role):
            raise Http404
        return _applications().filter(pk__in=Application.objects.of_role(role).values("pk"))

    def paginate_queryset(self, queryset: Any) -> Any:
        """A page of them, kept as seen by name."""
        page = super().paginate_queryset(queryset)
        _note(self.request, page or [], AccessKind.NAME)
        return page
