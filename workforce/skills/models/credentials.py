"""Credentials: what people can prove."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from workforce.core.choices import SkillLevel
from workforce.skills.choices import ConceptSource, CredentialKind
from workforce.skills.models.base import Concept, ConceptQuerySet
from workforce.skills.models.skills import Skill


class Credential(Concept):
    """A certificate that can prove skills."""

    name = models.CharField(_("name"), max_length=200)
    name_es: str | None
    name_en: str | None
    description = models.TextField(_("definition"), blank=True, default="")
    description_es: str | None
    description_en: str | None
    kind = models.CharField(_("kind"), max_length=10, choices=CredentialKind.choices)
    standard = models.CharField(
        _("CONOCER standard"), max_length=12, blank=True, help_text=_("Code of the standard of competence, as EC0301.")
    )
    issuer = models.CharField(_("issued by"), max_length=120, blank=True)
    valid_months = models.PositiveSmallIntegerField(_("valid for (months)"), null=True, blank=True)
    skills = models.ManyToManyField(Skill, through="CredentialSkill", related_name="credentials")

    objects: ClassVar[Any] = ConceptQuerySet.as_manager()

    class Meta:
        verbose_name = _("credential")
        verbose_name_plural = _("credentials")
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name or self.code


class CredentialSkill(models.Model):
    """A skill that a credential proves, and at which level."""

    credential = models.ForeignKey(
        Credential, models.CASCADE, related_name="credential_skills", verbose_name=_("credential")
    )
    skill = models.ForeignKey(Skill, models.CASCADE, related_name="credential_skills", verbose_name=_("skill"))
    level = models.PositiveSmallIntegerField(_("level"), choices=SkillLevel.choices, default=SkillLevel.INTERMEDIATE)
    source = models.CharField(_("source"), max_length=8, choices=ConceptSource.choices, default=ConceptSource.PUENTE)

    class Meta:
        verbose_name = _("skill of a credential")
        verbose_name_plural = _("skills of credentials")
        ordering = ("credential", "skill")
        constraints = (models.UniqueConstraint(fields=("credential", "skill"), name="one_row_per_credential_skill"),)

    def __str__(self) -> str:
        return f"{self.credential_id}: {self.skill_id}"
