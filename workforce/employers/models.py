"""Plants and the roles (vacancies) they offer."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from workforce.accounts.choices import Verification
from workforce.accounts.models import Membership, Organization, User
from workforce.core.choices import Country, Currency, EnglishLevel, Language, PayPeriod, Shift, SkillLevel
from workforce.core.models import Revisioned, TimeStamped
from workforce.employers.choices import Contract, HiringFor, RoleState, TimeZone
from workforce.places.models import Park, Zone
from workforce.skills.models import Credential, Occupation, Skill


class Plant(TimeStamped):
    """A site of an organization where people work."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="plants")
    name = models.CharField(_("name"), max_length=120)
    zone = models.ForeignKey(Zone, models.PROTECT, related_name="plants")
    park = models.ForeignKey(
        Park, models.PROTECT, null=True, blank=True, related_name="plants", verbose_name=_("industrial park")
    )
    park_name = models.CharField(_("another park or place"), max_length=120, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=40, choices=TimeZone.choices, blank=True)
    company_bus = models.BooleanField(_("company bus"), default=False)

    class Meta:
        verbose_name = _("plant")
        verbose_name_plural = _("plants")
        ordering = ("organization", "name", "pk")
        constraints = (models.UniqueConstraint(fields=("organization", "name"), name="one_plant_per_name"),)

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """A park lies in the country of the plant's zone."""
        if self.park is not None and self.zone_id and self.park.zone.country != self.zone.country:
            message = _("This park is on the other side of the border from the zone that you chose.")
            raise ValidationError({"park": [ValidationError(message, "other_country")]})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Without a time zone of its own, a plant has that of its zone."""
        if not self.time_zone:
            self.time_zone = TimeZone.DENVER if self.zone.country == Country.US else TimeZone.JUAREZ
        super().save(*args, **kwargs)

    @property
    def park_text(self) -> str:
        """The park by name, from our list or as its members wrote it."""
        return self.park.name if self.park is not None else self.park_name


class Route(Revisioned, TimeStamped):
    """A way that the company bus of a plant takes, with the same passing times on every working day.

    Each shift has its own times, so it has its own route; one without a shift is for all.
    """

    plant = models.ForeignKey(Plant, models.CASCADE, related_name="routes")
    name = models.CharField(_("name"), max_length=80)
    shift = models.CharField(_("shift"), max_length=10, choices=Shift.choices, blank=True)

    class Meta:
        verbose_name = _("route")
        verbose_name_plural = _("routes")
        ordering = ("plant", "name", "shift", "pk")
        constraints = (models.UniqueConstraint(fields=("plant", "name", "shift"), name="one_route_per_name_and_shift"),)

    def __str__(self) -> str:
        return self.name


class RouteStop(Revisioned, models.Model):
    """Where and when a route takes people on, by the clock of the plant; ``order`` follows from the times."""

    route = models.ForeignKey(Route, models.CASCADE, related_name="stops")
    zone = models.ForeignKey(Zone, models.PROTECT, related_name="route_stops", verbose_name=_("zone"))
    name = models.CharField(_("where it stops"), max_length=120)
    time = models.TimeField(_("passes at"))
    order = models.PositiveSmallIntegerField(_("order"), default=0, editable=False)

    class Meta:
        verbose_name = _("stop")
        verbose_name_plural = _("stops")
        ordering = ("route", "order", "time", "pk")
        constraints = (models.UniqueConstraint(fields=("route", "time"), name="one_stop_at_a_time"),)

    def __str__(self) -> str:
        return f"{self.time:%H:%M} {self.name}"


class AgencyClient(TimeStamped):
    """An organization on Puente for which an agency says to hire; true once an owner of it has confirmed that."""

    agency = models.ForeignKey(Organization, models.CASCADE, related_name="clients")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="agencies", verbose_name=_("client"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    confirmed_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    refused_at = models.DateTimeField(_("refused"), null=True, blank=True)

    class Meta:
        verbose_name = _("client of an agency")
        verbose_name_plural = _("clients of agencies")
        ordering = ("agency", "organization__name", "pk")
        constraints = (models.UniqueConstraint(fields=("agency", "organization"), name="one_row_per_agency_client"),)

    def __str__(self) -> str:
        return self.organization.name

    @property
    def is_confirmed(self) -> bool:
        """Whether the client says so too."""
        return self.confirmed_at is not None

    @property
    def is_public(self) -> bool:
        """Whether the client may be named: it confirmed, and is verified itself (the organization must be loaded)."""
        return self.is_confirmed and self.organization.is_verified


def _is_open() -> models.Q:
    return models.Q(
        models.Q(closes_at__isnull=True) | models.Q(closes_at__gte=timezone.localdate()),
        state=RoleState.PUBLISHED,
        organization__verification=Verification.VERIFIED,
    )


class RoleQuerySet(models.QuerySet["Role"]):
    """Reads roles."""

    def open(self) -> RoleQuerySet:
        """Published by a verified organization and not past its closing date: what the public may see."""
        return self.filter(_is_open())

    def visible_to(self, user: Any) -> RoleQuerySet:
        """Open roles, and for members all those of their organizations."""
        if not user.is_authenticated:
            return self.open()
        mine = Membership.objects.filter(user_id=user.pk).values("organization_id")
        return self.filter(_is_open() | models.Q(organization_id__in=mine))

    def with_page(self) -> RoleQuerySet:
        """Joins what a card or page of a role shows, so that a list costs a fixed number of queries."""
        return self.select_related(
            "organization__response_rate", "plant__zone", "plant__park", "occupation", "client__organization"
        )

    def with_needs(self) -> RoleQuerySet:
        """Loads skills and credentials with the roles (three more queries, whatever the number of roles)."""
        return self.prefetch_related("role_skills__skill", "role_credentials__credential")

    def with_routes(self) -> RoleQuerySet:
        """Loads the plants' routes and their stops (three more queries)."""
        return self.prefetch_related("plant__routes__stops__zone")


