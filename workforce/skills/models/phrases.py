"""Words of people that led to no concept."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from workforce.core.choices import Language
from workforce.skills.models.base import FoldedText
from workforce.skills.models.skills import Skill


class UnlinkedPhrase(FoldedText):
    """Words that people used and that pointed to no concept: kept, counted, linked later."""

    text = models.CharField(_("text"), max_length=250)
    norm = models.CharField(_("folded text"), max_length=250, editable=False)
    lang = models.CharField(_("language"), max_length=2, choices=Language.choices, blank=True)
    count = models.PositiveIntegerField(_("times seen"), default=1)
    resolved_to = models.ForeignKey(
        Skill, models.SET_NULL, null=True, blank=True, related_name="phrases", verbose_name=_("resolved to")
    )

    class Meta:
        verbose_name = _("unlinked phrase")
        verbose_name_plural = _("unlinked phrases")
        ordering = ("-count", "norm", "pk")
        constraints = (models.UniqueConstraint(fields=("norm", "lang"), name="one_row_per_unlinked_phrase"),)

    def __str__(self) -> str:
        return self.text
