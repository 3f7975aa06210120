"""The taxonomy as CSV, for anybody: what is in use, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Q

from workforce.core import csvout
from workforce.skills.choices import ConceptStatus
from workforce.skills.models import (
    Credential,
    CredentialSkill,
    Occupation,
    OccupationSkill,
    Skill,
    SkillAlias,
    SkillRelation,
)

CHUNK = 2_000

COLUMNS: dict[str, tuple[str, ...]] = {
    "skills": (
        *("code", "category__code", "broader__code", "label_es", "label_en", "description_es", "description_en"),
        *("esco_uri", "source"),
    ),
    "occupations": (
        *("code", "title_es", "title_en", "description_es", "description_en"),
        *("isco", "sinco", "soc", "level", "esco_uri", "source"),
    ),
    "credentials": (
        *("code", "name_es", "name_en", "description_es", "description_en", "kind", "issuer", "valid_months"),
        *("standard", "source"),
    ),
    "aliases": ("skill__code", "lang", "text", "kind", "source"),
    "relations": ("source_skill__code", "target_skill__code", "strength", "source"),
    "occupation-skills": ("occupation__code", "skill__code", "essential", "level", "source"),
    "credential-skills": ("credential__code", "skill__code", "level", "source"),
}


def _in_use(concept: str) -> Q:
    return Q(**{f"{concept}__status": ConceptStatus.ACTIVE})


ROWS: dict[str, Callable[[], Any]] = {
    "skills": Skill.objects.active,
    "occupations": Occupation.objects.active,
    "credentials": Credential.objects.active,
    "aliases": lambda: SkillAlias.objects.filter(_in_use("skill")),
    "relations": lambda: SkillRelation.objects.filter(
        _in_use("source_skill"), _in_use("target_skill"), vetoed=False, strength__gt=0
    ),
    "occupation-skills": lambda: OccupationSkill.objects.filter(_in_use("occupation"), _in_use("skill")),
    "credential-skills": lambda: CredentialSkill.objects.filter(_in_use("credential"), _in_use("skill")),
}


def csv_lines(kind: str) -> Iterator[str]:
    """Yield the lines of one kind (a key of ``COLUMNS``), header first, by its first columns; in constant memory."""
    heading = [column.replace("__code", "") for column in COLUMNS[kind]]
    rows = ROWS[kind]().order_by(*COLUMNS[kind][:3]).values_list(*COLUMNS[kind])
    return csvout.csv_lines(heading, rows.iterator(chunk_size=CHUNK))
