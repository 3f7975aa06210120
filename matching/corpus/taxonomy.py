"""The taxonomy as the plain tuples that ``SkillRelatedness`` is fitted on.

Languages are named explicitly: in a task there is no reader, and a translated attribute would depend on one.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import F

from matching.engine.taxonomy import SkillText, TaxonomyData
from workforce.core.choices import Language
from workforce.skills.choices import AliasKind, ConceptSource
from workforce.skills.models import OccupationSkill, Skill, SkillAlias, SkillRelation, TaxonomyState

if TYPE_CHECKING:
    from collections.abc import Mapping

CHUNK = 5_000


def taxonomy_signature() -> str:
    """Tells one state of the taxonomy from another: its number, and counts in case that somebody wrote past the
    services.
    """
    number = TaxonomyState.objects.order_by("pk").values_list("version", flat=True).first() or 0
    counts = [model.objects.count() for model in (Skill, SkillRelation, OccupationSkill)]
    return ".".join(str(part) for part in (number, *counts))


def load_taxonomy() -> TaxonomyData:
    """Read every skill with its relations, occupations and words; six queries.

    Retired skills stay in: profiles may still name them, and their successors are applied where profiles are read.
    """
    relations = list(
        SkillRelation.objects.exclude(source=ConceptSource.LEARNED)
        .order_by("source_skill__code", "target_skill__code")
        .values_list("source_skill__code", "target_skill__code", "strength", "vetoed")
    )
    return TaxonomyData(
        codes=list(Skill.objects.order_by("code").values_list("code", flat=True)),
        broader=list(Skill.objects.filter(broader__isnull=False).order_by("code").values_list("code", "broader__code")),
        declared=[(held, needed, strength) for held, needed, strength, vetoed in relations if not vetoed],
        vetoes=[(held, needed) for held, needed, _, vetoed in relations if vetoed],
        occupations=list(
            OccupationSkill.objects.order_by("occupation__code", "skill__code").values_list(
                "occupation__code", "skill__code", "essential"
            )
        ),
        texts=_texts(),
    )


def _texts() -> Mapping[str, Mapping[str, SkillText]]:
    """Language -> code -> label, aliases and definition, each in that language only (no fallback)."""
    aliases: dict[tuple[str, str], list[str]] = defaultdict(list)
    named = SkillAlias.objects.exclude(kind=AliasKind.LABEL).order_by("skill__code", "lang", "norm", "pk")
    for code, lang, text in named.values_list("skill__code", "lang", "text").iterator(chunk_size=CHUNK):
        aliases[lang, code].append(text)
    texts: dict[str, dict[str, SkillText]] = {}
    for lang in Language.values:
        rows = Skill.objects.order_by("code").values_list("code", F(f"label_{lang}"), F(f"description_{lang}"))
        texts[lang] = {
            code: SkillText(label or "", tuple(aliases[lang, code]), description or "")
            for code, label, description in rows.iterator(chunk_size=CHUNK)
        }
    return texts
