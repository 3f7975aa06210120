"""Technicians, what they can do and how it is known, and who may see them."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models.functions import Coalesce, Greatest, Least
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from workforce.accounts.models import Notice, Organization, User
from workforce.core.choices import Currency, EnglishLevel, Language, SkillLevel
from workforce.core.models import Revisioned, TimeStamped
from workforce.places.models import Zone
from workforce.skills.models import Credential, Skill
from workforce.technicians.choices import (
    GONE,
    PROVEN,
    AccessKind,
    ConsentSource,
    EvidenceKind,
    GrantScope,
    Purpose,
    TechnicianState,
    UsWork,
)
from workforce.technicians.cv_models import CvFinding, CvReading
from workforce.technicians.intake_models import Intake
from workforce.technicians.study_models import Study

__all__ = [
    "AccessLog",
    "Certificate",
    "Consent",
    "CvFinding",
    "CvReading",
    "Experience",
    "Grant",
    "Intake",
    "SkillEvidence",
    "Study",
    "Technician",
    "TechnicianSkill",
    "foreign_language",
]

MAX_SKILLS = 80  # against stuffing; see docs/matching.md
UNPROVEN_LEVEL = SkillLevel.ADVANCED  # a level without evidence counts as at most this


def foreign_language(spanish: str | None, english: str | None) -> str:
    """Return the language in which a text is shown because it does not exist in the reader's, else an empty text."""
    if (get_language() or "").startswith("en"):
        return Language.SPANISH if spanish and not english else ""
    return Language.ENGLISH if english and not spanish else ""


class TechnicianQuerySet(models.QuerySet["Technician"]):
    """Reads technicians."""

    def active(self) -> TechnicianQuerySet:
        """Those who take part."""
        return self.filter(state=TechnicianState.ACTIVE)

    def claimed(self) -> TechnicianQuerySet:
        """Those with an account that may log in: nobody else is anywhere in matches, searches, numbers or the API."""
        return self.filter(user__is_active=True)

    def discoverable(self) -> TechnicianQuerySet:
        """Those whom matching may show to employers: claimed, active, and willing."""
        return self.active().claimed().filter(discoverable=True)

    def matchable(self) -> TechnicianQuerySet:
        """Those for whom lists are computed: claimed and active. Who is shown to employers is narrower."""
        return self.active().claimed()

    def visible_to(self, user: Any) -> TechnicianQuerySet:
        """Those of whom ``user`` may see something: themselves; whoever gave a grant; and, blind, the discoverable.

        The discoverable are for members of verified organizations that hire: an unchecked one could be anybody.
        """
        if not user.is_authenticated:
            return self.none()
        mine = Organization.objects.of_member(user)
        granted = Grant.objects.in_force().filter(organization__in=mine.values("pk")).values("technician_id")
        visible = models.Q(user_id=user.pk) | models.Q(pk__in=granted)
        hires = models.Q(is_employer=True) | models.Q(is_agency=True)
        if mine.verified().filter(hires).exists():
            visible |= models.Q(state=TechnicianState.ACTIVE, discoverable=True)
        return self.claimed().exclude(state__in=GONE).filter(visible)

    def contact_visible_to(self, user: Any) -> TechnicianQuerySet:
        """Those whose name and contact details ``user`` may see: themselves, and by a grant in force."""
        if not user.is_authenticated:
            return self.none()
        grants = Grant.objects.naming().filter(organization__in=Organization.objects.of_member(user))
        visible = models.Q(user_id=user.pk) | models.Q(pk__in=grants.values("technician_id"))
        return self.claimed().exclude(state__in=GONE).filter(visible)

    def for_cards(self) -> TechnicianQuerySet:
        """Load what blind cards show, in three queries however many people there are."""
        skills = TechnicianSkill.objects.filter(skill__isnull=False).select_related("skill")
        valid = SkillEvidence.objects.valid_on()
        return self.select_related("zone").prefetch_related(
            models.Prefetch("technician_skills", skills.order_by("-level", "pk"), to_attr="card_skills"),
            models.Prefetch("card_skills__evidence", valid.order_by("-level", "pk"), to_attr="valid_evidence"),
        )


