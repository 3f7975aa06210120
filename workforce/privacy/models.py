"""What people asked of us about their data."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workforce.accounts.models import User
from workforce.privacy.choices import OPEN, RequestKind, RequestState
from workforce.technicians.models import Technician


class DataRequestQuerySet(models.QuerySet["DataRequest"]):
    """Reads requests."""

    def open(self) -> DataRequestQuerySet:
        """Those that wait for something."""
        return self.filter(state__in=OPEN)

    def erasures_of(self, user: Any) -> DataRequestQuerySet:
        """The erasure of this account that can still be taken back, if it asked for one."""
        return self.filter(user_id=user.pk, kind=RequestKind.ERASE, state__in=OPEN)

    def due(self) -> DataRequestQuerySet:
        """Erasures whose time has come, those that somebody began and left included."""
        return self.open().filter(kind=RequestKind.ERASE, due__lte=timezone.now())


class DataRequest(models.Model):
    """Somebody uses a right over their data. What is left of it after an erasure names nobody."""

    user = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="data_requests")
    technician = models.ForeignKey(Technician, models.SET_NULL, null=True, blank=True, related_name="data_requests")
    kind = models.CharField(_("kind"), max_length=8, choices=RequestKind.choices)
    state = models.CharField(
        _("state"), max_length=9, choices=RequestState.choices, default=RequestState.WAITING, db_index=True
    )
    text = models.TextField(_("in their words"), blank=True, max_length=2000)
    answer = models.TextField(_("our answer"), blank=True, max_length=2000)
    requested_at = models.DateTimeField(_("asked at"), default=timezone.now)
    due = models.DateTimeField(_("due"), db_index=True)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)  # by the worker that erases
    was_paused = models.BooleanField(default=False, editable=False)  # to go back to, when it is taken back

    objects: ClassVar[Any] = DataRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request about data")
        verbose_name_plural = _("requests about data")
        ordering = ("due", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("user",),
                condition=models.Q(kind=RequestKind.ERASE, state__in=OPEN),
                name="one_open_erasure_per_account",
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk}: {self.kind}, {self.state}"

    @property
    def is_late(self) -> bool:
        """Whether it waits longer than it may."""
        return self.state in OPEN and self.due < timezone.now()
