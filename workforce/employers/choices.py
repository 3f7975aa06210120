"""Choices of the employers app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoleState(models.TextChoices):
    """The life of a role: only a published one of a verified organization is seen."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    CLOSED = "closed", _("Closed")


class Contract(models.TextChoices):
    """Kinds of contract of the Mexican labour law."""

    PERMANENT = "permanent", _("Permanent")
    FIXED_TERM = "fixed_term", _("Fixed term")
    SEASONAL = "seasonal", _("Seasonal")
    TRIAL = "trial", _("Trial period")
    TRAINING = "training", _("Initial training")


class Benefit(models.TextChoices):
    """Benefits beyond those of the law that plants of the region offer."""

    FOOD_VOUCHERS = "food_vouchers", _("Food vouchers")
    SAVINGS_FUND = "savings_fund", _("Savings fund")
    CANTEEN = "canteen", _("Canteen")
    TRANSPORT = "transport", _("Company bus")
    SCHOLARSHIPS = "scholarships", _("Scholarships")
    MEDICAL = "medical", _("Private medical insurance")
    PRODUCTIVITY_BONUS = "productivity_bonus", _("Productivity bonus")
    ATTENDANCE_BONUS = "attendance_bonus", _("Attendance bonus")


class TimeZone(models.TextChoices):
    """The clocks of the region; both change on the same days, yet a calendar needs the right name."""

    JUAREZ = "America/Ciudad_Juarez", _("Ciudad Juárez")
    DENVER = "America/Denver", _("El Paso and New Mexico")
