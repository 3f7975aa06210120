"""Words of people that led to no concept."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workforce.core.choices import Language
from workforce.skills.choices import PhraseState
from workforce.skills.models.base import FoldedText
from workforce.skills.models.skills import Skill

SHOWN_FROM = 3
"""Different people or organizations: words of fewer may say who wrote them."""


class PhraseQuerySet(models.QuerySet["UnlinkedPhrase"]):
    """Reads phrases."""

    def shown(self) -> PhraseQuerySet:
        """Those that enough people use, so that they name nobody."""
        return self.filter(people__gte=SHOWN_FROM)

    def to_decide(self) -> PhraseQuerySet:
        """Those that wait for staff, what most people say first."""
        return self.shown().filter(state=PhraseState.OPEN).order_by("-people", "-count", "norm", "pk")


class UnlinkedPhrase(FoldedText):
    """Words that people used and that pointed to no concept: kept, counted, linked later.

    ``count`` is how often they were typed, ``people`` how many people and organizations hold them today.
    """

    text = models.CharField(_("text"), max_length=250)
    norm = models.CharField(_("folded text"), max_length=250, editable=False)
    lang = models.CharField(_("language"), max_length=2, choices=Language.choices, blank=True)
    count = models.PositiveIntegerField(_("times seen"), default=1)
    people = models.PositiveIntegerField(_("people who say so"), default=0)
    state = models.CharField(_("state"), max_length=9, choices=PhraseState.choices, default=PhraseState.OPEN)
    resolved_to = models.ForeignKey(
        Skill, models.SET_NULL, null=True, blank=True, related_name="phrases", verbose_name=_("resolved to")
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    objects: ClassVar[Any] = PhraseQuerySet.as_manager()

    class Meta:
        verbose_name = _("unlinked phrase")
        verbose_name_plural = _("unlinked phrases")
        ordering = ("-count", "norm", "pk")
        indexes = (models.Index(fields=("state", "-people"), name="phrases_to_decide"),)
        constraints = (models.UniqueConstraint(fields=("norm", "lang"), name="one_row_per_unlinked_phrase"),)

    def __str__(self) -> str:
        return self.text
