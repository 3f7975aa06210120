"""Which texts of this app exist in both languages."""

from modeltranslation.translator import TranslationOptions, register

from workforce.training.models import Programme


@register(Programme)
class ProgrammeTranslation(TranslationOptions):
    """Names of programmes."""

    fields = ("name",)
