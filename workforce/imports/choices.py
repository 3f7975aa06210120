"""Choices of imports."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    """Where an import stands. CHECKING, RUNNING and UNDOING are a worker's; the others wait or are over."""

    UPLOADED = "uploaded", _("Uploaded")
    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked")
    RUNNING = "running", _("Being imported")
    DONE = "done", _("Imported")
    CANCELLED = "cancelled", _("Cancelled")
    FAILED = "failed", _("Failed")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")


WAITING = (JobState.UPLOADED, JobState.CHECKING, JobState.CHECKED)
"""Nothing is written yet, and the columns may be chosen anew."""
WORKING = (JobState.CHECKING, JobState.RUNNING, JobState.UNDOING)
OVER = (JobState.DONE, JobState.CANCELLED, JobState.FAILED, JobState.UNDONE)


class Outcome(models.TextChoices):
    """What became of a row."""

    CREATED = "created", _("new")
    UPDATED = "updated", _("changed")
    UNCHANGED = "unchanged", _("as it was")
    FAILED = "failed", _("refused")


class Severity(models.TextChoices):
    """How bad a remark is: the row was refused, was taken with a doubt, or could not be undone."""

    ERROR = "error", _("refused")
    NOTE = "note", _("taken with a doubt")
    KEPT = "kept", _("not undone")


class UndoResult(models.TextChoices):
    """What an undo made of a row."""

    UNDONE = "undone", _("undone")
    KEPT = "kept", _("not undone")
