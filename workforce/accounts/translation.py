"""Which texts of this app exist in both languages."""

from modeltranslation.translator import TranslationOptions, register

from workforce.accounts.models import Organization


@register(Organization)
class OrganizationTranslation(TranslationOptions):
    """What an organization says of itself; its name is not translated."""

    fields = ("description",)
