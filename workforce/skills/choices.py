"""Choices of the skills app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ConceptStatus(models.TextChoices):
    """A code never changes its meaning: a retired one points to its successor."""

    ACTIVE = "active", _("Active")
    RETIRED = "retired", _("Retired")


class ConceptSource(models.TextChoices):
    """Where a concept or a relation comes from."""

    PUENTE = "puente", _("Puente's own taxonomy")
    ESCO = "esco", "ESCO"
    LEARNED = "learned", _("Learned from the data")
    STAFF = "staff", _("Staff")


class AliasKind(models.TextChoices):
    """Why a text points to a concept."""

    LABEL = "label", _("Label")
    ALIAS = "alias", _("Alias")
    HIDDEN = "hidden", _("Search only")


class LinkMatch(models.TextChoices):
    """How near a concept of ESCO is to ours (SKOS: exactMatch, closeMatch, broadMatch)."""

    EXACT = "exact", _("The same")
    CLOSE = "close", _("Nearly the same")
    BROAD = "broad", _("Wider than ours")


class CredentialKind(models.TextChoices):
    """Kinds of certificates known in the region."""

    DC3 = "dc3", "DC-3"
    CONOCER = "conocer", "CONOCER"
    INDUSTRY = "industry", _("Industry certificate")
    LICENCE = "licence", _("Licence")
    LANGUAGE = "language", _("Language certificate")


class ConceptKind(models.TextChoices):
    """What a concept is."""

    CATEGORY = "category", _("Category")
    SKILL = "skill", _("Skill")
    OCCUPATION = "occupation", _("Occupation")
    CREDENTIAL = "credential", _("Credential")


class ChangeCause(models.TextChoices):
    """How a concept came to be changed."""

    ADMIN = "admin", _("Staff, by hand")
    LOAD = "load", _("Load of Puente's own files")
    IMPORT = "import", _("Import of ESCO")


class PhraseState(models.TextChoices):
    """What became of words that led to no skill."""

    OPEN = "open", _("To be decided")
    LINKED = "linked", _("Leads to a skill")
    DISMISSED = "dismissed", _("No skill")
