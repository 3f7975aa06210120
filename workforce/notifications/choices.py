"""Choices of the notifications app."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Category(models.TextChoices):
    """What a person may want more or less of."""

    APPLICATIONS = "applications", _("Applications")
    MATCHES = "matches", pgettext_lazy("notifications", "Matches")
    ORGANIZATION = "organization", _("Organizations and institutes")
    SECURITY = "security", _("Security of your account")
    TIPS = "tips", _("Tips and news of Puente")


class Importance(models.TextChoices):
    """How a notification is shown; it never overrides what the person chose."""

    NORMAL = "normal", pgettext_lazy("importance", "Normal")
    HIGH = "high", pgettext_lazy("importance", "Important")


class Channel(models.TextChoices):
    """A way out of Puente. The inbox is none of them: everything is in it, always."""

    EMAIL = "email", _("E-mail")
    SMS = "sms", _("Text message")


class Cadence(models.TextChoices):
    """When a channel tells of a category."""

    NOW = "now", _("At once")
    DAILY = "daily", _("Once a day, together")
    WEEKLY = "weekly", _("On Mondays, together")
    NEVER = "never", pgettext_lazy("cadence", "Never")


class DeliveryState(models.TextChoices):
    """Where a message stands on its way out."""

    PENDING = "pending", pgettext_lazy("delivery", "Pending")
    SENDING = "sending", pgettext_lazy("delivery", "Being sent")
    SENT = "sent", pgettext_lazy("delivery", "Sent")
    FAILED = "failed", pgettext_lazy("delivery", "Failed")
    SKIPPED = "skipped", pgettext_lazy("delivery", "Not needed")
    GATHERED = "gathered", pgettext_lazy("delivery", "In a summary")


class Zone(models.TextChoices):
    """Clocks of the region and its neighbours, for the hour of the daily mail."""

    JUAREZ = "America/Ciudad_Juarez", "Ciudad Juárez"
    DENVER = "America/Denver", "El Paso, Las Cruces"
    CHIHUAHUA = "America/Chihuahua", "Chihuahua"
    MEXICO = "America/Mexico_City", _("Central Mexico")