class Role(Revisioned, TimeStamped):
    """A vacancy: what is to be done, where, when, for how much, and which skills it asks for."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="roles")
    plant = models.ForeignKey(Plant, models.PROTECT, related_name="roles")
    hiring_for = models.CharField(_("for whom"), max_length=12, choices=HiringFor.choices, default=HiringFor.OWN)
    client = models.ForeignKey(
        AgencyClient, models.SET_NULL, null=True, blank=True, related_name="roles", verbose_name=_("client")
    )
    client_name = models.CharField(_("name of the company"), max_length=160, blank=True, default="")
    client_sector = models.CharField(_("sector of the company"), max_length=120, blank=True, default="")
    occupation = models.ForeignKey(Occupation, models.SET_NULL, null=True, blank=True, related_name="roles")
    external_ref = models.CharField(_("your reference"), max_length=60, blank=True)
    title = models.CharField(_("title"), max_length=160)
    title_es: str | None
    title_en: str | None
    description = models.TextField(_("description"), blank=True, default="", max_length=6000)
    description_es: str | None
    description_en: str | None
    original_language = models.CharField(
        _("written in"), max_length=2, choices=Language.choices, default=Language.SPANISH
    )
    openings = models.PositiveIntegerField(
        _("openings"), default=1, validators=[MinValueValidator(1), MaxValueValidator(2000)]
    )
    hired = models.PositiveIntegerField(_("hired"), default=0, editable=False)  # counted by hiring, under a lock
    shifts = models.JSONField(_("shifts"), default=list, blank=True)
    pay_min = models.DecimalField(
        _("base pay from"), max_digits=10, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    pay_max = models.DecimalField(
        _("base pay to"), max_digits=10, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    pay_period = models.CharField(_("pay period"), max_length=10, choices=PayPeriod.choices, default=PayPeriod.WEEK)
    pay_currency = models.CharField(_("currency"), max_length=3, choices=Currency.choices, default=Currency.MXN)
    bonuses = models.DecimalField(
        _("bonuses up to"), max_digits=10, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    benefits = models.JSONField(_("benefits"), default=list, blank=True)
    weekly_hours = models.DecimalField(
        _("hours a week"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(84)],
    )
    contract = models.CharField(_("contract"), max_length=10, choices=Contract.choices, default=Contract.PERMANENT)
    english_min = models.CharField(_("English needed"), max_length=2, choices=EnglishLevel.choices, blank=True)
    needs_us_work = models.BooleanField(_("needs US work authorization"), default=False)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=9, choices=RoleState.choices, default=RoleState.DRAFT, db_index=True
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    closes_at = models.DateField(_("closes on"), null=True, blank=True)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    once_key = models.CharField(max_length=64, null=True, blank=True, editable=False)  # noqa: DJ001 null: not given
    source_hash = models.CharField(max_length=64, blank=True, default="", editable=False)
    weekly_pay = models.DecimalField(
        _("base pay a week in pesos"), max_digits=12, decimal_places=2, null=True, editable=False, db_index=True
    )
    search_title = models.TextField(editable=False, blank=True, default="")
    search_es = models.TextField(editable=False, blank=True, default="")
    search_en = models.TextField(editable=False, blank=True, default="")
    search_version = models.PositiveBigIntegerField(default=0, editable=False, db_index=True)
    skills = models.ManyToManyField(Skill, through="RoleSkill", related_name="roles")

    objects: ClassVar[Any] = RoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ("-published_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("organization", "external_ref"),
                condition=~models.Q(external_ref=""),
                name="one_role_per_external_ref",
            ),
            models.UniqueConstraint(fields=("organization", "once_key"), name="one_role_per_once_key"),
            models.CheckConstraint(
                name="role_pay_range_in_order",
                condition=models.Q(pay_min__isnull=True)
                | models.Q(pay_max__isnull=True)
                | models.Q(pay_max__gte=models.F("pay_min")),
            ),
            models.CheckConstraint(name="role_openings_at_least_1", condition=models.Q(openings__gte=1)),
            models.CheckConstraint(
                name="role_hires_within_openings", condition=models.Q(hired__lte=models.F("openings"))
            ),
        )

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """A role has at least as many openings as people were hired for it."""
        if self.openings is not None and self.openings < self.hired:
            message = ngettext_lazy(
                "%(count)d person is hired for this role: it cannot have fewer openings.",
                "%(count)d people are hired for this role: it cannot have fewer openings.",
                "count",
            )
            raise ValidationError({"openings": [ValidationError(message, "fewer_than_hired", {"count": self.hired})]})

    def get_absolute_url(self) -> str:
        """The public page of this role."""
        return reverse("role-detail", kwargs={"pk": self.pk, "slug": self.slug})

    @property
    def slug(self) -> str:
        """The title in the reader's language, for addresses."""
        return slugify(self.title or "") or "role"

    @property
    def response_rate(self) -> int | None:
        """The share of its applications that the organization answers, in percent; None where it is not known."""
        counted: ResponseRate | None = getattr(self.organization, "response_rate", None)
        return counted.percent if counted is not None else None

    @property
    def openings_left(self) -> int:
        """How many may still be hired."""
        return self.openings - self.hired

    @property
    def is_full(self) -> bool:
        """Whether every opening is filled: nobody more is hired until the employer raises the number of openings."""
        return self.openings_left <= 0

    @property
    def is_open(self) -> bool:
        """Whether people may see this role and apply (the organization must be loaded)."""
        in_time = self.closes_at is None or self.closes_at >= timezone.localdate()
        return self.state == RoleState.PUBLISHED and in_time and self.organization.is_verified


