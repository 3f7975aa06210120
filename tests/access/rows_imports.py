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
HIRERS_API = who("recruiter", "staff", anonymous="401")
OTHERS_API = who("other_employer", "staff", anonymous="401")
NOBODY_API = who(anonymous="401")
SCHOOL = who("institute", anonymous="login")
SCHOOL_API = who("institute", anonymous="401")
MAPPING = {"mapping": {"title": 0, "openings": 1}}


def list_of_people(world: Any) -> ImportJob:
    """Return the employer's import of people: of members alone, staff see no list of somebody's people."""
    job, _made = ImportJob.objects.get_or_create(
        organization=world.employer,
        kind="people",
        defaults={
            "user": world.users["recruiter"],
            "original_name": "personas.csv",
            "sha256": "1" * 64,
            "state": JobState.CHECKED,
            "headings": ["Nombre"],
            "samples": [["Ana"]],
            "mapping": {"full_name": 0},
            "total": 1,
        },
    )
    return job


def _people(world: Any) -> dict[str, Any]:
    return {"slug": world.employer.slug, "ref": list_of_people(world).ref}


MEMBERS = who("recruiter", anonymous="login")
MEMBERS_API = who("recruiter", anonymous="401")
ROWS = (
    Row("imports", lambda w: {"slug": w.school.slug}, GET=SCHOOL),
    Row("import-detail", _people, GET=MEMBERS, prepare=list_of_people),
    Row("import-columns", _people, POST=MEMBERS, body=lambda w: {"full_name": "0"}, prepare=list_of_people),
    Row("import-start", _people, POST=MEMBERS, prepare=list_of_people),
    Row("import-undo", _people, POST=MEMBERS, prepare=list_of_people),
    Row("import-errors", _people, GET=MEMBERS, prepare=list_of_people),
    Row("api-import-list", lambda w: {"slug": w.employer.slug}, GET=HIRERS_API, POST=HIRERS_API),
    Row("api-import-list", lambda w: {"slug": w.other_employer.slug}, GET=OTHERS_API, POST=OTHERS_API),
    Row("api-import-list", lambda w: {"slug": w.school.slug}, GET=SCHOOL_API, POST=SCHOOL_API),
    Row("api-import-detail", _one, GET=HIRERS_API, prepare=job_of),
    Row("api-import-detail", _people, GET=MEMBERS_API, prepare=list_of_people),
    Row("api-import-detail", _through_another, GET=NOBODY_API, prepare=job_of),
    Row("api-import-columns", _one, PUT=HIRERS_API, body=lambda w: MAPPING, prepare=job_of),
    Row("api-import-columns", _through_another, PUT=NOBODY_API, body=lambda w: MAPPING, prepare=job_of),
    Row("api-import-start", _one, POST=HIRERS_API, prepare=job_of),
    Row("api-import-start", _people, POST=MEMBERS_API, prepare=list_of_people),
    Row("api-import-start", _through_another, POST=NOBODY_API, prepare=job_of),
    Row("api-import-cancel", _one, POST=HIRERS_API, prepare=job_of),
    Row("api-import-cancel", _through_another, POST=NOBODY_API, prepare=job_of),
    Row("api-import-undo", _one, POST=HIRERS_API, prepare=job_of),
    Row("api-import-undo", _through_another, POST=NOBODY_API, prepare=job_of),
    Row("api-import-remarks", _one, GET=HIRERS_API, prepare=job_of),
    Row("api-import-remarks", _people, GET=MEMBERS_API, prepare=list_of_people),
    Row("api-import-remarks", _through_another, GET=NOBODY_API, prepare=job_of),
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
