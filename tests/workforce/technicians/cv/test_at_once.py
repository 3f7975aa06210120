"""Two clicks, two tabs, two workers at once."""

from __future__ import annotations

from typing import Any

import pytest

from tests import factories as make
from tests.threads import at_once_numbered
from tests.workforce.technicians.cv import files
from tests.workforce.technicians.cv.samples import MAINTENANCE
from workforce.core.errors import Conflict
from workforce.technicians import services
from workforce.technicians.choices import FindingKind, ReadingState
from workforce.technicians.models import CvFinding, CvReading, Experience, TechnicianSkill
from workforce.technicians.services.cv_saving import pick_of

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 3


def test_clicks_at_once_make_one_reading(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    technician = make.TechnicianFactory()
    data = files.docx(MAINTENANCE)
    found = at_once_numbered(
        lambda number: services.upload_cv(technician_id=technician.pk, name="cv.docx", data=data).pk, AT_ONCE
    )
    assert len(set(found)) == 1
    assert CvReading.objects.count() == 1


def test_saves_at_once_add_everything_once() -> None:
    reading = make.CvReadingFactory()
    make.CvFindingFactory(reading=reading, skill=make.SkillFactory())
    job = {"kind": FindingKind.JOB, "words": "Soldadora", "started_on": "2021-03-01"}
    make.CvFindingFactory(reading=reading, **job)
    picks = [pick_of(one) for one in CvFinding.objects.filter(reading=reading)]

    def save(number: int) -> CvReading:
        return services.confirm_cv(
            technician_id=reading.technician_id, reading_id=reading.pk, picks=picks, language="es"
        )

    results = at_once_numbered(save, AT_ONCE)
    assert sum(isinstance(one, CvReading) for one in results) == 1
    assert sum(isinstance(one, Conflict) for one in results) == AT_ONCE - 1
    assert (TechnicianSkill.objects.count(), Experience.objects.count()) == (1, 1)


def test_workers_at_once_find_everything_once(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    technician = make.TechnicianFactory()
    reading = services.upload_cv(technician_id=technician.pk, name="cv.docx", data=files.docx(MAINTENANCE))
    at_once_numbered(lambda number: services.read_cv(reading_id=reading.pk), AT_ONCE)
    reading.refresh_from_db()
    assert (reading.state, reading.attempts) == (ReadingState.READ, 1)
    words = list(CvFinding.objects.filter(kind=FindingKind.JOB).values_list("words", flat=True))
    assert len(words) == len(set(words)) == 2
