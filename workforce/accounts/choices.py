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


class Capability(models.TextChoices):
    """What an organization does, by the field that says so; one may do several."""

    EMPLOYER = "is_employer", _("Offers roles")
    INSTITUTE = "is_institute", _("Trains people")
    AGENCY = "is_agency", _("Hires for others")


class NoticeKind(models.TextChoices):
    """What a published notice is about."""

    PRIVACY = "privacy", _("Privacy notice")


class InvitationState(models.TextChoices):
    """Whether an invitation still waits for somebody."""

    OPEN = "open", _("Waiting")
    ACCEPTED = "accepted", _("Accepted")
    REVOKED = "revoked", _("Revoked")
    EXPIRED = "expired", _("Expired")


class VerificationOutcome(models.TextChoices):
    """What happened in the history of a verification."""

    REQUESTED = "requested", _("Verification asked for")
    VERIFIED = "verified", _("Verified")
    REFUSED = "refused", _("Refused")
    MORE_DOCUMENTS = "more_documents", _("More documents wanted")
    REOPENED = "reopened", _("To be verified again")


class VerificationReason(models.TextChoices):
    """Why staff refuse or want more; owners read it."""

    NOT_FOUND = "not_found", _("We do not find the organization in the public registers")
    MISMATCH = "mismatch", _("The name or tax ID is not that of the documents")
    UNREADABLE = "unreadable", _("A document cannot be read, or a page is missing")
    OUT_OF_DATE = "out_of_date", _("A document is out of date")
    NOT_AUTHORIZED = "not_authorized", _("Nothing shows that you may act for the organization")
    RULES = "rules", _("The organization does not keep the rules of Puente")
    OTHER = "other", _("Another reason, as written below")


class DocumentKind(models.TextChoices):
    """Papers that show what an organization is, in Mexico and in the United States."""

    TAX = "tax", _("Tax registration (Constancia de Situación Fiscal or EIN letter)")
    DEED = "deed", _("Deed or certificate of incorporation")
    ADDRESS = "address", _("Proof of address")
    AUTHORITY = "authority", _("Proof that you may act for the organization")
    LICENCE = "licence", _("Licence or registration (RVOE, STPS, agency licence)")
    OTHER = "other", _("Other")


class JoinKind(models.TextChoices):
    """Why somebody signs up; decides what is made with the account."""

    SEEKER = "seeker", _("I am looking for work")
    EMPLOYER = "employer", _("I hire")
    INSTITUTE = "institute", _("I train people")


class CodePurpose(models.TextChoices):
    """What a code by phone is good for; it is good for nothing else."""

    ENTER = "enter", _("Log in or register")
    CHANGE = "change", _("New number of an account")


class ResetKind(models.TextChoices):
    """What stands behind a new PIN besides the phone."""

    WAITING = "waiting", _("After a wait")
    EMAIL = "email", _("By e-mail")
    HELP = "help", _("With help of the staff")
