"""What a worker does with an import: rows in chunks, each chunk and its place in the file committed together.

A worker that is killed leaves the job at the end of its last chunk; the next one goes on from there. Two workers on one
job do no harm: who finds that the place has moved, stops.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from itertools import islice

from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from workforce.core.errors import DomainError
from workforce.core.faults import told
from workforce.imports.choices import WORKING, JobState, Outcome, Severity, UndoResult
from workforce.imports.kinds import Session, Taken
from workforce.imports.models import ImportJob, ImportRow, RowError
from workforce.imports.problems import ImportProblem
from workforce.imports.services import finish, importer_for, undoable
from workforce.imports.tabular import Row, read_table

logger = logging.getLogger(__name__)
CHUNK = 200
MAX_ATTEMPTS = 5
STALE = timedelta(seconds=60)


class Overtaken(Exception):
    """Somebody else moved the job on, or a person cancelled it: this worker has nothing more to do."""


def work(job_id: int) -> None:
    """Do what the job's state calls for, to its end. Safe to call twice, at once or one after the other."""
    job = ImportJob.objects.select_related("organization", "user").filter(pk=job_id, state__in=WORKING).first()
    if job is None:
        return
    steps: dict[str, Callable[[ImportJob], None]] = {
        JobState.CHECKING: _check,
        JobState.RUNNING: _run,
        JobState.UNDOING: _undo,
    }
    try:
        with translation.override(job.language):
            steps[job.state](job)
    except Overtaken:
        return
    except ImportProblem as problem:  # the file as a whole is at fault
        _fail(job, problem)
    except DomainError as refused:  # the sender may not do this any more, or the organization may not
        _fail(job, ImportProblem(refused.code, refused.message))
    except (OperationalError, InterfaceError):
        raise  # no fault of the file: the task is tried again
    except Exception as error:
        logger.error("Import %s stopped at row %s: %s.", job.pk, job.done, told(error))
        _count_failure(job)


def work_pending() -> int:
    """Work off the jobs that no worker has touched for a while; return how many there were."""
    left = ImportJob.objects.filter(state__in=WORKING, updated_at__lt=timezone.now() - STALE).order_by("pk")
    ids = list(left.values_list("pk", flat=True))
    for job_id in ids:
        work(job_id)
    return len(ids)


def _locked(job: ImportJob) -> ImportJob:
    """Lock the job; raise Overtaken unless it still stands where this worker believes it to."""
    fresh = ImportJob.objects.select_for_update().get(pk=job.pk)
    if (fresh.state, fresh.done, fresh.revision) != (job.state, job.done, job.revision):
        raise Overtaken
    return fresh


def _save_place(job: ImportJob, fresh: ImportJob, done: int, counts: dict[str, int]) -> None:
    """Move the job on in the database, then in this worker's copy."""
    fresh.done, fresh.counts, fresh.attempts = done, counts, 0
    fresh.save(update_fields=("done", "counts", "attempts", "updated_at"))
    job.done, job.counts = done, counts


def _rows(job: ImportJob) -> Iterator[Row]:
    with job.file.open("rb") as file:
        data = file.read()
    return read_table(data).rows


