"""Files brought in: for who may write such things by hand, and for staff; everybody else learns nothing of them."""

from typing import Any

from tests.access.table import Row, who
from workforce.imports.choices import JobState
from workforce.imports.models import ImportJob

HIRERS = who("recruiter", "staff", anonymous="login")
OTHERS = who("other_employer", "staff", anonymous="login")


def job_of(world: Any) -> ImportJob:
    """Return the employer's import of vacancies, checked and ready to start."""
    job, _made = ImportJob.objects.get_or_create(
        organization=world.employer,
        kind="roles",
        defaults={
            "user": world.users["recruiter"],
            "original_name": "vacantes.csv",
            "sha256": "0" * 64,
            "state": JobState.CHECKED,
            "headings": ["Puesto", "Vacantes"],
            "samples": [["Soldador", "2"]],
            "mapping": {"title": 0, "openings": 1},
            "total": 1,
        },
    )
    return job


def _one(world: Any) -> dict[str, Any]:
    return {"slug": world.employer.slug, "ref": job_of(world).ref}


def _through_another(world: Any) -> dict[str, Any]:
    """The employer's import under the address of another organization: nobody finds it there."""
    return {"slug": world.other_employer.slug, "ref": job_of(world).ref}


NOBODY = who(anonymous="login")
ROWS = (
    Row("imports", lambda w: {"slug": w.employer.slug}, GET=HIRERS, POST=HIRERS),
    Row("imports", lambda w: {"slug": w.other_employer.slug}, GET=OTHERS),
    Row("import-detail", _one, GET=HIRERS, prepare=job_of),
    Row("import-detail", _through_another, GET=NOBODY, prepare=job_of),
    Row("import-columns", _one, GET=HIRERS, POST=HIRERS, body=lambda w: {"title": "0"}, prepare=job_of),
    Row("import-columns", _through_another, POST=NOBODY, body=lambda w: {"title": "0"}, prepare=job_of),
    Row("import-start", _one, POST=HIRERS, prepare=job_of),
    Row("import-start", _through_another, POST=NOBODY, prepare=job_of),
    Row("import-cancel", _one, POST=HIRERS, prepare=job_of),
    Row("import-cancel", _through_another, POST=NOBODY, prepare=job_of),
    Row("import-undo", _one, POST=HIRERS, prepare=job_of),
    Row("import-undo", _through_another, POST=NOBODY, prepare=job_of),
    Row("import-errors", _one, GET=HIRERS, prepare=job_of),
    Row("import-errors", _through_another, GET=NOBODY, prepare=job_of),
)
