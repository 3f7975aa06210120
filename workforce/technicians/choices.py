"""Choices of the technicians app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TechnicianState(models.TextChoices):
    """Whether a profile takes part; erased ones keep no personal data."""

    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused")
    ERASED = "erased", _("Erased")


class UsWork(models.TextChoices):
    """Self-declared US work authorization; employers only ever see "authorized" or "not stated"."""

    CITIZEN = "citizen", _("US citizen")
    RESIDENT = "resident", _("Permanent resident")
    TN = "tn", _("TN visa")
    OTHER = "other", _("Other permit")
    NONE = "none", _("No permit")
    UNSTATED = "unstated", _("I prefer not to say")


US_AUTHORIZED = (UsWork.CITIZEN, UsWork.RESIDENT, UsWork.TN, UsWork.OTHER)


class EvidenceKind(models.TextChoices):
    """How a skill is known; only what somebody else stands behind (``PROVEN``) can carry level four.

    A certificate that the person merely states is their own word; it proves once staff has checked the paper.
    """

    DECLARED = "declared", _("Declared by the person")
    STATED = "stated", _("Certificate (stated)")
    CERTIFIED = "certified", _("Certificate")
    ASSESSED = "assessed", _("Assessed by an institute")
    EMPLOYER = "employer", _("Confirmed by an employer")


PROVEN = (EvidenceKind.CERTIFIED, EvidenceKind.ASSESSED, EvidenceKind.EMPLOYER)


class GrantScope(models.TextChoices):
    """What an organization may see of a technician."""

    CONTACT = "contact", _("Name and contact details")
    OUTCOMES = "outcomes", _("Placements and results")


class IntakeSource(models.TextChoices):
    """How an organization came to know somebody whom it registered."""

    IMPORTED = "imported", _("From a list")
    WALK_IN = "walk_in", _("Came in person")
    DISPLACED = "displaced", _("Lost their job with a group")


class IntakeState(models.TextChoices):
    """What became of somebody who was registered. Members only ever see those that are open."""

    OPEN = "open", _("Waiting for the person")
    CLAIMED = "claimed", _("Taken over by the person")
    REFUSED = "refused", _("Refused: it was somebody else")
