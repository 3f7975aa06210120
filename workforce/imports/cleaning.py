"""What is kept of imports, and for how long: files and cells are personal data of people who did not send them."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from workforce.imports.choices import OVER, JobState
from workforce.imports.models import ImportJob, ImportMapping, ImportRow, RowError
from workforce.imports.services import finish

ABANDONED = timedelta(days=7)
KEPT = timedelta(days=90)
UNUSED = timedelta(days=365)


def remove_old() -> int:
    """Cancel what was sent a week ago and never started, forget what a file said after 90 days, and columns that nobody
    chose for a year. Return of how many imports something went.
    """
    now, count = timezone.now(), 0
    waiting = ImportJob.objects.filter(state__in=(JobState.UPLOADED, JobState.CHECKED), updated_at__lt=now - ABANDONED)
    for job_id in list(waiting.values_list("pk", flat=True)):
        with transaction.atomic():
            job = ImportJob.objects.select_for_update().get(pk=job_id)
            if job.state in (JobState.UPLOADED, JobState.CHECKED):
                finish(job, JobState.CANCELLED)
                job.revision += 1
                job.save()
                count += 1
    old = ImportJob.objects.filter(state__in=OVER, finished_at__lt=now - KEPT).exclude(original_name="")
    for job_id in list(old.values_list("pk", flat=True)):
        with transaction.atomic():
            RowError.objects.filter(job_id=job_id).delete()
            ImportRow.objects.filter(job_id=job_id).delete()
            # With the name, so that no later run looks at this import again.
            count += ImportJob.objects.filter(pk=job_id).update(original_name="", headings=[], samples=[])
    ImportMapping.objects.filter(updated_at__lt=now - UNUSED).delete()
    return count
