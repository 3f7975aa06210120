"""A CV that somebody sent, and what was read in it until they have confirmed it."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workforce.core.choices import SkillLevel
from workforce.core.models import TimeStamped
from workforce.skills.models import Credential, Occupation, Skill
from workforce.technicians.choices import AT_WORK, FindingKind, ReadingState

STALE = timedelta(minutes=3)
"""A worker that did nothing for so long is dead: far above what opening a file may take."""
PERCENTS = {ReadingState.WAITING: 10, ReadingState.OPENING: 40, ReadingState.UNDERSTANDING: 75}


def random_name(reading: CvReading, name: str) -> str:
    """Where a file is kept: nothing of the name that the sender gave it, and in no folder that is served."""
    return f"cv/{uuid.uuid4().hex}"


class CvReadingQuerySet(models.QuerySet["CvReading"]):
    """Reads readings."""

    def at_work(self) -> CvReadingQuerySet:
        """Those for a worker."""
        return self.filter(state__in=AT_WORK)

    def left(self) -> CvReadingQuerySet:
        """Those that no worker has taken or gone on with for a while."""
        return self.at_work().filter(updated_at__lt=timezone.now() - STALE)

    def shown(self) -> CvReadingQuerySet:
        """Those that the person sees: not put aside, not too old."""
        return self.exclude(state=ReadingState.DROPPED).filter(expires_at__gt=timezone.now())

    def kept(self) -> CvReadingQuerySet:
        """Those whose file the person asked to keep."""
        return self.filter(keep_file=True).exclude(file="")


class CvReading(TimeStamped):
    """One file of one person. The file goes as soon as it is read, unless the person asked to keep it."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    technician = models.ForeignKey("technicians.Technician", models.CASCADE, related_name="cv_readings")
    file = models.FileField(_("file"), upload_to=random_name, blank=True)
    original_name = models.CharField(_("name of the file"), max_length=120)
    sha256 = models.CharField(max_length=64)
    kind = models.CharField(_("format"), max_length=4)
    keep_file = models.BooleanField(_("keep the file"), default=False)
    state = models.CharField(
        _("state"), max_length=8, choices=ReadingState.choices, default=ReadingState.WAITING, db_index=True
    )
    why = models.CharField(_("why it could not be read"), max_length=20, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField(_("forgotten on"))
    saved_at = models.DateTimeField(_("saved"), null=True, blank=True)

    objects: ClassVar[Any] = CvReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading of a CV")
        verbose_name_plural = _("readings of CVs")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.technician_id} {self.ref}"

    @property
    def is_working(self) -> bool:
        """Whether a worker has something to do."""
        return self.state in AT_WORK

    @property
    def percent(self) -> int:
        """How far the reading is, 0 to 100."""
        return PERCENTS.get(ReadingState(self.state), 100)

    @property
    def is_mislabelled(self) -> bool:
        """Whether the name of the file says another format than what it is."""
        _name, dot, ending = self.original_name.rpartition(".")
        return bool(dot) and ending.lower() in ("pdf", "docx", "doc") and ending.lower() != self.kind


class CvFinding(models.Model):
    """One thing that a CV tells, with its words; ``taken`` once the person has confirmed it."""

    reading = models.ForeignKey(CvReading, models.CASCADE, related_name="findings")
    kind = models.CharField(_("what"), max_length=5, choices=FindingKind.choices)
    words = models.CharField(_("words"), max_length=250)
    sentence = models.CharField(_("sentence"), max_length=400, blank=True)
    confidence = models.FloatField(
        _("confidence"), default=0.0, validators=(MinValueValidator(0.0), MaxValueValidator(1.0))
    )
    skill = models.ForeignKey(Skill, models.CASCADE, null=True, blank=True, related_name="+")
    credential = models.ForeignKey(Credential, models.CASCADE, null=True, blank=True, related_name="+")
    occupation = models.ForeignKey(Occupation, models.SET_NULL, null=True, blank=True, related_name="+")
    level = models.PositiveSmallIntegerField(_("level"), choices=SkillLevel.choices, null=True, blank=True)
    years = models.FloatField(_("years"), null=True, blank=True)
    grade = models.CharField(_("kind or level"), max_length=12, blank=True)
    place = models.CharField(_("where"), max_length=160, blank=True)
    started_on = models.DateField(_("from"), null=True, blank=True)
    ended_on = models.DateField(_("until"), null=True, blank=True)
    informal = models.BooleanField(_("informal work"), default=False)
    folio = models.CharField(_("folio"), max_length=60, blank=True)
    taken = models.BooleanField(_("confirmed"), default=False)

    class Meta:
        verbose_name = _("finding in a CV")
        verbose_name_plural = _("findings in CVs")
        ordering = ("reading", "pk")

    def __str__(self) -> str:
        return self.words
