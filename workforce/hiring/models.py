"""Applications and their moves, and who was placed where and when."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workforce.accounts.models import Organization, User
from workforce.core.choices import Currency, PayPeriod
from workforce.core.models import Revisioned, TimeStamped
from workforce.employers.models import Role
from workforce.hiring.choices import Actor, ApplicationState, PlacementSource, RefusalReason, Related
from workforce.technicians.choices import TechnicianState
from workforce.technicians.models import Grant, Technician

LIVE_STATES = (
    ApplicationState.NEW,
    ApplicationState.REVIEWING,
    ApplicationState.INTERVIEW,
    ApplicationState.OFFER,
)


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Reads applications."""

    def live(self) -> ApplicationQuerySet:
        """Those that still wait for an end."""
        return self.filter(state__in=LIVE_STATES)

    def waiting(self) -> ApplicationQuerySet:
        """The waiting pool: live ones to roles whose openings are all filled."""
        return self.live().filter(role__hired__gte=models.F("role__openings"))

    def of_role(self, role: Role) -> ApplicationQuerySet:
        """Those to ``role``; nobody's while its organization is not verified: staff may have found it to be a fraud."""
        return self.shown().filter(role=role) if role.organization.is_verified else self.none()

    def with_named(self) -> ApplicationQuerySet:
        """Add ``is_named``: whether the role's organization may know who it is (``GrantQuerySet.naming``).

        Who withdrew is blind again, whatever else they applied to there; so is whoever was refused or never answered,
        unless another application of theirs there still stands.
        """
        grants = Grant.objects.naming().filter(
            technician=models.OuterRef("technician"), organization=models.OuterRef("role__organization")
        )
        stands = ~models.Q(state=ApplicationState.WITHDRAWN)
        return self.annotate(
            is_named=models.ExpressionWrapper(models.Exists(grants) & stands, output_field=models.BooleanField())
        )

    def shown(self) -> ApplicationQuerySet:
        """Those of people whom others may see: not of somebody who waits to be erased."""
        return self.exclude(technician__state=TechnicianState.BLOCKED)

    def visible_to(self, user: Any) -> ApplicationQuerySet:
        """The person's own, and those to roles of verified organizations where the user is a member."""
        if not user.is_authenticated:
            return self.none()
        orgs = Organization.objects.of_member(user).verified().values("pk")
        return self.shown().filter(models.Q(technician__user_id=user.pk) | models.Q(role__organization_id__in=orgs))


class Application(Revisioned, TimeStamped):
    """A technician's interest in a role. One per pair, whatever is clicked twice."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    role = models.ForeignKey(Role, models.PROTECT, related_name="applications")
    technician = models.ForeignKey(Technician, models.CASCADE, related_name="applications")
    state = models.CharField(
        _("state"), max_length=10, choices=ApplicationState.choices, default=ApplicationState.NEW, db_index=True
    )
    message = models.TextField(_("message"), blank=True, max_length=1000)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    refusal_reason = models.CharField(_("reason"), max_length=10, choices=RefusalReason.choices, blank=True)
    answer = models.TextField(_("the employer's answer"), blank=True, max_length=1000)
    quiet_since = models.DateTimeField(_("without a move since"), default=timezone.now, editable=False)
    reminders = models.PositiveSmallIntegerField(_("reminders of this silence"), default=0, editable=False)

    is_named: bool  # only of rows read by with_named()

    objects: ClassVar[Any] = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ("-created_at", "-pk")
        constraints = (models.UniqueConstraint(fields=("role", "technician"), name="one_application_per_pair"),)
        indexes = (
            models.Index(fields=("quiet_since",), condition=models.Q(state__in=LIVE_STATES), name="live_by_silence"),
        )

    def __str__(self) -> str:
        return f"{self.technician_id} -> {self.role_id}: {self.state}"

    @property
    def is_live(self) -> bool:
        """Whether it still waits for an end."""
        return self.state in LIVE_STATES

    @property
    def is_waiting(self) -> bool:
        """Whether it is in the waiting pool: live, and every opening of the role is filled."""
        return self.is_live and self.role.is_full


class ApplicationEvent(models.Model):
    """One move of an application: from where, to where, by whom, when."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="events")
    from_state = models.CharField(max_length=10, choices=ApplicationState.choices, blank=True)
    to_state = models.CharField(max_length=10, choices=ApplicationState.choices)
    actor = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")  # null: nobody, or erased
    side = models.CharField(_("who moved it"), max_length=10, choices=Actor.choices, blank=True, default="")
    reason = models.CharField(max_length=10, choices=RefusalReason.choices, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("move of an application")
        verbose_name_plural = _("moves of applications")
        ordering = ("application", "pk")

    def __str__(self) -> str:
        return f"{self.application_id}: {self.from_state} -> {self.to_state}"


class PlacementQuerySet(models.QuerySet["Placement"]):
    """Reads placements."""

    def with_employer_name(self) -> PlacementQuerySet:
        """Add ``employer_label``: the organization's name, or the name typed by hand."""
        return self.annotate(employer_label=Coalesce("employer__name", "employer_name"))


class Placement(Revisioned, TimeStamped):
    """Somebody was hired: where, when, for how much. From a hire, or entered by hand."""

    technician = models.ForeignKey(Technician, models.CASCADE, related_name="placements")
    application = models.OneToOneField(Application, models.SET_NULL, null=True, blank=True, related_name="placement")
    role = models.ForeignKey(Role, models.SET_NULL, null=True, blank=True, related_name="placements")
    employer = models.ForeignKey(Organization, models.SET_NULL, null=True, blank=True, related_name="placements")
    employer_name = models.CharField(_("employer"), max_length=160, blank=True)
    job_title = models.CharField(_("job title"), max_length=160, blank=True)
    hired_on = models.DateField(_("hired on"))
    base_pay = models.DecimalField(
        _("base pay"), max_digits=10, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    pay_period = models.CharField(_("pay period"), max_length=10, choices=PayPeriod.choices, default=PayPeriod.WEEK)
    pay_currency = models.CharField(_("currency"), max_length=3, choices=Currency.choices, default=Currency.MXN)
    related = models.CharField(
        _("related to the training"), max_length=8, choices=Related.choices, default=Related.UNKNOWN
    )
    source = models.CharField(_("source"), max_length=10, choices=PlacementSource.choices)
    recorded_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    recorded_for = models.ForeignKey(
        Organization, models.SET_NULL, null=True, blank=True, related_name="recorded_placements"
    )

    objects: ClassVar[Any] = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        ordering = ("-hired_on", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("technician", "employer_name", "hired_on", "recorded_for"),
                condition=models.Q(source=PlacementSource.INSTITUTE),
                name="one_recorded_placement_per_hire",
            ),
            models.CheckConstraint(
                name="placement_names_an_employer",
                condition=models.Q(employer__isnull=False) | ~models.Q(employer_name=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.technician_id}: {self.hired_on}"
