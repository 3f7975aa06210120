"""Bring the database in line with our own taxonomy's files, in one transaction; what is right stays as it is."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import translation

from workforce.skills.choices import ConceptSource, ConceptStatus
from workforce.skills.events import skill_retired
from workforce.skills.models import (
    Category,
    Credential,
    CredentialSkill,
    Occupation,
    OccupationAlias,
    OccupationSkill,
    Skill,
    SkillAlias,
    SkillLink,
    SkillRelation,
    TaxonomyState,
)
from workforce.skills.services import STATE_PK, bump_taxonomy
from workforce.skills.syncing import Tally, sync_rows
from workforce.skills.taxonomy_files import FOLDER, Aliases, Row, Taxonomy, read_taxonomy

OWN = ConceptSource.PUENTE.value
# What staff changed by hand stays as they left it.
OVER = frozenset({ConceptSource.ESCO.value, ConceptSource.LEARNED.value})
Report = dict[str, Tally]


def load_taxonomy(folder: Path = FOLDER) -> Report:
    """Load the CSV files of ``folder`` and return what was done, by kind of row. Loading twice changes nothing.

    Files are checked first: DataFileError names file and line of every fault, and then nothing is written. Rows of ESCO
    and of staff are left alone. Skills no longer listed are retired, never removed: people and roles may hold them.
    """
    taxonomy = read_taxonomy(folder)
    with translation.override("es"), transaction.atomic():
        TaxonomyState.objects.get_or_create(pk=STATE_PK)
        TaxonomyState.objects.select_for_update().get(pk=STATE_PK)  # two loads wait for each other
        report = _load(taxonomy)
        if any(tally.touched for tally in report.values()):
            bump_taxonomy()
    return report


def _load(taxonomy: Taxonomy) -> Report:
    report: Report = {}
    names = {(code,): _only(row, "name_es", "name_en") for code, row in taxonomy.categories.items()}
    report["categories"] = sync_rows(Category.objects.all(), names, key=["code"], remove=False)
    in_use = set(Skill.objects.active().values_list("code", flat=True))
    report["skills"] = _load_skills(taxonomy)
    skills = _ids(Skill, taxonomy.skills)
    _tell_retired(in_use)
    report["skill aliases"] = _load_aliases(SkillAlias, "skill", taxonomy.skill_aliases, skills)
    strengths = {(skills[a], skills[b]): {"strength": value} for (a, b), value in taxonomy.relations.items()}
    report["relations"] = sync_rows(
        SkillRelation.objects.all(), strengths, key=["source_skill_id", "target_skill_id"], source=OWN, over=OVER
    )
    links = {(skills[code], uri): {"match": match} for (code, uri), match in taxonomy.skill_links.items()}
    report["links to ESCO"] = sync_rows(SkillLink.objects.all(), links, key=["skill_id", "uri"], source=OWN, over=OVER)
    report["occupations"] = _load_occupations(taxonomy)
    occupations = _ids(Occupation, taxonomy.occupations)
    report["occupation aliases"] = _load_aliases(
        OccupationAlias, "occupation", taxonomy.occupation_aliases, occupations
    )
    needs = {
        (occupations[o], skills[s]): {"essential": essential, "level": level}
        for (o, s), (essential, level) in taxonomy.occupation_skills.items()
    }
    report["occupation skills"] = sync_rows(
        OccupationSkill.objects.all(), needs, key=["occupation_id", "skill_id"], source=OWN, over=OVER
    )
    return report | _load_credentials(taxonomy, skills)


def _only(row: Row, *columns: str) -> dict[str, Any]:
    return {column: row[column] for column in columns}


def _ids(model: Any, codes: Iterable[str]) -> dict[str, int]:
    """Primary keys by code."""
    held = dict(model.objects.values_list("code", "pk"))
    return {code: held[code] for code in codes}


def _load_skills(taxonomy: Taxonomy) -> Tally:
    categories = _ids(Category, taxonomy.categories)
    _free_uris(taxonomy)
    texts = ("label_es", "label_en", "description_es", "description_en", "status")
    wanted = {
        (code,): _only(row, *texts) | {"category_id": categories[row["category"]], "esco_uri": row["esco_uri"] or None}
        for code, row in taxonomy.skills.items()
    }
    tally = sync_rows(Skill.objects.all(), wanted, key=["code"], source=OWN, over=OVER, remove=False)
    ids = _ids(Skill, taxonomy.skills)
    links = {
        (code,): {"broader_id": ids.get(row["broader"]), "successor_id": ids.get(row["successor"])}
        for code, row in taxonomy.skills.items()
    }
    linked = sync_rows(Skill.objects.all(), links, key=["code"], source=OWN, over=OVER, remove=False)
    tally.changed += 0 if tally.added else linked.changed
    gone = Skill.objects.active().filter(source=OWN).exclude(code__in=taxonomy.skills)
    tally.removed += gone.update(status=ConceptStatus.RETIRED)
    return tally


def _free_uris(taxonomy: Taxonomy) -> None:
    """Take ESCO addresses from whoever holds them now: an ESCO skill imported earlier gives way to ours."""
    owners = {row["esco_uri"]: code for code, row in taxonomy.skills.items() if row["esco_uri"]}
    for skill in Skill.objects.filter(esco_uri__in=owners).order_by("pk"):
        code = owners[skill.esco_uri]
        if code == skill.code:
            continue
        skill.esco_uri = None
        if skill.source == ConceptSource.ESCO:
            row = taxonomy.skills[code]
            skill.status = ConceptStatus.RETIRED
            skill.successor, _made = Skill.objects.get_or_create(
                code=code, defaults=_only(row, "label_es", "label_en") | {"source": OWN}
            )
        skill.save(update_fields=["esco_uri", "status", "successor"])


def _tell_retired(in_use: set[str]) -> None:
    """Send ``skill_retired`` for each skill that was in use and no longer is."""
    retired = Skill.objects.filter(status=ConceptStatus.RETIRED).order_by("pk")
    for pk, code, successor in retired.values_list("pk", "code", "successor_id"):
        if code in in_use:
            skill_retired.send(sender=Skill, skill_id=pk, successor_id=successor)


def _load_aliases(model: Any, owner: str, aliases: Aliases, ids: dict[str, int]) -> Tally:
    wanted = {
        (ids[code], lang, norm): {"text": alias.text, "kind": alias.kind}
        for code, texts in aliases.items()
        for (lang, norm), alias in texts.items()
    }
    held = model.objects.filter(**{f"{owner}_id__in": list(ids.values())})
    return sync_rows(held, wanted, key=[f"{owner}_id", "lang", "norm"], source=OWN, over=OVER)


def _load_occupations(taxonomy: Taxonomy) -> Tally:
    texts = ("title_es", "title_en", "description_es", "description_en", "isco", "sinco", "soc")
    wanted = {
        (code,): _only(row, *texts) | {"level": int(row["level"]), "status": ConceptStatus.ACTIVE.value}
        for code, row in taxonomy.occupations.items()
    }
    tally = sync_rows(Occupation.objects.all(), wanted, key=["code"], source=OWN, over=OVER, remove=False)
    gone = Occupation.objects.active().filter(source=OWN).exclude(code__in=taxonomy.occupations)
    tally.removed += gone.update(status=ConceptStatus.RETIRED)
    return tally


def _load_credentials(taxonomy: Taxonomy, skills: dict[str, int]) -> Report:
    texts = ("name_es", "name_en", "description_es", "description_en", "kind", "issuer")
    wanted = {
        (code,): _only(row, *texts)
        | {"valid_months": int(row["valid_months"] or 0) or None, "status": ConceptStatus.ACTIVE.value}
        for code, row in taxonomy.credentials.items()
    }
    tally = sync_rows(Credential.objects.all(), wanted, key=["code"], remove=False)
    gone = Credential.objects.active().exclude(code__in=taxonomy.credentials)
    tally.removed += gone.update(status=ConceptStatus.RETIRED)
    credentials = _ids(Credential, taxonomy.credentials)
    proofs = {(credentials[c], skills[s]): {"level": level} for (c, s), level in taxonomy.credential_skills.items()}
    held = CredentialSkill.objects.filter(credential__in=credentials.values())
    return {
        "credentials": tally,
        "credential skills": sync_rows(held, proofs, key=["credential_id", "skill_id"]),
    }
