"""Files that somebody brings in, and what became of each row."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from workforce.accounts.models import Organization, User
from workforce.core.models import Revisioned, TimeStamped
from workforce.imports.choices import OVER, WORKING, JobState, Outcome, Severity, UndoResult
from workforce.imports.problems import ImportProblem


def random_name(job: ImportJob, name: str) -> str:
    """Where a file is kept: nothing of the name that the sender gave it, and in no folder that is served."""
    return f"imports/{uuid.uuid4().hex}"


class ImportJob(Revisioned, TimeStamped):
    """One file on its way in. ``done`` is the place up to which rows are committed; the file goes when all is over."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey(
        Organization, models.CASCADE, null=True, blank=True, related_name="imports", verbose_name=_("organization")
    )
    user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("sent by"))
    kind = models.CharField(_("kind"), max_length=20)
    file = models.FileField(_("file"), upload_to=random_name, blank=True)
    original_name = models.CharField(_("name of the file"), max_length=120)
    sha256 = models.CharField(max_length=64)
    language = models.CharField(max_length=2, default="es")
    state = models.CharField(_("state"), max_length=10, choices=JobState.choices, default=JobState.UPLOADED)
    headings = models.JSONField(default=list, blank=True)
    samples = models.JSONField(default=list, blank=True)
    mapping = models.JSONField(default=dict, blank=True)
    options = models.JSONField(default=dict, blank=True)
    total = models.PositiveIntegerField(null=True, blank=True)
    done = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict, blank=True)
    checked_counts = models.JSONField(default=dict, blank=True)
    failure = models.JSONField(default=dict, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)  # faults in a row at the present place
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ("-pk",)
        indexes = (models.Index(fields=("state", "updated_at"), name="imports_at_work"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"

    @property
    def name(self) -> str:
        """What the sender called the file, for as long as that is kept."""
        return self.original_name or gettext("Import %(number)s") % {"number": str(self.ref)[:8]}

    @property
    def is_working(self) -> bool:
        """Whether a worker has something to do."""
        return self.state in WORKING

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes of the file."""
        return self.state in OVER

    @property
    def percent(self) -> int:
        """How much of the present step is done, 0 to 100."""
        return min(100, self.done * 100 // self.total) if self.total else 0

    @property
    def failure_text(self) -> str:
        """Why it failed, in the reader's language; "" when it did not."""
        return ImportProblem.stored(self.failure).text if self.failure else ""


class ImportRow(models.Model):
    """What became of one row: written in the transaction that wrote the object, so that no row is taken twice.

    ``before`` holds what an update replaced; ``after`` tells the object as the import left it, so that an undo sees
    whether somebody changed it since.
    """

    job = models.ForeignKey(ImportJob, models.CASCADE, related_name="rows")
    row = models.PositiveIntegerField()
    identity = models.CharField(max_length=80, blank=True)
    object_id = models.PositiveBigIntegerField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    before = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    after = models.CharField(max_length=64, blank=True)
    undo = models.CharField(max_length=6, choices=UndoResult.choices, blank=True)

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        ordering = ("job", "row")
        constraints = (models.UniqueConstraint(fields=("job", "row"), name="one_result_per_row"),)

    def __str__(self) -> str:
        return f"{self.job_id}:{self.row} {self.outcome}"


class RowErrorQuerySet(models.QuerySet["RowError"]):
    """Reads remarks about rows."""

    def refusals(self) -> RowErrorQuerySet:
        """Why rows were not taken."""
        return self.filter(severity=Severity.ERROR)


class RowError(models.Model):
    """A remark about a row. ``message`` is the untranslated text: it is said in the language of whoever reads it."""

    job = models.ForeignKey(ImportJob, models.CASCADE, related_name="errors")
    row = models.PositiveIntegerField(null=True)
    column = models.CharField(max_length=120, blank=True)
    severity = models.CharField(max_length=5, choices=Severity.choices, default=Severity.ERROR)
    code = models.CharField(max_length=60)
    message = models.CharField(max_length=400)
    params = models.JSONField(default=dict, blank=True)

    objects: ClassVar[Any] = RowErrorQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark about a row")
        verbose_name_plural = _("remarks about rows")
        ordering = ("job", "row", "pk")

    def __str__(self) -> str:
        return f"{self.job_id}:{self.row} {self.code}"

    @property
    def text(self) -> str:
        """The remark in the reader's language."""
        return ImportProblem.stored({"code": self.code, "message": self.message, "params": self.params}).text


class ImportMapping(TimeStamped):
    """Which heading an organization took for which field the last time it sent a file with these headings."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    headings_hash = models.CharField(max_length=64)
    fields = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("remembered columns")
        verbose_name_plural = _("remembered columns")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("organization", "kind", "headings_hash"), name="one_mapping_per_headings"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.headings_hash[:8]}"
