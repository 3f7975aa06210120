"""What the person confirmed of a CV becomes part of the profile, at once and once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workforce.core.choices import EnglishLevel
from workforce.core.errors import Conflict, InvalidInput, NotThere
from workforce.skills.services import note_unlinked
from workforce.technicians.choices import Degree, FindingKind, ReadingState
from workforce.technicians.models import CvFinding, CvReading, Technician
from workforce.technicians.services.certificates import add_certificate
from workforce.technicians.services.cv_there import what_is_there
from workforce.technicians.services.experience import add_experience
from workforce.technicians.services.profile import save_profile
from workforce.technicians.services.skills import SkillEntry, add_skills
from workforce.technicians.services.studies import add_study

ENGLISH = "english"
FORGOTTEN = _("What was read in this CV is not kept any more. Send the file again.")
NOT_FOUND = _("One of these was not found in this CV.")
AHEAD = _("This date has not come yet.")


@dataclass(frozen=True, kw_only=True)
class Pick:
    """One finding that the person confirms, as they corrected it (checked by form or serializer)."""

    finding_id: int
    title: str = ""
    place: str = ""
    level: int | None = None
    grade: str = ""
    started_on: date | None = None
    ended_on: date | None = None
    informal: bool = False
    folio: str = ""


def pick_of(finding: CvFinding, **corrected: Any) -> Pick:
    """Return the pick of a finding as it was found, but for what is ``corrected``."""
    found = {
        "title": finding.words[:160],
        "place": finding.place,
        "level": finding.level,
        "grade": finding.grade,
        "started_on": finding.started_on,
        "ended_on": finding.ended_on,
        "informal": finding.informal,
        "folio": finding.folio,
    }
    return Pick(finding_id=finding.pk, **{**found, **corrected})


@transaction.atomic
def confirm_cv(*, technician_id: int, reading_id: int, picks: Sequence[Pick], language: str) -> CvReading:
    """Add what was confirmed to the profile; what it has already stays as it is. ``language`` is that of the titles.

    Raises ``NotThere`` for a reading that is gone, ``Conflict`` for one that is not read yet or was saved already (the
    second click, another tab), and ``InvalidInput`` (too many skills or jobs, a finding of another CV): then nothing of
    it is saved.
    """
    technician: Technician = Technician.objects.select_for_update().get(pk=technician_id)
    reading: CvReading | None = (
        CvReading.objects.shown().select_for_update().filter(pk=reading_id, technician_id=technician_id).first()
    )
    if reading is None:
        raise NotThere("no_such_reading", FORGOTTEN)
    if reading.state == ReadingState.SAVED:
        raise Conflict("already_saved", _("This CV is saved in your profile already. Nothing was added twice."))
    if reading.state != ReadingState.READ:
        raise Conflict("not_read", _("This CV is not read yet."))
    findings = {row.pk: row for row in CvFinding.objects.filter(reading=reading).select_related("skill")}
    if unknown := [pick.finding_id for pick in picks if pick.finding_id not in findings]:
        raise InvalidInput("unknown_finding", NOT_FOUND, field=f"findings.{unknown[0]}")
    there = what_is_there(technician, list(findings.values()))
    chosen = [(findings[pick.finding_id], pick) for pick in picks if pick.finding_id not in there]
    for finding, pick in chosen:
        _check(finding, pick)
        _add(technician, finding, pick, language)
    add_skills(
        technician_id=technician_id,
        revision=None,
        entries=[_entry(finding, pick) for finding, pick in chosen if _is_skill(finding)],
    )
    for finding, _pick in chosen:
        if _is_skill(finding) and finding.skill_id is None:
            note_unlinked(text=finding.words, lang=language)
    CvFinding.objects.filter(pk__in=[finding.pk for finding, _pick in chosen]).update(taken=True)
    reading.state, reading.saved_at = ReadingState.SAVED, timezone.now()
    reading.save(update_fields=("state", "saved_at", "updated_at"))
    return reading


def _check(finding: CvFinding, pick: Pick) -> None:
    """Refuse what no profile may say, whoever asks."""
    today, where = timezone.localdate(), f"findings.{finding.pk}"
    if finding.kind == FindingKind.JOB and not (pick.title.strip() and pick.started_on):
        raise InvalidInput("job_incomplete", _("A job needs a title and the day on which it began."), field=where)
    ends = None if finding.kind == FindingKind.CERTIFICATE else pick.ended_on
    if any(day and day > today for day in (pick.started_on, ends)):
        raise InvalidInput("future", AHEAD, field=where)
    if pick.started_on and pick.ended_on and pick.ended_on < pick.started_on:
        raise InvalidInput("dates_reversed", _("It cannot end before it began."), field=where)
    grades = {FindingKind.STUDY: Degree.values, FindingKind.LANGUAGE: ["", *EnglishLevel.values]}
    if finding.kind in grades and pick.grade not in grades[FindingKind(finding.kind)]:
        raise InvalidInput("unknown_grade", _("This is not one of the choices."), field=where)


def _add(technician: Technician, finding: CvFinding, pick: Pick, language: str) -> None:
    """Add what is no skill by the service of its kind."""
    whose: dict[str, Any] = {"technician_id": technician.pk, "revision": None}
    if finding.kind == FindingKind.JOB:
        values = {f"title_{language}": pick.title, "employer": pick.place, "informal": pick.informal}
        add_experience(**whose, values=values | {"started_on": pick.started_on, "ended_on": pick.ended_on})
    elif finding.kind == FindingKind.CERTIFICATE and finding.credential_id is not None:
        add_certificate(
            **whose,
            credential_id=finding.credential_id,
            issued_on=pick.started_on,
            expires_on=pick.ended_on,
            folio=pick.folio,
        )
    elif finding.kind == FindingKind.STUDY:
        days = {"started_on": pick.started_on, "ended_on": pick.ended_on}
        add_study(**whose, values={"degree": pick.grade, "title": pick.title, "school": pick.place, **days})
    elif is_english(finding) and pick.grade:
        save_profile(**whose, values={"english": pick.grade})


def is_english(finding: CvFinding) -> bool:
    """Whether the finding is how well somebody speaks English: of the profile itself, not only a skill."""
    return finding.kind == FindingKind.LANGUAGE and finding.skill is not None and finding.skill.code == ENGLISH


def _is_skill(finding: CvFinding) -> bool:
    return finding.kind in (FindingKind.SKILL, FindingKind.LANGUAGE) and not is_english(finding)


def _entry(finding: CvFinding, pick: Pick) -> SkillEntry:
    return SkillEntry(finding.skill_id, pick.level or finding.level or 2, finding.words)
