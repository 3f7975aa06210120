"""An import step by step, as its pages take it; a worker's part is done at once."""

from __future__ import annotations

from workforce.imports import running, services
from workforce.imports.models import ImportJob


def worked(job: ImportJob) -> ImportJob:
    """Do what is to be done of a job, and return it as it is then."""
    running.work(job.pk)
    job.refresh_from_db()
    return job


def tried(job: ImportJob) -> ImportJob:
    """Take the columns as they were found, and have the file tried."""
    services.set_columns(job=job, mapping=job.mapping)
    return worked(job)


def written(job: ImportJob) -> ImportJob:
    """Have a tried file written."""
    services.start_import(job=job)
    return worked(job)


def undone(job: ImportJob) -> ImportJob:
    """Undo it."""
    services.undo_import(job=job)
    return worked(job)
