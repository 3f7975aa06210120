"""Occupations: what people are called at work."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from workforce.core.choices import SkillLevel
from workforce.skills.choices import ConceptSource
from workforce.skills.models.base import URI_LENGTH, Concept, ConceptAlias, ConceptLink, ConceptQuerySet
from workforce.skills.models.skills import Skill


class Occupation(Concept):
    """What people are called at work; Spanish titles come in gender pairs, both are aliases of one concept."""

    title = models.CharField(_("title"), max_length=200)
    title_es: str | None
    title_en: str | None
    description = models.TextField(_("definition"), blank=True, default="")
    description_es: str | None
    description_en: str | None
    isco = models.CharField(_("ISCO-08"), max_length=8, blank=True)
    sinco = models.CharField("SINCO", max_length=8, blank=True)
    soc = models.CharField(_("US SOC"), max_length=10, blank=True)
    level = models.PositiveSmallIntegerField(_("usual level"), choices=SkillLevel.choices, null=True, blank=True)
    esco_uri = models.CharField(_("ESCO URI"), max_length=URI_LENGTH, unique=True, null=True, blank=True)
    skills = models.ManyToManyField(Skill, through="OccupationSkill", related_name="occupations")

    objects: ClassVar[Any] = ConceptQuerySet.as_manager()

    class Meta:
        verbose_name = _("occupation")
        verbose_name_plural = _("occupations")
        ordering = ("code",)

    def __str__(self) -> str:
        return self.title or self.code


class OccupationLink(ConceptLink):
    """A link of an occupation to ESCO."""

    occupation = models.ForeignKey(Occupation, models.CASCADE, related_name="links", verbose_name=_("occupation"))

    class Meta:
        verbose_name = _("link to ESCO")
        verbose_name_plural = _("links to ESCO")
        ordering = ("occupation", "uri")
        constraints = (
            models.UniqueConstraint(fields=("occupation", "uri"), name="one_link_per_occupation_and_uri"),
            models.UniqueConstraint(
                fields=("uri",), condition=~models.Q(match="broad"), name="one_occupation_is_the_same_as_a_uri"
            ),
        )

    def __str__(self) -> str:
        return f"{self.occupation_id} {self.match} {self.uri}"


class OccupationAlias(ConceptAlias):
    """A text by which people mean an occupation, in one language."""

    occupation = models.ForeignKey(Occupation, models.CASCADE, related_name="aliases", verbose_name=_("occupation"))

    class Meta:
        verbose_name = _("occupation alias")
        verbose_name_plural = _("occupation aliases")
        ordering = ("occupation", "lang", "norm", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("occupation", "lang", "norm"), name="one_alias_per_occupation_and_language"
            ),
        )


class OccupationSkill(models.Model):
    """A skill that an occupation calls for."""

    occupation = models.ForeignKey(
        Occupation, models.CASCADE, related_name="occupation_skills", verbose_name=_("occupation")
    )
    skill = models.ForeignKey(Skill, models.CASCADE, related_name="occupation_skills", verbose_name=_("skill"))
    essential = models.BooleanField(_("essential"), default=True)
    level = models.PositiveSmallIntegerField(
        _("usual level"), choices=SkillLevel.choices, default=SkillLevel.INTERMEDIATE
    )
    source = models.CharField(_("source"), max_length=8, choices=ConceptSource.choices, default=ConceptSource.STAFF)

    class Meta:
        verbose_name = _("skill of an occupation")
        verbose_name_plural = _("skills of occupations")
        ordering = ("occupation", "-essential", "skill")
        constraints = (models.UniqueConstraint(fields=("occupation", "skill"), name="one_row_per_occupation_skill"),)

    def __str__(self) -> str:
        return f"{self.occupation_id}: {self.skill_id}"
