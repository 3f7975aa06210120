"""What is kept of CVs, and for how long."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from workforce.technicians.models import CvFinding, CvReading
from workforce.technicians.services.cv_upload import drop_file


def forget_old_cvs() -> int:
    """Forget what was read in CVs whose time has come, and files that nobody asked to keep; return how many went.

    A file that the person asked to keep stays, with its name and nothing that was read in it.
    """
    gone, now = 0, timezone.now()
    CvFinding.objects.filter(reading__expires_at__lte=now).delete()
    old = CvReading.objects.filter(expires_at__lte=now).exclude(pk__in=CvReading.objects.kept().values("pk"))
    for pk in list(old.values_list("pk", flat=True)):
        with transaction.atomic():
            reading = CvReading.objects.select_for_update().filter(pk=pk).first()
            if reading is not None and not (reading.keep_file and reading.file):
                drop_file(reading)
                reading.delete()
                gone += 1
    return gone
