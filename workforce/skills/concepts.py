"""Rows of the taxonomy as plain data for the linker; with ``corpus`` the only place where they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from workforce.skills.choices import AliasKind
from workforce.skills.linker.concepts import Label, TaxonomyConcept
from workforce.skills.models import Occupation, OccupationAlias, OccupationSkill, Skill, SkillAlias

CHUNK = 5_000


def occupation_concepts() -> list[TaxonomyConcept]:
    """The active occupations with their titles, filed under their ISCO unit group; related: skills they call for."""
    active = Occupation.objects.active()
    called = OccupationSkill.objects.filter(occupation__in=active).order_by("occupation_id", "skill_id")
    related = _grouped(called.values_list("occupation_id", "skill__code").iterator(chunk_size=CHUNK))
    rows = active.order_by("pk").values_list("pk", "code", "description_es", "description_en", "isco")
    labels = _labels(OccupationAlias.objects.filter(occupation__in=active), "occupation_id")
    return [
        TaxonomyConcept(code, tuple(labels[pk]), {"es": es or "", "en": en or ""}, isco[:4], tuple(related[pk]))
        for pk, code, es, en, isco in rows
    ]


def skill_concepts() -> list[TaxonomyConcept]:
    """The active skills with their labels, filed under what is broader; related: occupations that call for them."""
    active = Skill.objects.active()
    occupations = dict(Occupation.objects.active().order_by("pk").values_list("pk", "code"))
    pairs = OccupationSkill.objects.order_by("skill_id", "occupation_id").values_list("skill_id", "occupation_id")
    called = ((skill, occupations.get(by)) for skill, by in pairs.iterator(chunk_size=CHUNK))
    related = _grouped((skill, code) for skill, code in called if code)
    rows = active.order_by("pk").values_list(
        "pk", "code", "description_es", "description_en", "broader__code", "category__code"
    )
    labels = _labels(SkillAlias.objects.filter(skill__in=active), "skill_id")
    return [
        TaxonomyConcept(
            code, tuple(labels[pk]), {"es": es or "", "en": en or ""}, broader or category or "", tuple(related[pk])
        )
        for pk, code, es, en, broader, category in rows
    ]


CONCEPTS = {"occupation": occupation_concepts, "skill": skill_concepts}


def _labels(aliases: Any, concept: str) -> defaultdict[int, list[Label]]:
    rows = aliases.order_by(concept, "pk").values_list(concept, "lang", "text", "kind").iterator(chunk_size=CHUNK)
    return _grouped((pk, Label(lang, text, kind == AliasKind.LABEL)) for pk, lang, text, kind in rows)


def _grouped(pairs: Iterable[tuple[int, Any]]) -> defaultdict[int, list[Any]]:
    groups: defaultdict[int, list[Any]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return groups
