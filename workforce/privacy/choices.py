"""Choices of the privacy app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RequestKind(models.TextChoices):
    """The rights of a person over their data (ARCO)."""

    ACCESS = "access", _("See what you have of me")
    RECTIFY = "rectify", _("Correct something that I cannot correct myself")
    ERASE = "erase", _("Delete my account")
    OBJECT = "object", _("Object to a use of my data")


class RequestState(models.TextChoices):
    """Where a request stands; an erasure waits, and can be taken back until it is begun."""

    WAITING = "waiting", _("Waiting")
    ERASING = "erasing", _("Being erased")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Taken back")


OPEN = (RequestState.WAITING, RequestState.ERASING)
