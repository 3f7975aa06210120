"""The version of the taxonomy, and what was changed in it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workforce.skills.choices import ChangeCause, ConceptKind


class TaxonomyState(models.Model):
    """One row: a number that grows with every change of concepts, so that caches know when they are old."""

    version = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("state of the taxonomy")
        verbose_name_plural = _("state of the taxonomy")

    def __str__(self) -> str:
        return str(self.version)


class ConceptChange(models.Model):
    """One value of a concept that was changed: what it was, what it became, by whom and how.

    Rows are only added. ``code`` names the concept, so that its history outlives whatever becomes of the row; values
    are text as people read it. Who changed it is kept as long as that person has an account.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=ConceptKind.choices)
    code = models.CharField(_("code"), max_length=80)
    part = models.CharField(_("what"), max_length=120)
    before = models.TextField(_("before"), blank=True)
    after = models.TextField(_("after"), blank=True)
    cause = models.CharField(_("by way of"), max_length=8, choices=ChangeCause.choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("change of a concept")
        verbose_name_plural = _("changes of concepts")
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=("kind", "code", "-at"), name="concept_changes_by_code"),)

    def __str__(self) -> str:
        return f"{self.code} {self.part}: {self.before} -> {self.after}"
