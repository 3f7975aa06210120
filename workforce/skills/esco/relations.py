"""How ESCO's concepts hang together: broader skills, skills of occupations, and skills that cover others."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

from workforce.skills.choices import ConceptSource
from workforce.skills.esco.concepts import CHUNK, Advance
from workforce.skills.esco.files import SKILL, rows_of
from workforce.skills.esco.kinds import ESCO, OCCUPATIONS, SKILLS
from workforce.skills.esco.merging import broad_relations, concept_ids, owners
from workforce.skills.esco.report import EscoReport
from workforce.skills.models import OccupationSkill, Skill, SkillRelation
from workforce.skills.syncing import in_batches, sync_rows

# "A is related to B, essential | optional" is ESCO's "to do A you need, or are helped by, knowing B". So whoever can do
# A knows B surely (or in part), and a person's A covers a role's need for B; knowing B says little about doing A, so
# nothing is given that way. Optional stays under 0.5, the least that satisfies a must.
STRENGTHS = {"essential": 0.7, "optional": 0.4}


def import_broader(folder: Path, ids: dict[str, int], report: EscoReport, advance: Advance) -> None:
    """Set ``Skill.broader`` of ESCO's skills where the broader concept is a skill; of several, the smallest URI."""
    parents: dict[int, tuple[str, int]] = {}
    for rows in in_batches(rows_of(folder, "broaderRelationsSkillPillar"), 5_000):
        for row in rows:
            if row["conceptType"] != SKILL or row["broaderType"] != SKILL:
                report.left_out["broader relations to groups, which are not skills"] += 1
                continue
            child, parent = ids.get(row["conceptUri"]), ids.get(row["broaderUri"])
            if child is None or parent is None or child == parent:
                report.left_out["broader relations whose skill is not there"] += 1
                continue
            parents[child] = min(parents.get(child, (row["broaderUri"], parent)), (row["broaderUri"], parent))
        advance(len(rows))
    esco = Skill.objects.filter(source=ConceptSource.ESCO).order_by("pk").values_list("pk", flat=True)
    for batch in in_batches(list(esco), CHUNK):
        wanted = {(pk,): {"broader_id": parents[pk][1] if pk in parents else None} for pk in batch}
        tally = sync_rows(Skill.objects.filter(pk__in=batch), wanted, key=["id"], source=ESCO, remove=False)
        report.rows["broader skills"] += tally


def import_occupation_skills(folder: Path, ids: dict[str, int], report: EscoReport, advance: Advance) -> None:
    """Bring the skills of ESCO's occupations in line; essential wins where a pair stands twice."""
    occupations = concept_ids(OCCUPATIONS)
    ours = set(owners(OCCUPATIONS).values())
    needs: defaultdict[int, dict[int, bool]] = defaultdict(dict)
    for rows in in_batches(rows_of(folder, "occupationSkillRelations"), 5_000):
        for row in rows:
            occupation, skill = occupations.get(row["occupationUri"]), ids.get(row["skillUri"])
            if occupation is None:
                report.left_out["skills of occupations whose occupation is not there"] += 1
            elif occupation in ours:
                report.left_out["skills of occupations merged into our own, which have their own list"] += 1
            elif skill is None:
                report.left_out["skills of occupations whose skill is not there"] += 1
            else:
                essential = row["relationType"] == "essential"
                needs[occupation][skill] = needs[occupation].get(skill, False) or essential
        advance(len(rows))
    for batch in in_batches(sorted(set(occupations.values())), 100):
        wanted: dict[tuple[Any, ...], dict[str, Any]] = {
            (pk, skill): {"essential": essential} for pk in batch for skill, essential in sorted(needs[pk].items())
        }
        held = OccupationSkill.objects.filter(occupation__in=batch)
        report.rows["occupation skills"] += sync_rows(held, wanted, key=["occupation_id", "skill_id"], source=ESCO)


def import_skill_relations(folder: Path, ids: dict[str, int], report: EscoReport, advance: Advance) -> None:
    """Bring the relations between skills in line, those with wider concepts (``merging``) included.

    Between two skills of ours only our own relations count: they were written to say what satisfies a must.
    """
    ours = set(owners(SKILLS).values())
    strengths: dict[tuple[Any, ...], float] = dict(broad_relations(ids))
    for rows in in_batches(rows_of(folder, "skillSkillRelations"), 5_000):
        for row in rows:
            doing, knowing = ids.get(row["originalSkillUri"]), ids.get(row["relatedSkillUri"])
            strength = STRENGTHS.get(row["relationType"])
            if doing is None or knowing is None or doing == knowing:
                report.left_out["relations between skills whose skill is not there"] += 1
            elif strength is None:
                report.left_out["relations between skills of an unknown type"] += 1
            elif doing in ours and knowing in ours:
                report.left_out["relations between skills of our own, which have their own"] += 1
            else:
                strengths[(doing, knowing)] = max(strength, strengths.get((doing, knowing), 0.0))
        advance(len(rows))
    wanted = {pair: {"strength": strength} for pair, strength in sorted(strengths.items())}
    report.rows["relations"] += sync_rows(
        SkillRelation.objects.all(), wanted, key=["source_skill_id", "target_skill_id"], source=ESCO
    )
