"""What a worker does with a CV: opens it elsewhere, looks for what it tells, writes that down, lets the file go.

The database says which are to be read; a worker that is killed leaves the reading to the next one. ``attempts`` is the
token of the worker that has it: who finds another number has been overtaken, and writes nothing.
"""

from __future__ import annotations

import logging
import re
from typing import Any

from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from workforce.core.faults import told
from workforce.skills.extracting import extract
from workforce.skills.models import Credential, Occupation, Skill
from workforce.skills.search import search_credentials
from workforce.technicians.choices import AT_WORK, FindingKind, ReadingState
from workforce.technicians.cv.sandbox import read_text
from workforce.technicians.cv.suggest import Suggestion, suggest
from workforce.technicians.cv.unreadable import Unreadable, Why
from workforce.technicians.models import CvFinding, CvReading
from workforce.technicians.services.cv_upload import drop_file

logger = logging.getLogger(__name__)
MAX_ATTEMPTS = 3
MOST_FINDINGS = 150
CREDENTIAL_FROM = 0.6  # score of the look-up: less is a guess
_NUMBERS = re.compile(r"\S*\d{2,}\S*|\bfolio\b", re.IGNORECASE)


def read_cv(*, reading_id: int) -> None:
    """Read a CV to its end. Safe to call twice, at once or one after the other."""
    reading = _take(reading_id)
    if reading is None:
        return
    try:
        found = _understand(reading)
    except Unreadable as refused:
        _end(reading, ReadingState.FAILED, why=refused.why)
    except (OperationalError, InterfaceError):
        raise  # no fault of the file: the task is tried again
    except Exception as error:  # beat tries again, and gives up after a few times
        logger.error("The reading %s of a CV stopped: %s.", reading.pk, told(error))
    else:
        _end(reading, ReadingState.READ, found=found)


def read_left() -> int:
    """Read what a dead worker or a broker that was down left behind; return how many there were."""
    left = list(CvReading.objects.left().order_by("pk").values_list("pk", flat=True))
    for reading_id in left:
        read_cv(reading_id=reading_id)
    return len(left)


def _take(reading_id: int) -> CvReading | None:
    """Make a reading this worker's; None when it is another's, or over."""
    with transaction.atomic():
        reading: CvReading | None = CvReading.objects.at_work().select_for_update().filter(pk=reading_id).first()
        if reading is None:
            return None
        if reading.state != ReadingState.WAITING and not CvReading.objects.left().filter(pk=reading_id).exists():
            return None
        reading.attempts += 1
        reading.state = ReadingState.OPENING
        reading.save(update_fields=("attempts", "state", "updated_at"))
    if reading.attempts > MAX_ATTEMPTS or not reading.file:
        _end(reading, ReadingState.FAILED, why=Why.INTERNAL)
        return None
    return reading


def _understand(reading: CvReading) -> list[Suggestion]:
    with reading.file.open("rb") as file:
        text = read_text(file.read())
    now = timezone.now()
    CvReading.objects.at_work().filter(pk=reading.pk, attempts=reading.attempts).update(
        state=ReadingState.UNDERSTANDING, updated_at=now
    )
    return suggest(text, extract(text), _credential_of, timezone.localdate())[:MOST_FINDINGS]


def _credential_of(line: str) -> tuple[str, float] | None:
    """Return the credential that a line under a heading of courses means."""
    best = next(iter(search_credentials(_NUMBERS.sub(" ", line)[:200], 1)), None)
    return (best.concept.code, round(best.score * 0.9, 2)) if best and best.score >= CREDENTIAL_FROM else None


def _end(reading: CvReading, state: ReadingState, *, why: str = "", found: list[Suggestion] | None = None) -> None:
    """Write down what came of it, unless another worker or the person was faster; the file goes with the commit."""
    with transaction.atomic():
        fresh: CvReading | None = (
            CvReading.objects.select_for_update()
            .filter(pk=reading.pk, attempts=reading.attempts, state__in=AT_WORK)
            .first()
        )
        if fresh is None:
            return
        CvFinding.objects.bulk_create(_rows(fresh, found or []))
        fresh.state, fresh.why = state, str(why)
        if not fresh.keep_file or state == ReadingState.FAILED:
            drop_file(fresh)
        fresh.save(update_fields=("state", "why", "file", "updated_at"))


def _rows(reading: CvReading, found: list[Suggestion]) -> list[CvFinding]:
    concepts = {
        "skill": _by_code(Skill, found, FindingKind.SKILL, FindingKind.LANGUAGE),
        "credential": _by_code(Credential, found, FindingKind.CERTIFICATE),
        "occupation": _by_code(Occupation, found, FindingKind.JOB),
    }
    fields = {
        FindingKind.SKILL: "skill",
        FindingKind.LANGUAGE: "skill",
        FindingKind.CERTIFICATE: "credential",
        FindingKind.JOB: "occupation",
    }
    rows = []
    for one in found:
        named = fields.get(one.kind)
        concept = {named: concepts[named].get(one.code)} if named else {}
        if one.kind == FindingKind.CERTIFICATE and concept["credential"] is None:
            continue  # retired since the text was read
        rows.append(
            CvFinding(
                reading=reading,
                kind=one.kind,
                words=one.words[:250],
                sentence=one.sentence[:400],
                confidence=one.confidence,
                level=one.level,
                years=one.years,
                grade=one.grade,
                place=one.place,
                started_on=one.started_on,
                ended_on=one.ended_on,
                informal=one.informal,
                folio=one.folio,
                **concept,
            )
        )
    return rows


def _by_code(model: Any, found: list[Suggestion], *kinds: FindingKind) -> dict[str, Any]:
    codes = {one.code for one in found if one.kind in kinds and one.code}
    return {row.code: row for row in model.objects.active().filter(code__in=codes)}
