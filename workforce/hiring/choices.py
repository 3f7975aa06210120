"""Choices of the hiring app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ApplicationState(models.TextChoices):
    """Where an application stands."""

    NEW = "new", _("New")
    REVIEWING = "reviewing", _("Being reviewed")
    INTERVIEW = "interview", _("Interview")
    OFFER = "offer", _("Offer")
    HIRED = "hired", _("Hired")
    REFUSED = "refused", _("Not selected")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Expired without answer")


class Actor(models.TextChoices):
    """Who stands around an application."""

    TECHNICIAN = "technician", _("The applicant")
    EMPLOYER = "employer", _("The employer")
    SYSTEM = "system", _("Puente, by the calendar")
    INSTITUTE = "institute", _("The institute")


class SilenceStage(models.TextChoices):
    """What the calendar does about an application that nobody moves; applies in this order."""

    REMINDER = "reminder", _("Reminder")
    LAST_REMINDER = "last_reminder", _("Last reminder")
    EXPIRED = "expired", _("Expired without answer")


class RefusalReason(models.TextChoices):
    """Reasons that the person sees; none of them is a protected ground."""

    SKILLS = "skills", _("Another skill was needed")
    EXPERIENCE = "experience", _("More experience was needed")
    SHIFT = "shift", _("The shift did not fit")
    LANGUAGE = "language", _("The English level was not enough")
    FILLED = "filled", _("The position was filled")
    NO_CONTACT = "no_contact", _("We could not reach you")
    OTHER = "other", _("Other reason")


class PlacementSource(models.TextChoices):
    """Who says that somebody was placed."""

    HIRE = "hire", _("Hired through Puente")
    INSTITUTE = "institute", _("Recorded by the institute")


class Related(models.TextChoices):
    """Whether the job has to do with what was learned."""

    YES = "yes", _("Related to the training")
    PARTLY = "partly", _("Partly related")
    NO = "no", _("Not related")
    UNKNOWN = "unknown", _("Not known")
