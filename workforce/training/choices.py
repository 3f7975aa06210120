"""Choices of the training app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Modality(models.TextChoices):
    """How a programme is taught."""

    CLASSROOM = "classroom", _("In the classroom")
    ONLINE = "online", _("Online")
    DUAL = "dual", _("Dual (school and plant)")


class EnrolmentState(models.TextChoices):
    """Where a learner stands in a cohort."""

    ENROLLED = "enrolled", _("Enrolled")
    COMPLETED = "completed", _("Completed")
    LEFT = "left", _("Left before the end")
