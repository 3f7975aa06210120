"""Stored match lists, what is pending, and which engine computed them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matching.choices import ListPart, RebuildState, SubjectKind
from workforce.employers.models import Role
from workforce.hiring.models import Application, ApplicationEvent
from workforce.technicians.models import Technician

ACTIVE_STATES = (RebuildState.SNAPSHOT, RebuildState.SCORING, RebuildState.MERGING)
GIVEN_UP = (RebuildState.FAILED, RebuildState.CANCELED)


class EngineVersion(models.Model):
    """A fitted relatedness: its content hash and where its artefact lies. The newest one is in force."""

    version = models.CharField(max_length=64, unique=True)
    fitted_at = models.DateTimeField(auto_now_add=True)
    artefact = models.CharField(max_length=200)
    manifest = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("engine version")
        verbose_name_plural = _("engine versions")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.version


class MatchList(models.Model):
    """What both sides' lists share: two ranked parts as packed little-endian arrays; ``matching.stored`` reads and
    writes them.

    ``edition`` names engine and rebuild: lists of different editions are never merged. ``seq`` is the number of
    changes that the list reflects: an older computation never overwrites a newer one. ``found`` counts the pairs
    there were before the cut to ``k``.
    """

    edition = models.CharField(max_length=40, blank=True, default="")
    seq = models.PositiveBigIntegerField(default=0)
    ids = models.BinaryField(default=bytes)
    orders = models.BinaryField(default=bytes)
    found = models.PositiveIntegerField(default=0)
    k = models.PositiveIntegerField(default=0)
    near_ids = models.BinaryField(default=bytes)
    near_orders = models.BinaryField(default=bytes)
    near_failed = models.BinaryField(default=bytes)
    near_found = models.PositiveIntegerField(default=0)
    near_k = models.PositiveIntegerField(default=0)
    reachable = models.PositiveIntegerField(default=0)
    computed_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class TechnicianMatches(MatchList):
    """The ranked roles of one technician."""

    technician = models.OneToOneField(Technician, models.CASCADE, primary_key=True, related_name="match_list")

    class Meta:
        verbose_name = _("match list of a technician")
        verbose_name_plural = _("match lists of technicians")

    def __str__(self) -> str:
        return f"technician {self.pk}"


class RoleMatches(MatchList):
    """The ranked technicians of one role."""

    role = models.OneToOneField(Role, models.CASCADE, primary_key=True, related_name="match_list")

    class Meta:
        verbose_name = _("match list of a role")
        verbose_name_plural = _("match lists of roles")

    def __str__(self) -> str:
        return f"role {self.pk}"


class RefreshRequest(models.Model):
    """Something changed and its lists are old. Written with the change itself, so that no crash loses it."""

    kind = models.CharField(max_length=10, choices=SubjectKind.choices)
    object_id = models.PositiveBigIntegerField()
    seq = models.PositiveBigIntegerField()
    requested_at = models.DateTimeField(auto_now=True)
    applied_to = models.CharField(max_length=40, blank=True, default="")  # the edition whose lists already show it
    covered_by = models.PositiveBigIntegerField(null=True, blank=True)  # the rebuild whose snapshot came after it

    class Meta:
        verbose_name = _("refresh request")
        verbose_name_plural = _("refresh requests")
        ordering = ("seq", "pk")
        constraints = (models.UniqueConstraint(fields=("kind", "object_id"), name="one_refresh_request_per_object"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} #{self.seq}"


class LastChange(models.Model):
    """When something changed last: ``stamp`` orders changes as ``matching.changes`` says. Unlike a request it stays."""

    kind = models.CharField(max_length=10, choices=SubjectKind.choices)
    object_id = models.PositiveBigIntegerField()
    stamp = models.PositiveBigIntegerField(db_index=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("last change")
        verbose_name_plural = _("last changes")
        ordering = ("stamp", "pk")
        constraints = (models.UniqueConstraint(fields=("kind", "object_id"), name="one_last_change_per_object"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} @{self.stamp}"


class Sequence(models.Model):
    """A counter in the database: each change takes the next number."""

    name = models.CharField(max_length=40, primary_key=True)
    value = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("sequence")
        verbose_name_plural = _("sequences")

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"


class RebuildRunQuerySet(models.QuerySet["RebuildRun"]):
    """Reads rebuilds."""

    def active(self) -> RebuildRunQuerySet:
        """Those that are not at their end."""
        return self.filter(state__in=ACTIVE_STATES)

    def done(self) -> RebuildRunQuerySet:
        """Those whose lists are complete; the newest one is the edition in force."""
        return self.filter(state=RebuildState.DONE)


class RebuildRun(models.Model):
    """One computation of everything, in shards; it can be killed anywhere and goes on where it stood.

    A finished run is an edition: engine version and day (the day rotates ties). Refreshes build on the newest one.
    """

    version = models.CharField(max_length=64)
    day = models.DateField(default=timezone.localdate)
    snapshot = models.CharField(max_length=200, blank=True)
    seq = models.PositiveBigIntegerField(default=0)
    state = models.CharField(max_length=8, choices=RebuildState.choices, default=RebuildState.SNAPSHOT)
    shards = models.PositiveIntegerField(default=0)
    technicians = models.PositiveIntegerField(default=0)
    roles = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = RebuildRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("rebuild")
        verbose_name_plural = _("rebuilds")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"rebuild {self.pk}: {self.state}"

    @property
    def edition(self) -> str:
        """The name that the lists of this run carry."""
        return f"{self.version}.{self.pk}"


class RebuildShard(models.Model):
    """One range of technicians of a rebuild; done when its lists are stored."""

    run = models.ForeignKey(RebuildRun, models.CASCADE, related_name="shard_set")
    number = models.PositiveIntegerField()
    first_row = models.PositiveIntegerField()
    last_row = models.PositiveIntegerField()
    done_at = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("shard of a rebuild")
        verbose_name_plural = _("shards of rebuilds")
        ordering = ("run", "number")
        constraints = (models.UniqueConstraint(fields=("run", "number"), name="one_row_per_shard"),)

    def __str__(self) -> str:
        return f"{self.run_id}/{self.number}"


class ScoreSnapshot(models.Model):
    """Score, rank and engine version at the moment of applying, as the stored lists stood then (docs/hiring.md).

    Applying again after withdrawing is another move, and another row. ``rank`` is the place among the ``listed`` people
    of the role, empty where the person was not among them; ``score`` is empty where the pair stood in no list.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="score_snapshots")
    move = models.OneToOneField(ApplicationEvent, models.CASCADE, related_name="score_snapshot")
    part = models.CharField(_("part of the list"), max_length=7, choices=ListPart.choices)
    score = models.PositiveSmallIntegerField(_("score"), null=True)
    rank = models.PositiveIntegerField(_("rank"), null=True)
    listed = models.PositiveIntegerField(_("of how many"), null=True)
    version = models.CharField(_("engine version"), max_length=64)
    edition = models.CharField(max_length=80)
    taken_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("score at the moment of applying")
        verbose_name_plural = _("scores at the moment of applying")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                name="score_snapshot_0_to_100", condition=models.Q(score__isnull=True) | models.Q(score__lte=100)
            ),
        )

    def __str__(self) -> str:
        return f"{self.application_id}: {self.score} #{self.rank}"
