"""Skills: what people can do or know."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from workforce.skills.choices import ConceptSource
from workforce.skills.models.base import URI_LENGTH, Concept, ConceptAlias, ConceptLink, ConceptQuerySet


class Category(models.Model):
    """A sector or craft by which skills are grouped."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    name_es: str | None
    name_en: str | None

    class Meta:
        verbose_name = _("skill category")
        verbose_name_plural = _("skill categories")
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name


class Skill(Concept):
    """Something a person can do or knows; the code is what matching sees."""

    label = models.CharField(_("label"), max_length=200)
    label_es: str | None
    label_en: str | None
    description = models.TextField(_("definition"), blank=True, default="")
    description_es: str | None
    description_en: str | None
    category = models.ForeignKey(
        Category, models.SET_NULL, null=True, blank=True, related_name="skills", verbose_name=_("sector")
    )
    broader = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="narrower", verbose_name=_("broader skill")
    )
    esco_uri = models.CharField(_("ESCO URI"), max_length=URI_LENGTH, unique=True, null=True, blank=True)

    objects: ClassVar[Any] = ConceptQuerySet.as_manager()

    class Meta:
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        ordering = ("code",)

    def __str__(self) -> str:
        return self.label or self.code


class SkillLink(ConceptLink):
    """A link of a skill to ESCO."""

    skill = models.ForeignKey(Skill, models.CASCADE, related_name="links", verbose_name=_("skill"))

    class Meta:
        verbose_name = _("link to ESCO")
        verbose_name_plural = _("links to ESCO")
        ordering = ("skill", "uri")
        constraints = (
            models.UniqueConstraint(fields=("skill", "uri"), name="one_link_per_skill_and_uri"),
            models.UniqueConstraint(
                fields=("uri",), condition=~models.Q(match="broad"), name="one_skill_is_the_same_as_a_uri"
            ),
        )

    def __str__(self) -> str:
        return f"{self.skill_id} {self.match} {self.uri}"


class SkillAlias(ConceptAlias):
    """A text by which people mean a skill, in one language."""

    skill = models.ForeignKey(Skill, models.CASCADE, related_name="aliases", verbose_name=_("skill"))

    class Meta:
        verbose_name = _("skill alias")
        verbose_name_plural = _("skill aliases")
        ordering = ("skill", "lang", "norm", "pk")
        constraints = (
            models.UniqueConstraint(fields=("skill", "lang", "norm"), name="one_alias_per_skill_and_language"),
        )


class SkillRelation(models.Model):
    """Having ``source_skill`` covers a need for ``target_skill`` by ``strength`` (0 to 1, directed)."""

    source_skill = models.ForeignKey(Skill, models.CASCADE, related_name="covers", verbose_name=_("skill that covers"))
    target_skill = models.ForeignKey(
        Skill, models.CASCADE, related_name="covered_by", verbose_name=_("skill that is covered")
    )
    strength = models.FloatField(_("strength"))
    source = models.CharField(_("source"), max_length=8, choices=ConceptSource.choices, default=ConceptSource.PUENTE)
    vetoed = models.BooleanField(_("vetoed"), default=False)

    class Meta:
        verbose_name = _("skill relation")
        verbose_name_plural = _("skill relations")
        ordering = ("source_skill", "target_skill")
        constraints = (
            models.UniqueConstraint(fields=("source_skill", "target_skill"), name="one_relation_per_direction"),
            models.CheckConstraint(
                name="relation_strength_between_0_and_1",
                condition=models.Q(strength__gte=0) & models.Q(strength__lte=1),
            ),
            models.CheckConstraint(
                name="relation_joins_two_skills", condition=~models.Q(source_skill=models.F("target_skill"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.source_skill_id} -> {self.target_skill_id}: {self.strength:.2f}"
