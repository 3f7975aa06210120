"""People whom an organization registered, and the link by which they take over what is held of them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workforce.core.models import TimeStamped
from workforce.technicians.choices import IntakeSource, IntakeState


class IntakeQuerySet(models.QuerySet["Intake"]):
    """Reads intakes."""

    def open(self) -> IntakeQuerySet:
        """Those whom nobody has claimed or refused yet."""
        return self.filter(state=IntakeState.OPEN)

    def overdue(self) -> IntakeQuerySet:
        """Those that waited for too long: they are erased."""
        return self.open().filter(erase_at__lte=timezone.now())

    def letters_due(self) -> IntakeQuerySet:
        """Those to whom a letter with the link is still to be sent."""
        return self.open().filter(letter_due_at__lte=timezone.now()).exclude(email="")


class Intake(TimeStamped):
    """That an organization registered a person, and what only this organization knows of how to reach them.

    The profile itself is a ``Technician`` without an account. Once claimed or refused the row is an empty one that says
    only that the same list is not to be taken again: who it was is told by ``external_key`` alone, a keyed hash.
    """

    organization = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="intakes")
    technician = models.ForeignKey(
        "technicians.Technician", models.CASCADE, null=True, blank=True, related_name="intakes"
    )
    source = models.CharField(_("how"), max_length=9, choices=IntakeSource.choices, default=IntakeSource.IMPORTED)
    state = models.CharField(_("state"), max_length=8, choices=IntakeState.choices, default=IntakeState.OPEN)
    external_id = models.CharField(_("your number for the person"), max_length=80, blank=True)
    # Null and not empty where there is none: the two are unique.
    external_key = models.CharField(max_length=64, null=True, editable=False)  # noqa: DJ001
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    claim_hash = models.CharField(max_length=64, null=True, unique=True, editable=False)  # noqa: DJ001
    claim_round = models.PositiveIntegerField(default=0, editable=False)
    claim_expires_at = models.DateTimeField(_("link works until"), null=True, blank=True)
    letter_due_at = models.DateTimeField(null=True, editable=False)
    letter_sent_at = models.DateTimeField(_("letter sent"), null=True, blank=True)
    letters = models.PositiveSmallIntegerField(default=0, editable=False)
    erase_at = models.DateTimeField(_("erased unless claimed by"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects: ClassVar[Any] = IntakeQuerySet.as_manager()

    class Meta:
        verbose_name = _("registered person")
        verbose_name_plural = _("registered people")
        ordering = ("-created_at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("organization", "external_key"), name="one_intake_per_external_id"),
            models.CheckConstraint(
                name="open_intake_has_a_profile",
                condition=~models.Q(state=IntakeState.OPEN) | models.Q(technician__isnull=False),
            ),
        )
        indexes = (
            models.Index(fields=("organization", "state", "-created_at"), name="intakes_of_organization"),
            models.Index(fields=("erase_at",), name="intakes_overdue", condition=models.Q(state=IntakeState.OPEN)),
            models.Index(
                fields=("letter_due_at",), name="intakes_letter_due", condition=models.Q(letter_due_at__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return f"{self.organization_id}: {self.source} {self.pk}"

    @property
    def has_link(self) -> bool:
        """Whether a link is out that works now."""
        return (
            self.state == IntakeState.OPEN
            and self.claim_hash is not None
            and self.claim_expires_at is not None
            and self.claim_expires_at > timezone.now()
        )
