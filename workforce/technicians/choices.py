"""Choices of the technicians app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TechnicianState(models.TextChoices):
    """Whether a profile takes part; erased ones keep no personal data."""

    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused")
    BLOCKED = "blocked", _("Blocked until it is erased")
    ERASED = "erased", _("Erased")


GONE = (TechnicianState.BLOCKED, TechnicianState.ERASED)  # shown to nobody


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


class Purpose(models.TextChoices):
    """What somebody's data is used for. The first one is what the service is; the others are for the person to give."""

    SERVICE = "service", _("Use of the service")
    DISCOVERY = "discovery", _("Employers may find me (without my name)")
    OUTCOMES = "outcomes", _("My institutes may see where I get hired")
    STATISTICS = "statistics", _("My data counts in figures about the region, without my name")


VOLUNTARY = (Purpose.DISCOVERY, Purpose.OUTCOMES, Purpose.STATISTICS)


class ConsentSource(models.TextChoices):
    """Where a consent was given or taken back."""

    START = "start", _("When asked")
    PRIVACY = "privacy", _("My privacy")
    PROFILE = "profile", _("My profile")
    ENROLMENT = "enrolment", _("My training")


class AccessKind(models.TextChoices):
    """In what way somebody saw a person by name."""

    CONTACT = "contact", _("Name and contact details")
    NAME = "name", _("Name in a list")
    EXPORT = "export", _("Export")
    ADMIN = "admin", _("Administration")


class ReadingState(models.TextChoices):
    """Where the reading of a CV stands. The first three are a worker's; the others are over but for READ."""

    WAITING = "waiting", _("Waiting to be read")
    OPENING = "opening", _("The file is being opened")
    UNDERSTANDING = "matching", _("We look for your skills and jobs")
    READ = "read", _("Read: for you to confirm")
    SAVED = "saved", _("Saved in your profile")
    FAILED = "failed", _("It could not be read")
    DROPPED = "dropped", _("Put aside")


AT_WORK = (ReadingState.WAITING, ReadingState.OPENING, ReadingState.UNDERSTANDING)


class FindingKind(models.TextChoices):
    """What a CV may tell of somebody."""

    JOB = "job", _("Job")
    SKILL = "skill", _("Skill")
    CERTIFICATE = "cert", _("Certificate")
    STUDY = "study", _("Studies")
    LANGUAGE = "lang", _("Language")


class Degree(models.TextChoices):
    """Kinds of schools that people finish in Mexico, and what they are called across the border."""

    PRIMARY = "primary", _("Primary school")
    SECONDARY = "secondary", _("Secondary school")
    HIGH_SCHOOL = "high_school", _("High school")
    TECHNICIAN = "technician", _("Professional technician")
    TSU = "tsu", _("Associate degree (TSU)")
    DEGREE = "degree", _("Bachelor's or engineering degree")
    POSTGRADUATE = "postgraduate", _("Postgraduate degree")