class Technician(Revisioned, TimeStamped):
    """A job seeker. May exist without an account (see ``Intake``) and is then invisible until claimed."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(User, models.CASCADE, null=True, blank=True, related_name="technician")
    given_names = models.CharField(_("given names"), max_length=80)
    paternal = models.CharField(_("first surname"), max_length=60, blank=True)
    maternal = models.CharField(_("second surname"), max_length=60, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    summary = models.TextField(_("about me"), blank=True, default="", max_length=2000)
    summary_es: str | None
    summary_en: str | None
    original_language = models.CharField(
        _("written in"), max_length=2, choices=Language.choices, default=Language.SPANISH
    )
    zone = models.ForeignKey(Zone, models.SET_NULL, null=True, blank=True, related_name="technicians")
    own_transport = models.BooleanField(_("I have my own transport"), default=False)
    shifts = models.JSONField(_("shifts I accept"), default=list, blank=True)
    english = models.CharField(_("English"), max_length=2, choices=EnglishLevel.choices, blank=True)
    us_work = models.CharField(
        _("US work authorization"), max_length=8, choices=UsWork.choices, default=UsWork.UNSTATED
    )
    available_from = models.DateField(_("available from"), null=True, blank=True)
    pay_min = models.DecimalField(
        _("weekly pay wanted"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    pay_currency = models.CharField(_("currency"), max_length=3, choices=Currency.choices, default=Currency.MXN)
    discoverable = models.BooleanField(_("employers may find me (without my name)"), default=True)
    state = models.CharField(
        _("state"), max_length=8, choices=TechnicianState.choices, default=TechnicianState.ACTIVE, db_index=True
    )
    skills = models.ManyToManyField(Skill, through="TechnicianSkill", related_name="technicians")

    objects: ClassVar[Any] = TechnicianQuerySet.as_manager()

    class Meta:
        verbose_name = _("technician")
        verbose_name_plural = _("technicians")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Given names and surnames, as people write them in Mexico; the blind name of somebody who was erased."""
        return " ".join(part for part in (self.given_names, self.paternal, self.maternal) if part) or self.blind_name

    @property
    def blind_name(self) -> str:
        """What an employer sees instead of a name before an application."""
        return str(self.ref).split("-", maxsplit=1)[0].upper()


class TechnicianSkillQuerySet(models.QuerySet["TechnicianSkill"]):
    """Reads what technicians can do."""

    def with_effective_level(self, day: date | None = None) -> TechnicianSkillQuerySet:
        """Add ``proven_level`` (0 without valid proof on ``day``) and ``effective_level`` (see ``levels.py``)."""
        day = day or timezone.localdate()
        valid = models.Q(evidence__expires_on__isnull=True) | models.Q(evidence__expires_on__gte=day)
        proven = models.Max("evidence__level", filter=models.Q(evidence__kind__in=PROVEN) & valid)
        return self.annotate(proven_level=Coalesce(proven, 0)).annotate(
            effective_level=Greatest(Least("level", UNPROVEN_LEVEL.value), "proven_level")
        )


class TechnicianSkill(TimeStamped):
    """A skill of a technician with its declared level; ``raw`` keeps the person's own words."""

    technician = models.ForeignKey(Technician, models.CASCADE, related_name="technician_skills")
    skill = models.ForeignKey(Skill, models.PROTECT, null=True, blank=True, related_name="technician_skills")
    raw = models.CharField(_("own words"), max_length=250, blank=True)
    level = models.PositiveSmallIntegerField(_("level"), choices=SkillLevel.choices, default=SkillLevel.INTERMEDIATE)

    objects: ClassVar[Any] = TechnicianSkillQuerySet.as_manager()

    class Meta:
        verbose_name = _("skill of a technician")
        verbose_name_plural = _("skills of technicians")
        ordering = ("technician", "-level", "pk")
        constraints = (
            models.UniqueConstraint(fields=("technician", "skill"), name="one_row_per_technician_skill"),
            models.CheckConstraint(
                name="technician_skill_says_something",
                condition=models.Q(skill__isnull=False) | ~models.Q(raw=""),
            ),
            models.CheckConstraint(
                name="technician_skill_level_1_to_4", condition=models.Q(level__gte=1) & models.Q(level__lte=4)
            ),
        )

    def __str__(self) -> str:
        return f"{self.technician_id}: {self.skill_id or self.raw}"