def _chunks(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _add(counts: dict[str, int], taken: Sequence[Taken]) -> dict[str, int]:
    found = Counter(counts) + Counter(str(one.outcome.value) for one in taken)
    found += Counter(notes=sum(bool(one.notes) for one in taken))  # adding leaves out what is 0
    return dict(found)


def _remarks(job: ImportJob, taken: Sequence[Taken]) -> list[RowError]:
    return [
        remark(job, one.line, problem, severity)
        for one in taken
        for severity, problems in ((Severity.ERROR, one.problems), (Severity.NOTE, one.notes))
        for problem in problems
    ]


def remark(job: ImportJob, line: int | None, problem: ImportProblem, severity: Severity) -> RowError:
    """Return a problem as a row to be stored."""
    return RowError(job=job, row=line, column=problem.column[:120], severity=severity, **problem.as_data())


def _check(job: ImportJob) -> None:
    """Try the whole file, keep nothing of it, and tell what would come of it. Begins anew whenever it is begun."""
    total = sum(1 for _row in _rows(job))
    with transaction.atomic():
        fresh = ImportJob.objects.select_for_update().get(pk=job.pk)
        if (fresh.state, fresh.revision) != (job.state, job.revision):
            raise Overtaken
        RowError.objects.filter(job=job).delete()
        fresh.total = job.total = total
        fresh.save(update_fields=("total",))
        _save_place(job, fresh, 0, {})
    session = importer_for(job).session(job)
    for chunk in _chunks(_rows(job)):
        with transaction.atomic():
            taken = session.take(chunk)
            transaction.set_rollback(True)
        with transaction.atomic():
            fresh = _locked(job)
            RowError.objects.bulk_create(_remarks(job, taken))
            _save_place(job, fresh, job.done + len(chunk), _add(job.counts, taken))
    with transaction.atomic():
        fresh = _locked(job)
        fresh.state, fresh.checked_counts = JobState.CHECKED, fresh.counts
        fresh.save(update_fields=("state", "checked_counts", "updated_at"))


def _run(job: ImportJob) -> None:
    session = importer_for(job).session(job)
    kept = ImportRow.objects.filter(job=job).exclude(identity="").order_by("-row")
    session.seen = dict(kept.values_list("identity", "row"))
    for chunk in _chunks(islice(_rows(job), job.done, None)):
        _run_chunk(job, session, chunk)
    with transaction.atomic():
        fresh = _locked(job)
        finish(fresh, JobState.DONE)
        fresh.save()


@transaction.atomic
def _run_chunk(job: ImportJob, session: Session, chunk: Sequence[Row]) -> None:
    fresh = _locked(job)
    taken = session.take(chunk)
    ImportRow.objects.bulk_create(
        ImportRow(
            job=job,
            row=one.line,
            identity=one.identity if one.outcome != Outcome.FAILED else "",
            object_id=one.object_id,
            outcome=one.outcome,
            before=one.before,
            after=one.after,
        )
        for one in taken
    )
    RowError.objects.bulk_create(_remarks(job, taken))
    _save_place(job, fresh, job.done + len(chunk), _add(job.counts, taken))


def _undo(job: ImportJob) -> None:
    while _undo_chunk(job):
        pass
    with transaction.atomic():
        fresh = _locked(job)
        finish(fresh, JobState.UNDONE)
        fresh.total = fresh.done = sum(fresh.counts.get(outcome, 0) for outcome in Outcome.values)  # the file's again
        fresh.save()


@transaction.atomic
def _undo_chunk(job: ImportJob) -> int:
    """Take back the last rows that are left; return how many were looked at."""
    fresh = _locked(job)
    rows: list[ImportRow] = list(undoable(job).select_related("job__organization")[:CHUNK])
    importer, counts, remarks = importer_for(job), Counter(job.counts), []
    for row, problem in zip(rows, importer.undo(rows), strict=True):
        row.undo = UndoResult.UNDONE if problem is None else UndoResult.KEPT
        counts[row.undo] += 1
        if problem is not None:
            remarks.append(remark(job, row.row, problem, Severity.KEPT))
    ImportRow.objects.bulk_update(rows, ("undo",))
    RowError.objects.bulk_create(remarks)
    _save_place(job, fresh, job.done + len(rows), dict(counts))
    return len(rows)


def _fail(job: ImportJob, problem: ImportProblem) -> None:
    with transaction.atomic():
        fresh = ImportJob.objects.select_for_update().get(pk=job.pk)
        if fresh.state != job.state:
            return
        finish(fresh, JobState.FAILED)
        fresh.failure = problem.as_data()
        fresh.save()


def _count_failure(job: ImportJob) -> None:
    """Leave the job to beat, which tries again; give up when the same place fails again and again."""
    with transaction.atomic():
        fresh = ImportJob.objects.select_for_update().get(pk=job.pk)
        fresh.attempts += 1
        fresh.save(update_fields=("attempts", "updated_at"))
    if fresh.attempts >= MAX_ATTEMPTS:
        _fail(job, ImportProblem("internal", _("Something went wrong on our side. Our team has been told.")))
