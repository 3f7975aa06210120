"""What of a CV a profile holds already: shown as such, and never added a second time."""

from __future__ import annotations

from collections.abc import Sequence

from workforce.core.text import fold
from workforce.technicians.choices import FindingKind
from workforce.technicians.models import Certificate, CvFinding, Experience, Study, Technician, TechnicianSkill


def what_is_there(technician: Technician, findings: Sequence[CvFinding]) -> set[int]:
    """Return the keys of the findings that the profile holds: four queries, however many findings."""
    skills = TechnicianSkill.objects.filter(technician=technician).values_list("skill_id", "raw")
    held = {skill or fold(raw) for skill, raw in skills}
    credentials = set(Certificate.objects.filter(technician=technician).values_list("credential_id", flat=True))
    jobs = {
        (fold(title or ""), day.year, day.month)
        for spanish, english, day in Experience.objects.filter(technician=technician).values_list(
            "title_es", "title_en", "started_on"
        )
        for title in (spanish, english)
    }
    studies = {
        (degree, fold(title))
        for degree, title in Study.objects.filter(technician=technician).values_list("degree", "title")
    }
    there: set[int] = set()
    for one in findings:
        if one.kind == FindingKind.SKILL:
            known = (one.skill_id or fold(one.words)) in held
        elif one.kind == FindingKind.LANGUAGE:
            english = one.skill is not None and one.skill.code == "english"
            known = technician.english == one.grade if english else (one.skill_id or fold(one.words)) in held
        elif one.kind == FindingKind.CERTIFICATE:
            known = one.credential_id in credentials
        elif one.kind == FindingKind.STUDY:
            known = (one.grade, fold(one.words)) in studies
        else:
            day = one.started_on
            known = day is not None and (fold(one.words), day.year, day.month) in jobs
        if known:
            there.add(one.pk)
    return there
