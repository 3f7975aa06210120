"""Which texts of this app exist in both languages."""

from modeltranslation.translator import TranslationOptions, register

from workforce.employers.models import Role


@register(Role)
class RoleTranslation(TranslationOptions):
    """Titles and descriptions of roles."""

    fields = ("title", "description")
