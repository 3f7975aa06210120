"""What institutes teach, to whom, and since when."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from workforce.accounts.models import Organization
from workforce.core.choices import Currency, SkillLevel
from workforce.core.models import Revisioned, TimeStamped
from workforce.skills.models import Skill
from workforce.technicians.choices import TechnicianState
from workforce.technicians.models import Technician
from workforce.training.choices import EnrolmentState, Modality


class Programme(Revisioned, TimeStamped):
    """A course or career of an institute, with the skills that it declares to teach."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="programmes")
    name = models.CharField(_("name"), max_length=160)
    name_es: str | None
    name_en: str | None
    modality = models.CharField(_("modality"), max_length=10, choices=Modality.choices, default=Modality.CLASSROOM)
    hours = models.PositiveIntegerField(_("hours"), null=True, blank=True)
    cost = models.DecimalField(
        _("cost"), max_digits=10, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    cost_currency = models.CharField(_("currency"), max_length=3, choices=Currency.choices, default=Currency.MXN)
    skills = models.ManyToManyField(Skill, through="ProgrammeSkill", related_name="programmes")

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ("organization", "pk")

    def __str__(self) -> str:
        return self.name


class ProgrammeSkill(models.Model):
    """A skill taught, with the level reached as declared by the institute."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="programme_skills")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="programme_skills")
    level = models.PositiveSmallIntegerField(_("level"), choices=SkillLevel.choices, default=SkillLevel.INTERMEDIATE)

    class Meta:
        verbose_name = _("skill of a programme")
        verbose_name_plural = _("skills of programmes")
        ordering = ("programme", "pk")
        constraints = (models.UniqueConstraint(fields=("programme", "skill"), name="one_row_per_programme_skill"),)

    def __str__(self) -> str:
        return f"{self.programme_id}: {self.skill_id}"


class Cohort(TimeStamped):
    """One run of a programme."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="cohorts")
    name = models.CharField(_("name"), max_length=80)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    seats = models.PositiveIntegerField(_("seats"), default=25, validators=[MinValueValidator(1)])

    class Meta:
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")
        ordering = ("-starts_on", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("programme", "name"), name="one_cohort_per_name"),
            models.CheckConstraint(
                name="cohort_ends_after_it_starts", condition=models.Q(ends_on__gte=models.F("starts_on"))
            ),
        )

    def __str__(self) -> str:
        return self.name


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    """Reads enrolments."""

    def of_organization(self, organization: Organization) -> EnrolmentQuerySet:
        """The institute's own learners, nobody else's."""
        return self.filter(cohort__programme__organization=organization)

    def shown(self) -> EnrolmentQuerySet:
        """Those of people whom others may see: not of somebody who waits to be erased."""
        return self.exclude(technician__state=TechnicianState.BLOCKED)


class Enrolment(TimeStamped):
    """A technician in a cohort, as the institute listed them.

    The institute typed ``listed_name`` and ``listed_email`` itself and always sees these; whether an account stands
    behind them it only learns when the person confirms (``confirmed_at``).
    """

    listed_name = models.CharField(_("name"), max_length=200, default="")
    listed_email = models.EmailField(_("e-mail"), blank=True)
    confirmed_at = models.DateTimeField(_("confirmed by the person"), null=True, blank=True)
    technician = models.ForeignKey(Technician, models.CASCADE, related_name="enrolments")
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="enrolments")
    state = models.CharField(_("state"), max_length=10, choices=EnrolmentState.choices, default=EnrolmentState.ENROLLED)
    exited_on = models.DateField(_("left on"), null=True, blank=True)

    objects: ClassVar[Any] = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ("cohort", "pk")
        constraints = (
            models.UniqueConstraint(fields=("technician", "cohort"), name="one_enrolment_per_cohort"),
            models.UniqueConstraint(
                fields=("cohort", "listed_email"),
                condition=~models.Q(listed_email=""),
                name="one_enrolment_per_email_and_cohort",
            ),
        )

    def __str__(self) -> str:
        return f"{self.technician_id} in {self.cohort_id}"
