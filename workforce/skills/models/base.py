"""What skills, occupations and credentials have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from workforce.core.choices import Language
from workforce.core.models import TimeStamped
from workforce.core.text import fold
from workforce.skills.choices import AliasKind, ConceptSource, ConceptStatus, LinkMatch

URI_LENGTH = 200


class ConceptQuerySet(models.QuerySet[Any]):
    """Reads concepts."""

    def active(self) -> ConceptQuerySet:
        """Those that may be chosen today."""
        return self.filter(status=ConceptStatus.ACTIVE)


class Concept(TimeStamped):
    """Something that people mean by many words. Its code never changes its meaning; a retired one has a successor."""

    code = models.CharField(_("code"), max_length=80, unique=True)
    source = models.CharField(_("source"), max_length=8, choices=ConceptSource.choices, default=ConceptSource.PUENTE)
    status = models.CharField(_("status"), max_length=8, choices=ConceptStatus.choices, default=ConceptStatus.ACTIVE)
    successor = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="predecessors", verbose_name=_("successor")
    )
    successor_id: int | None

    class Meta:
        abstract = True


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


class ConceptAlias(FoldedText):
    """A text by which people mean a concept, in one language."""

    lang = models.CharField(_("language"), max_length=2, choices=Language.choices)
    text = models.CharField(_("text"), max_length=250)
    norm = models.CharField(_("folded text"), max_length=250, db_index=True, editable=False)
    kind = models.CharField(_("kind"), max_length=6, choices=AliasKind.choices, default=AliasKind.ALIAS)
    source = models.CharField(_("source"), max_length=8, choices=ConceptSource.choices, default=ConceptSource.STAFF)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.text


class ConceptLink(models.Model):
    """A concept of ESCO that says the same as one of ours, nearly the same, or something wider.

    Those that say (nearly) the same are merged at an import, see ``esco.merging``; wider ones become relations.
    """

    uri = models.CharField(_("ESCO URI"), max_length=URI_LENGTH)
    match = models.CharField(_("match"), max_length=8, choices=LinkMatch.choices)
    source = models.CharField(_("source"), max_length=8, choices=ConceptSource.choices, default=ConceptSource.STAFF)

    class Meta:
        abstract = True
