"""What people do with an import: send a file, say what its columns hold, start, cancel, undo. Workers do the rest."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from itertools import islice
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from workforce.accounts.models import Organization, User
from workforce.core.errors import Conflict, InvalidInput
from workforce.core.kicks import kick
from workforce.imports.choices import WAITING, JobState, Outcome
from workforce.imports.columns import check_mapping, remember, remembered
from workforce.imports.kinds import Importer, importer_of
from workforce.imports.models import ImportJob, ImportRow, RowError
from workforce.imports.problems import ImportProblem
from workforce.imports.tabular import Table, read_table

WORK = "workforce.imports.tasks.work"
UNKNOWN_KIND = _("Files of this kind cannot be brought in here.")
NO_HEADINGS = _("The first row holds somebody's data. Write above it what each column holds.")
A_CELL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+$|[+(]?(?:\d[\s().-]*){10,15}$")
"""An e-mail or a phone. Headings are kept longer than the file, so what is a person's must not be taken for one."""
SAMPLES = 5
SAMPLE_LENGTH = 80
TWIN_AGE = timedelta(minutes=2)


def importer_for(job: ImportJob) -> Importer:
    """Return the importer of a job; raise ``Conflict`` when this installation offers its kind no more."""
    importer = importer_of(job.kind)
    if importer is None:
        raise Conflict("unknown_kind", UNKNOWN_KIND)
    return importer


def _read_head(data: bytes) -> tuple[Table, list[list[str]]]:
    """Return the table and its first rows; raise ``InvalidInput`` with the reason when there are none."""
    try:
        table = read_table(data)
        rows = [row.cells for row in islice(table.rows, SAMPLES)]
    except ImportProblem as problem:
        raise InvalidInput(problem.code, problem.text, field="file") from problem
    if any(A_CELL.match(heading.strip()) for heading in table.headings):
        raise InvalidInput("no_headings", NO_HEADINGS, field="file")
    if not rows:
        raise InvalidInput("header_only", _("The file has a heading and no rows under it."), field="file")
    return table, rows


@transaction.atomic
def upload_file(*, user: User, organization: Organization, kind: str, name: str, data: bytes) -> ImportJob:
    """Keep a file whose first rows can be read, with a guess of its columns; a double click makes one job.

    Raises ``InvalidInput`` when it cannot be used, with the reason in the reader's language.
    """
    importer = importer_of(kind)
    if importer is None:
        raise InvalidInput("unknown_kind", UNKNOWN_KIND, field="kind")
    table, rows = _read_head(data)
    digest = hashlib.sha256(data).hexdigest()
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)  # the second click waits here
    recent = ImportJob.objects.filter(organization=organization, kind=kind, sha256=digest, user=user)
    twin = recent.filter(state=JobState.UPLOADED, created_at__gte=timezone.now() - TWIN_AGE).first()
    if twin is not None:
        return twin
    job = ImportJob(
        organization=organization,
        user=user,
        kind=kind,
        original_name=PurePath(name.replace("\\", "/")).name[-120:] or "file",
        sha256=digest,
        language=(get_language() or "es")[:2],
        headings=[heading[:SAMPLE_LENGTH] for heading in table.headings],
        samples=[[cell[:SAMPLE_LENGTH] for cell in row] for row in rows],
    )
    job.mapping = remembered(job) or importer.guess(table.headings)
    job.file.save("table", ContentFile(data), save=False)
    job.save()
    return job


def _move(job: ImportJob, change: Callable[[ImportJob], bool], revision: int | None = None) -> ImportJob:
    """Lock the job, let ``change`` alter it (False: there is nothing to do), save it and send it to a worker."""
    with transaction.atomic():
        locked = ImportJob.objects.select_for_update(of=("self",)).select_related("organization").get(pk=job.pk)
        if change(locked):
            locked.revision += 1
            locked.attempts = 0
            locked.save()
            if locked.is_working:
                transaction.on_commit(partial(kick, WORK, job_id=locked.pk))
    return locked


def _refuse(code: str, message: Any) -> bool:
    raise Conflict(code, message)


def set_columns(*, job: ImportJob, mapping: Mapping[str, int], options: Mapping[str, bool] | None = None) -> ImportJob:
    """Say what the columns hold and have a worker try the file; nothing is written yet.

    May be done again until the import is started. Raises ``InvalidInput`` (a column missing) and ``Conflict``.
    """
    importer = importer_for(job)

    def change(locked: ImportJob) -> bool:
        if locked.state not in WAITING:
            _refuse("import_started", _("This import has been started already; its columns are settled."))
        checked = check_mapping(importer, locked, mapping)
        chosen = {one.name: bool((options or {}).get(one.name)) for one in importer.switches}
        if locked.state == JobState.CHECKING and (checked, chosen) == (locked.mapping, locked.options):
            return False  # the second of two clicks
        locked.mapping, locked.options = checked, chosen
        locked.state, locked.done, locked.total, locked.counts = JobState.CHECKING, 0, None, {}
        remember(locked)
        return True

    return _move(job, change)


def start_import(*, job: ImportJob) -> ImportJob:
    """Have a worker write what was checked; a second click changes nothing. Raises ``Conflict`` before the check."""

    def change(locked: ImportJob) -> bool:
        if locked.state in (JobState.RUNNING, JobState.DONE):
            return False
        if locked.state != JobState.CHECKED:
            _refuse("not_checked", _("This import cannot be started now."))
        RowError.objects.filter(job=locked).delete()  # those of the trial; the run finds its own
        locked.state, locked.done, locked.counts = JobState.RUNNING, 0, {}
        return True

    return _move(job, change)


def cancel_import(*, job: ImportJob) -> ImportJob:
    """Stop after the part that is being written; what was written stays and can be undone. Raises ``Conflict``."""

    def change(locked: ImportJob) -> bool:
        if locked.state == JobState.CANCELLED:
            return False
        if locked.is_over or locked.state == JobState.UNDOING:
            _refuse("too_late_to_cancel", _("It is too late to cancel: the import is over."))
        finish(locked, JobState.CANCELLED)
        return True

    return _move(job, change)


def undo_import(*, job: ImportJob) -> ImportJob:
    """Have a worker take back what the import did where nobody changed it since. Raises ``Conflict``."""

    def change(locked: ImportJob) -> bool:
        if locked.state in (JobState.UNDOING, JobState.UNDONE):
            return False
        if not can_be_undone(locked):
            _refuse("nothing_to_undo", _("There is nothing to undo."))
        locked.state, locked.done, locked.total = JobState.UNDOING, 0, undoable(locked).count()
        return True

    return _move(job, change)


def undoable(job: ImportJob) -> Any:
    """The rows that wrote something, last first."""
    wrote = ImportRow.objects.filter(job=job, outcome__in=(Outcome.CREATED, Outcome.UPDATED))
    return wrote.filter(undo="").order_by("-row")


def can_be_undone(job: ImportJob) -> bool:
    """Whether the job is over and wrote something."""
    ended = job.state in (JobState.DONE, JobState.CANCELLED, JobState.FAILED)
    return ended and undoable(job).exists()


def finish(job: ImportJob, state: JobState) -> None:
    """Put an end to a job that the caller has locked and saves: the file has served and goes with the commit."""
    job.state, job.finished_at = state, timezone.now()
    if job.file:
        transaction.on_commit(partial(job.file.storage.delete, str(job.file.name)))
        job.file = ""
    job.samples = []
