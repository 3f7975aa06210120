"""The only place where rows of the taxonomy become texts for the linker."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from workforce.skills.choices import ConceptSource
from workforce.skills.linker.lookup import DEFINITION, ConceptIndex, Row
from workforce.skills.models import Credential, Occupation, OccupationAlias, Skill, SkillAlias

CHUNK = 5_000
OWN_BOOST = 0.03  # the region's words before the general ones of ESCO


def skill_index() -> ConceptIndex:
    """Build the look-up over the active skills' labels and aliases in both languages."""
    aliases = SkillAlias.objects.filter(skill__in=Skill.objects.active()).order_by("pk")
    own = Skill.objects.active().exclude(source=ConceptSource.ESCO).values_list("pk", flat=True)
    defined = _definitions(Skill.objects.active().exclude(source=ConceptSource.ESCO))
    return ConceptIndex(chain(_rows(aliases, "skill_id"), defined), dict.fromkeys(own, OWN_BOOST))


def occupation_index() -> ConceptIndex:
    """Build the look-up over the active occupations' titles, in both genders and languages."""
    aliases = OccupationAlias.objects.filter(occupation__in=Occupation.objects.active()).order_by("pk")
    own = Occupation.objects.active().exclude(source=ConceptSource.ESCO).values_list("pk", flat=True)
    return ConceptIndex(_rows(aliases, "occupation_id"), dict.fromkeys(own, OWN_BOOST))


def credential_index() -> ConceptIndex:
    """Build the look-up over the credentials in use: names, codes of standards, and what they certify."""
    held = Credential.objects.active().order_by("pk")
    named = [
        Row(pk, lang, text, kind)
        for pk, es, en, standard in held.values_list("pk", "name_es", "name_en", "standard")
        for lang, text, kind in (("es", es, "label"), ("en", en, "label"), ("es", standard, "alias"))
        if text
    ]
    return ConceptIndex(chain(named, _definitions(held)))


def _definitions(concepts: Any) -> Iterator[Row]:
    """Definitions of ``concepts``: a vacancy's line often says what is done and not what it is called."""
    for pk, spanish, english in concepts.order_by("pk").values_list("pk", "description_es", "description_en"):
        for lang, text in (("es", spanish), ("en", english)):
            if text:
                yield Row(pk, lang, text, DEFINITION)


def _rows(aliases: Any, concept: str) -> Iterator[Row]:
    for row in aliases.values_list(concept, "lang", "text", "kind").iterator(chunk_size=CHUNK):
        yield Row(*row)
