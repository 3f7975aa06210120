"""What staff looks at to verify an organization, and what they decided."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workforce.accounts.choices import DocumentKind, VerificationOutcome, VerificationReason


def random_path(document: VerificationDocument, name: str) -> str:
    """Where a file is kept: nothing of what its owner called it, nothing to guess."""
    return f"verification/{uuid.uuid4().hex}"


class VerificationDocument(models.Model):
    """A paper that shows what an organization is. Owners and staff download it through a view, nobody else."""

    organization = models.ForeignKey("accounts.Organization", models.CASCADE, related_name="documents")
    kind = models.CharField(_("kind of document"), max_length=16, choices=DocumentKind.choices)
    file = models.FileField(_("file"), upload_to=random_path, max_length=120)
    name = models.CharField(_("file name"), max_length=100)
    content_type = models.CharField(max_length=40, editable=False)
    size = models.PositiveIntegerField(_("size"), editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    note = models.CharField(_("note"), max_length=300, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        verbose_name = _("verification document")
        verbose_name_plural = _("verification documents")
        ordering = ("-created_at", "-pk")
        constraints = (models.UniqueConstraint(fields=("organization", "sha256"), name="one_row_per_document"),)

    def __str__(self) -> str:
        return self.name


class VerificationDecision(models.Model):
    """One line of the history: what was asked or decided, by whom, and why. Never changed afterwards."""

    organization = models.ForeignKey("accounts.Organization", models.CASCADE, related_name="decisions")
    outcome = models.CharField(_("outcome"), max_length=16, choices=VerificationOutcome.choices)
    reason = models.CharField(_("reason"), max_length=16, choices=VerificationReason.choices, blank=True)
    text = models.TextField(_("text"), max_length=2000, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        verbose_name = _("verification decision")
        verbose_name_plural = _("verification decisions")
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return f"{self.organization_id}: {self.outcome}"
