"""How what was read in a pasted vacancy is put into words."""

from __future__ import annotations

from collections.abc import Iterator

from django import template
from django.utils.translation import gettext as _

from workforce.core.choices import EnglishLevel, Shift, SkillLevel
from workforce.employers.choices import Benefit
from workforce.employers.models import Role
from workforce.employers.reading.needs import ReadSkill
from workforce.employers.reading.vacancy import VacancyReading
from workforce.employers.templatetags.role_tags import pay_text

register = template.Library()


@register.filter
def reading_facts(reading: VacancyReading) -> Iterator[tuple[str, str, str]]:
    """Yield what was read apart from the skills: label, value, and the words it comes from."""
    if said := reading.title:
        yield _("Title"), said.value, said.words
    if said := reading.occupation:
        yield _("Occupation"), str(said.value.title), said.words
    if said := reading.shifts:
        yield _("Shifts"), ", ".join(str(Shift(value).label) for value in said.value), said.words
    if said := reading.pay:
        pay = said.value
        stated = Role(pay_min=pay.low, pay_max=pay.high, pay_period=pay.period, pay_currency=pay.currency)
        text = pay_text(stated)
        yield _("Pay"), _("%(pay)s (the period is our guess)") % {"pay": text} if pay.guessed else text, said.words
    for said in reading.benefits:
        yield _("Benefit"), str(Benefit(said.value).label), said.words
    if said := reading.english:
        yield _("English needed"), str(EnglishLevel(said.value).label), said.words


@register.filter
def skill_grade(row: ReadSkill) -> str:
    """Say level and must of a skill that was read."""
    level = str(SkillLevel(row.level).label)
    if not row.level_said:
        level = _("%(level)s (our guess)") % {"level": level}
    return _("%(level)s, a must") % {"level": level} if row.must else level
