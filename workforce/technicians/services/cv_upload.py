"""A CV comes in: kept until a worker has read it."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from functools import partial
from pathlib import PurePath

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workforce.core.errors import Conflict, InvalidInput
from workforce.core.kicks import kick
from workforce.technicians.choices import AT_WORK, ReadingState
from workforce.technicians.cv.kinds import kind_of
from workforce.technicians.cv.limits import MAX_BYTES
from workforce.technicians.cv.reasons import reason
from workforce.technicians.cv.unreadable import Unreadable
from workforce.technicians.models import CvFinding, CvReading, Technician

READ = "workforce.technicians.tasks.read_cv"
TWIN_AGE = timedelta(minutes=2)
A_DAY = timedelta(days=1)
TOO_BIG = _("The file is larger than 5 MB. Save it without pictures, or send only the pages of your CV.")
EMPTY = _("The file is empty.")


@transaction.atomic
def upload_cv(*, technician_id: int, name: str, data: bytes, keep_file: bool = False) -> CvReading:
    """Keep a CV until a worker has read it; what was read before and not saved is put aside.

    A double click makes one reading. Raises ``InvalidInput`` for what can be seen at once (size, no PDF or DOCX), and
    ``Conflict`` past ``CV_MOST_A_DAY`` files.
    """
    if not data:
        raise InvalidInput("empty", EMPTY, field="file")
    if len(data) > MAX_BYTES:
        raise InvalidInput("too_big", TOO_BIG, field="file")
    try:
        kind = kind_of(data)
    except Unreadable as refused:
        raise InvalidInput(refused.why.value, reason(refused.why), field="file") from refused
    now, digest = timezone.now(), hashlib.sha256(data).hexdigest()
    Technician.objects.select_for_update().get(pk=technician_id)  # the second click waits here
    mine = CvReading.objects.filter(technician_id=technician_id)
    twin: CvReading | None = mine.filter(
        sha256=digest, keep_file=keep_file, state__in=(*AT_WORK, ReadingState.READ), created_at__gte=now - TWIN_AGE
    ).first()
    if twin is not None:
        return twin
    if mine.filter(created_at__gte=now - A_DAY).count() >= settings.CV_MOST_A_DAY:
        raise Conflict("too_many_files", _("You have sent many files today. Go on tomorrow, or write it in by hand."))
    for reading in mine.filter(state__in=(*AT_WORK, ReadingState.READ)).select_for_update():
        put_aside(reading)
    reading = CvReading(
        technician_id=technician_id,
        original_name=PurePath(name.replace("\\", "/").replace("\x00", "")).name[-120:] or "cv",
        sha256=digest,
        kind=kind.value,
        keep_file=keep_file,
        expires_at=now + timedelta(days=settings.CV_READING_DAYS),
    )
    reading.file.save("cv", ContentFile(data), save=False)
    reading.save()
    transaction.on_commit(partial(kick, READ, reading_id=reading.pk))
    return reading


@transaction.atomic
def discard_cv(*, technician_id: int, reading_id: int) -> None:
    """Forget what was read in a CV, and its file; twice is once. What was saved in the profile stays there."""
    found = CvReading.objects.select_for_update().filter(pk=reading_id, technician_id=technician_id).first()
    if found is not None:
        put_aside(found)
        found.keep_file = False
        found.save(update_fields=("keep_file", "updated_at"))


def put_aside(reading: CvReading) -> None:
    """Forget a locked reading and what was found; a file that was to be kept after the reading stays."""
    CvFinding.objects.filter(reading=reading).delete()
    reading.state = ReadingState.DROPPED
    drop_file(reading)
    reading.save(update_fields=("state", "file", "updated_at"))


def drop_file(reading: CvReading) -> None:
    """Have the file of a locked reading deleted with the commit; the caller saves the row."""
    if reading.file:
        transaction.on_commit(partial(reading.file.storage.delete, str(reading.file.name)))
        reading.file = ""
