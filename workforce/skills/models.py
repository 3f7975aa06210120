"""The bilingual taxonomy: what people can do, are called, and can prove."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from workforce.core.choices import Language, SkillLevel
from workforce.core.models import TimeStamped
from workforce.core.text import fold
from workforce.skills.choices import AliasKind, ConceptSource, ConceptStatus, CredentialKind, LinkMatch

URI_LENGTH = 200


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


class ConceptQuerySet(models.QuerySet[Any]):
    """Reads skills and occupations."""

    def active(self) -> ConceptQuerySet:
        """Those that may be chosen today."""
        return self.filter(status=ConceptStatus.ACTIVE)


class Skill(TimeStamped):
    """Something a person can do or knows; the code is what matching sees."""

    code = models.CharField(_("code"), max_length=80, unique=True)
    label = models.CharField(_("label"), max_length=200)
    label_es: str | None
    label_en: str | None
    description = models.TextField(_("definition"), blank=True, default="")
    description_es: str | None
    description_en: str | None
    category = models.ForeignKey(Category, models.SET_NULL, null=True, blank=True, related_name="skills")
    broader = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="narrower")
    esco_uri = models.CharField(_("ESCO URI"), max_length=URI_LENGTH, unique=True, null=True, blank=True)
    source = models.CharField(_("source"), max_length=8, choices=ConceptSource.choices, default=ConceptSource.PUENTE)
    status = models.CharField(_("status"), max_length=8, choices=ConceptStatus.choices, default=ConceptStatus.ACTIVE)
    successor = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="predecessors")

    objects: ClassVar[Any] = ConceptQuerySet.as_manager()

    class Meta:
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        ordering = ("code",)

    def __str__(self) -> str:
        return self.label or self.code


class SkillLink(models.Model):
    """A concept of ESCO that says the same as a skill of ours, nearly the same, or something wider.

    ``Skill.esco_uri`` is the one with which it is merged at an import; the others are for whoever translates codes.
    """

    skill = models.ForeignKey(Skill, models.CASCADE, related_name="links")
    uri = models.CharField(_("ESCO URI"), max_length=URI_LENGTH)
    match = models.CharField(_("match"), max_length=8, choices=LinkMatch.choices)
    source = models.CharField(_("source"), max_length=8, choices=ConceptSource.choices, default=ConceptSource.STAFF)

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


class SkillAlias(FoldedText):
    """A text by which people mean a skill, in one language."""

    skill = models.ForeignKey(Skill, models.CASCADE, related_name="aliases")
    lang = models.CharField(_("language"), max_length=2, choices=Language.choices)
    text = models.CharField(_("text"), max_length=250)
    norm = models.CharField(_("folded text"), max_length=250, db_index=True, editable=False)
    kind = models.CharField(_("kind"), max_length=6, choices=AliasKind.choices, default=AliasKind.ALIAS)
    source = models.CharField(_("source"), max_length=8, choices=ConceptSource.choices, default=ConceptSource.STAFF)

    class Meta:
        verbose_name = _("skill alias")
        verbose_name_plural = _("skill aliases")
        ordering = ("skill", "lang", "norm", "pk")
        constraints = (
            models.UniqueConstraint(fields=("skill", "lang", "norm"), name="one_alias_per_skill_and_language"),
        )

    def __str__(self) -> str:
        return self.text


class SkillRelation(models.Model):
    """Having ``source_skill`` covers a need for ``target_skill`` by ``strength`` (0 to 1, directed)."""

    source_skill = models.ForeignKey(Skill, models.CASCADE, related_name="covers")
    target_skill = models.ForeignKey(Skill, models.CASCADE, related_name="covered_by")
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


class Occupation(TimeStamped):
    """What people are called at work; Spanish titles come in gender pairs, both are aliases of one concept."""

    code = models.CharField(_("code"), max_length=80, unique=True)
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
    source = models.CharField(_("source"), max_length=8, choices=ConceptSource.choices, default=ConceptSource.PUENTE)
    status = models.CharField(_("status"), max_length=8, choices=ConceptStatus.choices, default=ConceptStatus.ACTIVE)
    skills = models.ManyToManyField(Skill, through="OccupationSkill", related_name="occupations")

    objects: ClassVar[Any] = ConceptQuerySet.as_manager()

    class Meta:
        verbose_name = _("occupation")
        verbose_name_plural = _("occupations")
        ordering = ("code",)

    def __str__(self) -> str:
        return self.title or self.code


class OccupationAlias(FoldedText):
    """A text by which people mean an occupation, in one language."""

    occupation = models.ForeignKey(Occupation, models.CASCADE, related_name="aliases")
    lang = models.CharField(_("language"), max_length=2, choices=Language.choices)
    text = models.CharField(_("text"), max_length=250)
    norm = models.CharField(_("folded text"), max_length=250, db_index=True, editable=False)
    kind = models.CharField(_("kind"), max_length=6, choices=AliasKind.choices, default=AliasKind.ALIAS)
    source = models.CharField(_("source"), max_length=8, choices=ConceptSource.choices, default=ConceptSource.STAFF)

    class Meta:
        verbose_name = _("occupation alias")
        verbose_name_plural = _("occupation aliases")
        ordering = ("occupation", "lang", "norm", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("occupation", "lang", "norm"), name="one_alias_per_occupation_and_language"
            ),
        )

    def __str__(self) -> str:
        return self.text


class OccupationSkill(models.Model):
    """A skill that an occupation calls for."""

    occupation = models.ForeignKey(Occupation, models.CASCADE, related_name="occupation_skills")
    skill = models.ForeignKey(Skill, models.CASCADE, related_name="occupation_skills")
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


class Credential(TimeStamped):
    """A certificate that can prove skills."""

    code = models.CharField(_("code"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=200)
    name_es: str | None
    name_en: str | None
    description = models.TextField(_("definition"), blank=True, default="")
    description_es: str | None
    description_en: str | None
    kind = models.CharField(_("kind"), max_length=10, choices=CredentialKind.choices)
    issuer = models.CharField(_("issued by"), max_length=120, blank=True)
    valid_months = models.PositiveSmallIntegerField(_("valid for (months)"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=8, choices=ConceptStatus.choices, default=ConceptStatus.ACTIVE)
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

    credential = models.ForeignKey(Credential, models.CASCADE, related_name="credential_skills")
    skill = models.ForeignKey(Skill, models.CASCADE, related_name="credential_skills")
    level = models.PositiveSmallIntegerField(_("level"), choices=SkillLevel.choices, default=SkillLevel.INTERMEDIATE)

    class Meta:
        verbose_name = _("skill of a credential")
        verbose_name_plural = _("skills of credentials")
        ordering = ("credential", "skill")
        constraints = (models.UniqueConstraint(fields=("credential", "skill"), name="one_row_per_credential_skill"),)

    def __str__(self) -> str:
        return f"{self.credential_id}: {self.skill_id}"


class UnlinkedPhrase(FoldedText):
    """Words that people used and that pointed to no concept: kept, counted, linked later."""

    text = models.CharField(_("text"), max_length=250)
    norm = models.CharField(_("folded text"), max_length=250, editable=False)
    lang = models.CharField(_("language"), max_length=2, choices=Language.choices, blank=True)
    count = models.PositiveIntegerField(_("times seen"), default=1)
    resolved_to = models.ForeignKey(Skill, models.SET_NULL, null=True, blank=True, related_name="phrases")

    class Meta:
        verbose_name = _("unlinked phrase")
        verbose_name_plural = _("unlinked phrases")
        ordering = ("-count", "norm", "pk")
        constraints = (models.UniqueConstraint(fields=("norm", "lang"), name="one_row_per_unlinked_phrase"),)

    def __str__(self) -> str:
        return self.text


class TaxonomyState(models.Model):
    """One row: a number that grows with every change of concepts, so that caches know when they are old."""

    version = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("state of the taxonomy")
        verbose_name_plural = _("state of the taxonomy")

    def __str__(self) -> str:
        return str(self.version)
