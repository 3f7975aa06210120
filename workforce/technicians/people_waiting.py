"""Lists of people that wait to be brought in, and which of them name somebody: files are no rows, so they are read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.db.models import QuerySet

from workforce.core.personal import Person, plain
from workforce.imports.choices import WAITING
from workforce.imports.problems import ImportProblem
from workforce.imports.tabular import read_table

DIGITS = 10
"""Of a phone, from its end: a list may leave out the country, and an account never does."""


def lists_that_name(person: Person) -> QuerySet[Any]:
    """Waiting lists that hold an e-mail or a phone of the person. Who is in one by name alone cannot be told."""
    jobs = plain("imports.ImportJob").filter(kind="people", state__in=WAITING)
    emails, phones = _addresses(person)
    found = [job.pk for job in jobs if _names(job, emails, phones)] if emails or phones else []
    return jobs.filter(pk__in=found)


def _addresses(person: Person) -> tuple[set[str], set[str]]:
    """How the person is reached, as far as that is known at this moment of an erasure."""
    mine = {"pk": person.user_id}, {"pk": person.technician_id}, {"technician_id": person.technician_id}
    emails: set[str] = set()
    phones: set[str] = set()
    for email, phone in chain(
        plain("accounts.User").filter(**mine[0]).values_list("email", "phone__e164"),
        plain("technicians.Intake").filter(**mine[2]).values_list("email", "phone"),
        (("", phone) for phone in plain("technicians.Technician").filter(**mine[1]).values_list("phone", flat=True)),
    ):
        emails |= {email.lower()} if email else set()
        phones |= {digits} if len(digits := _digits(phone or "")[-DIGITS:]) == DIGITS else set()
    return emails, phones


def _names(job: Any, emails: set[str], phones: set[str]) -> bool:
    def is_theirs(cell: str) -> bool:
        return any(email in cell.lower() for email in emails) or any(phone in _digits(cell) for phone in phones)

    try:
        return any(is_theirs(cell) for cells in _rows(job) for cell in cells)
    except ImportProblem:
        return True  # it cannot be read to its end, so it is of no use to anybody


def _rows(job: Any) -> Iterator[list[str]]:
    yield from job.samples
    if job.file and job.file.storage.exists(job.file.name):
        with job.file.open("rb") as file:
            yield from (row.cells for row in read_table(file.read()).rows)


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
