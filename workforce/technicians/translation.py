"""Which texts of this app exist in both languages."""

from modeltranslation.translator import TranslationOptions, register

from workforce.technicians.models import Experience, Technician


@register(Technician)
class TechnicianTranslation(TranslationOptions):
    """What a person says of themselves."""

    fields = ("summary",)


@register(Experience)
class ExperienceTranslation(TranslationOptions):
    """Titles of jobs held."""

    fields = ("title",)
