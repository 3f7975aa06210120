"""What of a role can be found by words: its own text, and in both languages whatever is structured."""

from __future__ import annotations

from django.utils.translation import override

from workforce.core.choices import Language, Shift
from workforce.employers.choices import Benefit
from workforce.employers.models import Role
from workforce.employers.search import tokens
from workforce.skills.models import OccupationAlias, SkillAlias
from workforce.skills.search import taxonomy_version

COLUMNS = ("search_title", "search_es", "search_en", "search_version")


def _concept_texts(role: Role, lang: str) -> tuple[list[str | None], list[str | None]]:
    """Titles of the occupation, and labels of the skills, in ``lang``; aliases included."""
    occupation: list[str | None] = []
    if role.occupation is not None and role.occupation_id is not None:
        occupation.append(getattr(role.occupation, f"title_{lang}"))
        aliases = OccupationAlias.objects.filter(occupation_id=role.occupation_id, lang=lang).order_by("pk")
        occupation += aliases.values_list("text", flat=True)
    asked = role.role_skills.select_related("skill")
    skills: list[str | None] = [getattr(need.skill, f"label_{lang}") for need in asked]
    ids = [need.skill_id for need in asked]
    skills += SkillAlias.objects.filter(skill_id__in=ids, lang=lang).order_by("pk").values_list("text", flat=True)
    return occupation, skills


def _structure(role: Role, lang: str) -> list[str]:
    """What is chosen from lists, in the words of ``lang``: somebody may search for "nocturno" or "night"."""
    with override(lang):
        shifts = [str(Shift(shift).label) for shift in role.shifts if shift in Shift.values]
        benefits = [str(Benefit(benefit).label) for benefit in role.benefits if benefit in Benefit.values]
    return shifts + benefits


def index_role(role: Role) -> None:
    """Fill the search columns of ``role`` (not saved): its skills, plant, zone and organization are read."""
    version = taxonomy_version()  # before the texts are read: a change in between makes the role stale, not wrong
    zone = role.plant.zone
    names = [role.plant.name, role.plant.park_text, role.organization.name, zone.name, zone.name_en, zone.city]
    title_tokens = ""
    for lang in Language.values:
        occupation, skills = _concept_texts(role, lang)
        title = getattr(role, f"title_{lang}")
        title_tokens += tokens([title, *occupation], lang)
        text = [title, getattr(role, f"description_{lang}"), *occupation, *skills, *_structure(role, lang), *names]
        setattr(role, f"search_{lang}", tokens(text, lang))
    role.search_title = title_tokens
    role.search_version = version
