"""Choices of the accounts app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Position(models.TextChoices):
    """A person's place in an organization ("role" always means a vacancy)."""

    OWNER = "owner", _("Owner")
    RECRUITER = "recruiter", _("Recruiter")
    COUNSELLOR = "counsellor", _("Counsellor")
    VIEWER = "viewer", _("Viewer")


class Verification(models.TextChoices):
    """Whether staff have checked that an organization is what it says."""

    PENDING = "pending", _("Waiting for verification")
    VERIFIED = "verified", _("Verified")
    REFUSED = "refused", _("Refused")


class InvitationState(models.TextChoices):
    """Whether an invitation still waits for somebody."""

    OPEN = "open", _("Waiting")
    ACCEPTED = "accepted", _("Accepted")
    REVOKED = "revoked", _("Revoked")
    EXPIRED = "expired", _("Expired")


class JoinKind(models.TextChoices):
    """Why somebody signs up; decides what is made with the account."""

    SEEKER = "seeker", _("I am looking for work")
    EMPLOYER = "employer", _("I hire")
    INSTITUTE = "institute", _("I train people")