class Certificate(TimeStamped):
    """A credential that a technician says they hold; it proves skills once staff has checked the paper.

    ``verified_at`` changes only by ``services.verify_certificates`` and by editing what was checked, which clears it.
    """

    technician = models.ForeignKey(Technician, models.CASCADE, related_name="certificates")
    credential = models.ForeignKey(Credential, models.PROTECT, related_name="certificates")
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    expires_on = models.DateField(_("valid until"), null=True, blank=True)
    folio = models.CharField(_("folio"), max_length=60, blank=True)
    verified_at = models.DateTimeField(_("checked at"), null=True, blank=True, editable=False)
    verified_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, editable=False, related_name="+", verbose_name=_("checked by")
    )

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ("technician", "credential", "pk")
        constraints = (
            models.UniqueConstraint(fields=("technician", "credential"), name="one_certificate_per_credential"),
        )

    def __str__(self) -> str:
        return f"{self.technician_id}: {self.credential_id}"

    @property
    def is_expired(self) -> bool:
        """Whether its last day has passed."""
        return self.expires_on is not None and self.expires_on < timezone.localdate()

    @property
    def is_verified(self) -> bool:
        """Whether staff has checked the paper as it is described here."""
        return self.verified_at is not None


class EvidenceQuerySet(models.QuerySet["SkillEvidence"]):
    """Reads evidence."""

    def valid_on(self, day: Any = None) -> EvidenceQuerySet:
        """Evidence that has not expired on ``day`` (today by default)."""
        day = day or timezone.localdate()
        return self.filter(models.Q(expires_on__isnull=True) | models.Q(expires_on__gte=day))

    def proven(self) -> EvidenceQuerySet:
        """Evidence that somebody else stands behind; a certificate that is only stated is not."""
        return self.filter(kind__in=PROVEN)


