"""Which texts of this app exist in both languages."""

from modeltranslation.translator import TranslationOptions, register

from workforce.skills.models import Category, Credential, Occupation, Skill


@register(Category)
class CategoryTranslation(TranslationOptions):
    """Names of categories."""

    fields = ("name",)


@register(Skill)
class SkillTranslation(TranslationOptions):
    """Labels and definitions of skills."""

    fields = ("label", "description")


@register(Occupation)
class OccupationTranslation(TranslationOptions):
    """Titles and definitions of occupations."""

    fields = ("title", "description")


@register(Credential)
class CredentialTranslation(TranslationOptions):
    """Names and definitions of credentials."""

    fields = ("name", "description")