class ResponseRate(models.Model):
    """Which share of its applications an employer answers, as ``hiring`` last counted it (docs/hiring.md)."""

    organization = models.OneToOneField(
        Organization, models.CASCADE, primary_key=True, related_name="response_rate", editable=False
    )
    decided = models.PositiveIntegerField(_("answered or expired"), default=0)
    answered = models.PositiveIntegerField(_("answered"), default=0)
    counted_at = models.DateTimeField(_("counted at"), default=timezone.now)

    class Meta:
        verbose_name = _("response rate")
        verbose_name_plural = _("response rates")
        constraints = (
            models.CheckConstraint(
                name="response_rate_is_a_share", condition=models.Q(answered__lte=models.F("decided"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.organization_id}: {self.answered}/{self.decided}"

    @property
    def percent(self) -> int | None:
        """The share in whole percent, rounded down; None where too few are decided for it to mean anything."""
        if self.decided < max(1, settings.HIRING_RATE_MINIMUM):
            return None
        return 100 * self.answered // self.decided


class RoleSkill(models.Model):
    """A skill that a role asks for, at least at ``level``; ``weight`` null means: let the engine weigh it."""

    role = models.ForeignKey(Role, models.CASCADE, related_name="role_skills")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="role_skills")
    level = models.PositiveSmallIntegerField(_("level"), choices=SkillLevel.choices, default=SkillLevel.INTERMEDIATE)
    weight = models.PositiveSmallIntegerField(
        _("weight"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    must = models.BooleanField(_("must have"), default=False)

    class Meta:
        verbose_name = _("skill of a role")
        verbose_name_plural = _("skills of roles")
        ordering = ("role", "-must", "pk")
        constraints = (
            models.UniqueConstraint(fields=("role", "skill"), name="one_row_per_role_skill"),
            models.CheckConstraint(
                name="role_skill_level_1_to_4", condition=models.Q(level__gte=1) & models.Q(level__lte=4)
            ),
            models.CheckConstraint(
                name="role_skill_weight_positive", condition=models.Q(weight__isnull=True) | models.Q(weight__gte=1)
            ),
        )

    def __str__(self) -> str:
        return f"{self.role_id}: {self.skill_id}"


class RoleCredential(models.Model):
    """A credential that a role asks for."""

    role = models.ForeignKey(Role, models.CASCADE, related_name="role_credentials")
    credential = models.ForeignKey(Credential, models.PROTECT, related_name="role_credentials")
    must = models.BooleanField(_("must have"), default=True)

    class Meta:
        verbose_name = _("credential of a role")
        verbose_name_plural = _("credentials of roles")
        ordering = ("role", "-must", "pk")
        constraints = (models.UniqueConstraint(fields=("role", "credential"), name="one_row_per_role_credential"),)

    def __str__(self) -> str:
        return f"{self.role_id}: {self.credential_id}"
