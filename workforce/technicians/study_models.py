"""What somebody has studied."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from workforce.core.models import TimeStamped
from workforce.technicians.choices import Degree


class Study(TimeStamped):
    """A school that a technician has been to, in their own words."""

    technician = models.ForeignKey("technicians.Technician", models.CASCADE, related_name="studies")
    degree = models.CharField(_("kind of studies"), max_length=12, choices=Degree.choices)
    title = models.CharField(_("subject"), max_length=160, blank=True)
    school = models.CharField(_("school"), max_length=160, blank=True)
    started_on = models.DateField(_("from"), null=True, blank=True)
    ended_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("study")
        verbose_name_plural = _("studies")
        ordering = ("technician", "-ended_on", "pk")

    def __str__(self) -> str:
        return self.title or self.get_degree_display()
