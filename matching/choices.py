"""Choices of matching."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SubjectKind(models.TextChoices):
    """What a refresh request is about."""

    TECHNICIAN = "technician", _("Technician")
    ROLE = "role", _("Role")
    TAXONOMY = "taxonomy", _("Taxonomy")
    PLACES = "places", _("Places")


class RebuildState(models.TextChoices):
    """Where a rebuild stands."""

    SNAPSHOT = "snapshot", _("Taking the snapshot")
    SCORING = "scoring", _("Scoring")
    MERGING = "merging", _("Merging")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELED = "canceled", _("Canceled")


class ListPart(models.TextChoices):
    """Where in a list a pair stands."""

    FULL = "full", _("Every limit is met")
    NEAR = "near", _("One limit is not met")
    NEITHER = "neither", _("Not in the list")