class SkillEvidence(TimeStamped):
    """One reason to believe a technician's level in a skill; several to one skill, each may expire."""

    technician_skill = models.ForeignKey(TechnicianSkill, models.CASCADE, related_name="evidence")
    kind = models.CharField(_("kind"), max_length=10, choices=EvidenceKind.choices, default=EvidenceKind.DECLARED)
    level = models.PositiveSmallIntegerField(_("level"), choices=SkillLevel.choices)
    certificate = models.ForeignKey(Certificate, models.CASCADE, null=True, blank=True, related_name="evidence")
    organization = models.ForeignKey(Organization, models.SET_NULL, null=True, blank=True, related_name="+")
    expires_on = models.DateField(_("valid until"), null=True, blank=True)

    objects: ClassVar[Any] = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence of a skill")
        verbose_name_plural = _("evidence of skills")
        ordering = ("technician_skill", "-level", "pk")
        constraints = (
            models.CheckConstraint(
                name="evidence_of_a_certificate_names_it",
                condition=~models.Q(kind__in=(EvidenceKind.STATED, EvidenceKind.CERTIFIED))
                | models.Q(certificate__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.technician_skill_id}: {self.kind} {self.level}"


class Experience(TimeStamped):
    """A job that a technician has held, formal or not."""

    technician = models.ForeignKey(Technician, models.CASCADE, related_name="experience")
    title = models.CharField(_("job title"), max_length=160)
    title_es: str | None
    title_en: str | None
    employer = models.CharField(_("employer"), max_length=160, blank=True)
    started_on = models.DateField(_("from"))
    ended_on = models.DateField(_("until"), null=True, blank=True)
    informal = models.BooleanField(_("informal work"), default=False)

    class Meta:
        verbose_name = _("experience")
        verbose_name_plural = _("experience")
        ordering = ("technician", "-started_on", "pk")
        constraints = (
            models.CheckConstraint(
                name="experience_ends_after_it_starts",
                condition=models.Q(ended_on__isnull=True) | models.Q(ended_on__gte=models.F("started_on")),
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def title_lang(self) -> str:
        """The language of the title where it is not the reader's, else empty."""
        return foreign_language(self.title_es, self.title_en)


class GrantQuerySet(models.QuerySet["Grant"]):
    """Reads grants."""

    def in_force(self) -> GrantQuerySet:
        """Those that were not revoked, of people who are still there."""
        return self.filter(revoked_at__isnull=True).exclude(technician__state__in=GONE)

    def naming(self) -> GrantQuerySet:
        """Those by which an organization may know name and contact details: in force, and staff have checked it."""
        return self.in_force().filter(scope=GrantScope.CONTACT, organization__in=Organization.objects.verified())


class Grant(TimeStamped):
    """Leave for one organization to see one thing of one technician; ``source`` says what it came from."""

    technician = models.ForeignKey(Technician, models.CASCADE, related_name="grants")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="grants")
    scope = models.CharField(_("scope"), max_length=8, choices=GrantScope.choices)
    source = models.CharField(_("source"), max_length=80)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    objects: ClassVar[Any] = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        ordering = ("technician", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("technician", "organization", "scope", "source"), name="one_grant_per_source"
            ),
        )

    def __str__(self) -> str:
        return f"{self.technician_id} -> {self.organization_id}: {self.scope}"

    @property
    def why(self) -> str:
        """What it came from, in words."""
        words = {"application": _("because you applied"), "enrolment": _("because you confirmed your training")}
        return str(words.get(self.source.partition(":")[0], ""))


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Reads consents."""

    def in_force(self) -> ConsentQuerySet:
        """Those that were not taken back."""
        return self.filter(withdrawn_at__isnull=True)


class Consent(models.Model):
    """One purpose to which somebody agreed, and the version of the notice that told them what it means.

    For the necessary purpose it only says that the notice was read.
    """

    user = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="consents")
    technician = models.ForeignKey(Technician, models.CASCADE, null=True, blank=True, related_name="consents")
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose.choices)
    source = models.CharField(_("source"), max_length=10, choices=ConsentSource.choices)
    given_at = models.DateTimeField(_("given at"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects: ClassVar[Any] = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ("purpose", "-given_at", "-pk")
        constraints = (
            models.CheckConstraint(
                name="consent_is_somebodys",
                condition=models.Q(user__isnull=False) | models.Q(technician__isnull=False),
            ),
            models.UniqueConstraint(
                fields=("user", "notice", "purpose"),
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_consent_in_force_per_notice",
            ),
        )

    def __str__(self) -> str:
        return f"{self.purpose}, notice {self.notice_id}"


class AccessLog(models.Model):
    """Somebody saw a person by name: who, for which organization, in what way. One row a day says it."""

    actor = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("who"))
    organization = models.ForeignKey(
        Organization, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("organization")
    )
    technician = models.ForeignKey(Technician, models.CASCADE, related_name="access_log")
    kind = models.CharField(_("what"), max_length=8, choices=AccessKind.choices)
    day = models.DateField(_("day"))
    at = models.DateTimeField(_("first at"), default=timezone.now)

    class Meta:
        verbose_name = _("access")
        verbose_name_plural = _("accesses")
        ordering = ("-at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("technician", "actor", "kind", "day"), name="one_access_per_day_and_kind"),
        )

    def __str__(self) -> str:
        return f"{self.actor_id} saw {self.technician_id}: {self.kind}"
