"""What skills, occupations and credentials have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from workforce.core.text import fold
from workforce.skills.choices import ConceptSource, ConceptStatus, LinkMatch

URI_LENGTH = 200


class ConceptQuerySet(models.QuerySet[Any]):
    """Reads skills and occupations."""

    def active(self) -> ConceptQuerySet:
        """Those that may be chosen today."""
        return self.filter(status=ConceptStatus.ACTIVE)


class FoldedText(models.Model):
    """A text that leads to a concept; ``norm`` is it folded (see core.text) and follows it at every save."""

    if TYPE_CHECKING:
        text: str
        norm: str

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Fold the text anew."""
        self.norm = fold(self.text)[:250]
        if (update_fields := kwargs.get("update_fields")) is not None and "text" in update_fields:
            kwargs["update_fields"] = {*update_fields, "norm"}
        super().save(*args, **kwargs)


class ConceptLink(models.Model):
    """A concept of ESCO that says the same as one of ours, nearly the same, or something wider.

    Those that say (nearly) the same are merged at an import, see ``esco.merging``; wider ones become relations.
    """

    uri = models.CharField(_("ESCO URI"), max_length=URI_LENGTH)
    match = models.CharField(_("match"), max_length=8, choices=LinkMatch.choices)
    source = models.CharField(_("source"), max_length=8, choices=ConceptSource.choices, default=ConceptSource.STAFF)

    class Meta:
        abstract = True
