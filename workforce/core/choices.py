"""Lists of choices that more than one app needs."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Language(models.TextChoices):
    """The languages that Puente speaks."""

    SPANISH = "es", _("Spanish")
    ENGLISH = "en", _("English")


class SkillLevel(models.IntegerChoices):
    """How well somebody can do something; four needs evidence."""

    BASIC = 1, pgettext_lazy("skill level", "Basic")
    INTERMEDIATE = 2, pgettext_lazy("skill level", "Intermediate")
    ADVANCED = 3, pgettext_lazy("skill level", "Advanced")
    EXPERT = 4, pgettext_lazy("skill level", "Expert")


class EnglishLevel(models.TextChoices):
    """English by the Common European Framework; empty means not stated or not asked."""

    A1 = "A1", _("A1 - a few words")
    A2 = "A2", _("A2 - simple instructions")
    B1 = "B1", _("B1 - everyday conversation")
    B2 = "B2", _("B2 - works in English")
    C1 = "C1", _("C1 - fluent")
    C2 = "C2", _("C2 - like a first language")


class Shift(models.TextChoices):
    """Working shifts as plants of the region name them."""

    FIRST = "first", _("First shift (morning)")
    SECOND = "second", _("Second shift (afternoon)")
    THIRD = "third", _("Third shift (night)")
    MIXED = "mixed", _("Mixed shift")
    ROTATING = "rotating", _("Rotating shifts")
    TWELVE = "twelve", _("4x3 of 12 hours")
    WEEKEND = "weekend", _("Weekend")


class Currency(models.TextChoices):
    """Currencies that roles are paid in."""

    MXN = "MXN", _("Mexican pesos")
    USD = "USD", _("US dollars")


class PayPeriod(models.TextChoices):
    """How often pay is stated."""

    HOUR = "hour", _("per hour")
    WEEK = "week", _("per week")
    FORTNIGHT = "fortnight", _("every 14 days")
    HALF_MONTH = "half_month", _("twice a month")
    MONTH = "month", _("per month")
    YEAR = "year", _("per year")


class Country(models.TextChoices):
    """The two countries of the region."""

    MX = "MX", _("Mexico")
    US = "US", _("United States")
