"""What people were told, what is on its way to them, and what they want to be told how."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workforce.accounts.models import User
from workforce.core.models import TimeStamped
from workforce.notifications.choices import Cadence, Category, Channel, DeliveryState, Zone


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Reads notifications."""

    def of(self, user: Any) -> NotificationQuerySet:
        """The person's own; there is nobody else who may read them."""
        return self.filter(user_id=user.pk) if user.is_authenticated else self.none()

    def unread(self) -> NotificationQuerySet:
        """Those not opened yet."""
        return self.filter(read_at__isnull=True)


class Notification(models.Model):
    """Something that a person is told. It holds no text: ``kind`` and ``params`` (ids and plain values) become one
    when it is read, in the reader's language and by what the reader may see then.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="notifications")
    kind = models.CharField(_("kind"), max_length=40)
    params = models.JSONField(default=dict, blank=True)
    url = models.CharField(_("address"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    dedupe_key = models.CharField(max_length=120)

    objects: ClassVar[Any] = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ("-pk",)
        constraints = (models.UniqueConstraint(fields=("user", "dedupe_key"), name="told_once"),)
        indexes = (
            models.Index(fields=("user", "-id"), name="inbox_newest_first"),
            models.Index(fields=("user",), condition=Q(read_at__isnull=True), name="inbox_unread"),
        )

    def __str__(self) -> str:
        return f"{self.kind} -> {self.user_id}"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Reads the outbox."""

    def due(self, now: Any) -> DeliveryQuerySet:
        """Those to send now: waited for long enough, or claimed by a worker that has not come back."""
        waiting = Q(state=DeliveryState.PENDING, cadence=Cadence.NOW, next_try_at__lte=now)
        return self.filter(waiting | Q(state=DeliveryState.SENDING, locked_until__lt=now))

    def to_gather(self) -> DeliveryQuerySet:
        """Those that wait for a summary."""
        return self.filter(state=DeliveryState.PENDING, cadence__in=(Cadence.DAILY, Cadence.WEEKLY))


class Delivery(TimeStamped):
    """One message on its way out by one channel: of one notification, or a summary (``day``) of those that point to it.

    Written in the transaction of the notification. ``ref`` goes out with the message (Message-ID), so that a message
    sent twice is seen to be the same one.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="deliveries")
    notification = models.ForeignKey(Notification, models.CASCADE, null=True, blank=True, related_name="deliveries")
    digest = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="gathered")
    day = models.DateField(_("day of the summary"), null=True, blank=True)
    channel = models.CharField(_("channel"), max_length=5, choices=Channel.choices)
    cadence = models.CharField(_("when"), max_length=6, choices=Cadence.choices, default=Cadence.NOW)
    state = models.CharField(
        _("state"), max_length=8, choices=DeliveryState.choices, default=DeliveryState.PENDING, db_index=True
    )
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_try_at = models.DateTimeField(_("next try"), default=timezone.now)
    locked_until = models.DateTimeField(_("claimed until"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)
    provider_id = models.CharField(_("number at the provider"), max_length=120, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    objects: ClassVar[Any] = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=("notification", "channel"), name="one_delivery_per_channel"),
            models.UniqueConstraint(fields=("user", "channel", "day"), name="one_summary_per_day"),
            models.CheckConstraint(
                name="delivery_of_a_notification_or_a_day",
                condition=Q(notification__isnull=False, day__isnull=True)
                | Q(notification__isnull=True, day__isnull=False),
            ),
        )
        indexes = (
            models.Index(
                fields=("next_try_at", "id"),
                condition=Q(state__in=("pending", "sending")),
                name="outbox_due",
            ),
        )

    def __str__(self) -> str:
        return f"{self.channel} {self.ref}: {self.state}"


class Preference(TimeStamped):
    """When a person wants a category by a channel; no row means the default (``preferences.py``)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="notification_preferences")
    category = models.CharField(_("category"), max_length=12, choices=Category.choices)
    channel = models.CharField(_("channel"), max_length=5, choices=Channel.choices)
    cadence = models.CharField(_("when"), max_length=6, choices=Cadence.choices)

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")
        ordering = ("user", "pk")
        constraints = (
            models.UniqueConstraint(fields=("user", "category", "channel"), name="one_preference_per_channel"),
            models.CheckConstraint(name="security_cannot_be_off", condition=~Q(category="security") | Q(cadence="now")),
        )

    def __str__(self) -> str:
        return f"{self.user_id}: {self.category} {self.channel} {self.cadence}"


class Clock(TimeStamped):
    """Where a person's day begins, for mails at a fixed hour; no row means Ciudad Juárez."""

    user = models.OneToOneField(User, models.CASCADE, related_name="clock")
    zone = models.CharField(_("time zone"), max_length=40, choices=Zone.choices, default=Zone.JUAREZ)

    class Meta:
        verbose_name = _("clock")
        verbose_name_plural = _("clocks")
        ordering = ("user",)

    def __str__(self) -> str:
        return self.zone
