"""The whole import: files checked first, then one transaction, so that a stop in the middle leaves what was."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from django.db import transaction
from django.utils import translation

from workforce.skills.esco import concepts, relations
from workforce.skills.esco.files import check_files, rows_of
from workforce.skills.esco.kinds import OCCUPATIONS, SKILLS
from workforce.skills.esco.merging import concept_ids
from workforce.skills.esco.report import EscoReport
from workforce.skills.models import TaxonomyState
from workforce.skills.services import STATE_PK, bump_taxonomy

Progress = Callable[[str, int], AbstractContextManager[concepts.Advance]]


def import_esco(folder: Path, progress: Progress) -> EscoReport:
    """Import ESCO from ``folder`` and return what was done. A second run changes nothing.

    ``progress(title, total)`` is entered for each file and gives a function that is told how many rows were done.
    Raises DataFileError, before anything is written, when a file is missing or not what it should be.
    """
    with progress("reading", 1) as advance:
        totals = check_files(folder)
        advance(1)
    iscos = frozenset(row["code"] for row in rows_of(folder, "ISCOGroups_en"))
    report = EscoReport()
    with translation.override("es"), transaction.atomic():
        TaxonomyState.objects.get_or_create(pk=STATE_PK)
        TaxonomyState.objects.select_for_update().get(pk=STATE_PK)  # two imports wait for each other
        for kind in (SKILLS, OCCUPATIONS):
            with progress(kind.name, totals[f"{kind.name}_en"]) as advance:
                concepts.import_concepts(folder, kind, iscos, report, advance)
        ids = concept_ids(SKILLS)
        steps = {
            "broaderRelationsSkillPillar": relations.import_broader,
            "occupationSkillRelations": relations.import_occupation_skills,
            "skillSkillRelations": relations.import_skill_relations,
        }
        for name, step in steps.items():
            with progress(name, totals[name]) as advance:
                step(folder, ids, report, advance)
        if report.touched:
            bump_taxonomy()
    return report
