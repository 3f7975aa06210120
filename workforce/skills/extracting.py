"""Reads texts by our own taxonomy: the extractor of this process, which follows the taxonomy's version.

Only concepts of the region's taxonomy are looked for: ESCO's thousands of labels are too wide for running text.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence

from workforce.core.text import fold
from workforce.skills.choices import AliasKind, ConceptSource, ConceptStatus, CredentialKind
from workforce.skills.linker.extraction import Extractor, Mention
from workforce.skills.linker.extraction_names import Name
from workforce.skills.models import (
    Credential,
    CredentialSkill,
    Occupation,
    OccupationAlias,
    OccupationSkill,
    Skill,
    SkillAlias,
    SkillRelation,
)
from workforce.skills.nicknames import CREDENTIALS
from workforce.skills.search import taxonomy_version
from workforce.skills.taxonomy_files import Taxonomy

__all__ = ["Mention", "extract", "extractor", "extractor_of", "forget_extractor"]

_lock = threading.Lock()
_held: tuple[int, Extractor] | None = None


def extract(text: str) -> list[Mention]:
    """Return the skills, occupations and credentials that ``text`` names, with what it says of each."""
    return extractor().extract(text)


def extractor() -> Extractor:
    """Return the extractor of this process, built anew (under a second) when the taxonomy has changed."""
    global _held
    with _lock:
        version = taxonomy_version()
        if _held is None or _held[0] != version:
            _held = (version, Extractor(_names(), _kin(*_pairs()), _words(_descriptions())))
        return _held[1]


def forget_extractor() -> None:
    """Drop the extractor of this process (tests, and a database that was replaced)."""
    global _held
    with _lock:
        _held = None


def extractor_of(taxonomy: Taxonomy) -> Extractor:
    """Build an extractor from the taxonomy's files: the same as from a database that they were loaded into."""
    rows = (*taxonomy.skills.values(), *taxonomy.occupations.values())
    known = _words(row[f"description_{lang}"] for row in rows for lang in ("es", "en"))
    return Extractor(_names_of(taxonomy), _kin(taxonomy.relations, taxonomy.occupation_skills), known)


def _names_of(taxonomy: Taxonomy) -> Iterator[Name]:
    texts: dict[str, list[str]] = {}
    for kind, concepts, aliases in (
        ("skill", taxonomy.skills, taxonomy.skill_aliases),
        ("occupation", taxonomy.occupations, taxonomy.occupation_aliases),
    ):
        for code, known in aliases.items():
            if concepts[code]["status"] == ConceptStatus.ACTIVE:
                for alias in known.values():
                    yield Name(kind, code, alias.text, alias.kind)
                    if kind == "skill":
                        texts.setdefault(code, []).append(alias.text)
    held = {code: row for code, row in taxonomy.credentials.items() if row["status"] == ConceptStatus.ACTIVE}
    for code, row in held.items():
        for text in filter(None, (row["name_es"], row["name_en"], row["standard"], *CREDENTIALS.get(code, ()))):
            yield Name("credential", code, text, AliasKind.LABEL)
    proofs = [(*pair, level) for pair, level in taxonomy.credential_skills.items() if pair[0] in held]
    yield from _dc3_names((proof for proof in proofs if held[proof[0]]["kind"] == CredentialKind.DC3), texts)


def _names() -> Iterator[Name]:
    texts: dict[str, list[str]] = {}
    own_skills = Skill.objects.active().exclude(source=ConceptSource.ESCO)
    skills = SkillAlias.objects.filter(skill__in=own_skills).exclude(source=ConceptSource.ESCO).order_by("pk")
    for code, text, how in skills.values_list("skill__code", "text", "kind").iterator():
        yield Name("skill", code, text, how)
        texts.setdefault(code, []).append(text)
    own_titles = Occupation.objects.active().exclude(source=ConceptSource.ESCO)
    titles = OccupationAlias.objects.filter(occupation__in=own_titles).exclude(source=ConceptSource.ESCO).order_by("pk")
    for code, text, how in titles.values_list("occupation__code", "text", "kind").iterator():
        yield Name("occupation", code, text, how)
    held = Credential.objects.active().exclude(source=ConceptSource.ESCO).order_by("pk")
    for code, *known in held.values_list("code", "name_es", "name_en", "standard"):
        for text in filter(None, (*known, *CREDENTIALS.get(code, ()))):
            yield Name("credential", code, text, AliasKind.LABEL)
    proofs = CredentialSkill.objects.filter(credential__in=held.filter(kind=CredentialKind.DC3)).order_by("pk")
    yield from _dc3_names(proofs.values_list("credential__code", "skill__code", "level"), texts)


def _dc3_names(proofs: Iterable[tuple[str, str, int]], texts: Mapping[str, Sequence[str]]) -> Iterator[Name]:
    """A DC-3 is named after the skill that it proves best: "DC-3 de montacargas"."""
    best: dict[str, tuple[int, str]] = {}
    for credential, skill, level in proofs:
        best[credential] = max(best.get(credential, (0, "")), (level, skill))
    for credential, (_level, skill) in best.items():
        for text in texts.get(skill, ()):
            for form in ("DC-3", "DC3"):
                yield Name("credential", credential, f"{form} {text}", AliasKind.HIDDEN)


def _pairs() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Skills that are related, and the skills of occupations, by their codes."""
    related = SkillRelation.objects.exclude(source__in=(ConceptSource.ESCO, ConceptSource.LEARNED)).order_by("pk")
    called_for = OccupationSkill.objects.exclude(occupation__source=ConceptSource.ESCO).order_by("pk")
    return (
        list(related.values_list("source_skill__code", "target_skill__code")),
        list(called_for.values_list("occupation__code", "skill__code")),
    )


def _kin(related: Iterable[tuple[str, str]], called_for: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """The skills that are related to a skill, or that an occupation calls for together with it."""
    together: dict[str, set[str]] = {}
    for occupation, skill in called_for:
        together.setdefault(occupation, set()).add(skill)
    kin: dict[str, set[str]] = {}
    for one, other in related:
        kin.setdefault(one, set()).add(other)
        kin.setdefault(other, set()).add(one)
    for skills in together.values():
        for skill in skills:
            kin.setdefault(skill, set()).update(skills - {skill})
    return {skill: frozenset(others) for skill, others in kin.items()}


def _descriptions() -> Iterator[str]:
    for concepts in (Skill, Occupation):
        own = concepts.objects.active().exclude(source=ConceptSource.ESCO).order_by("pk")
        for texts in own.values_list("description_es", "description_en"):
            yield from filter(None, texts)


def _words(texts: Iterable[str]) -> set[str]:
    """The long words of ``texts``, folded."""
    return {word for text in texts for word in re.findall(r"[a-z]{6,}", fold(text))}
