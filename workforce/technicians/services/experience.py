"""Jobs that somebody has held."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from workforce.core.errors import InvalidInput
from workforce.technicians.models import Experience, Technician
from workforce.technicians.services.editing import editing

MAX_JOBS = 40


def add_experience(*, technician_id: int, revision: int | None, values: dict[str, Any]) -> Experience:
    """Add a job (checked by the form); the very same again is the one there is, as after a double click.

    Raises ``StaleRevision``, and ``InvalidInput`` past ``MAX_JOBS``.
    """
    with editing(technician_id, revision) as technician:
        jobs = Experience.objects.filter(technician=technician)
        same: Experience | None = jobs.filter(**values).first()
        if same is None and jobs.count() >= MAX_JOBS:
            raise InvalidInput("too_many_jobs", _("A profile holds at most 40 jobs."), field="experience")
        made: Experience = same or Experience.objects.create(technician=technician, **values)
    return made


def change_experience(
    *, technician_id: int, revision: int | None, experience_id: int, values: dict[str, Any]
) -> Experience:
    """Change a job. Raises ``StaleRevision`` and ``Experience.DoesNotExist``."""
    with editing(technician_id, revision) as technician:
        experience = Experience.objects.get(pk=experience_id, technician=technician)
        for name, value in values.items():
            setattr(experience, name, value)
        experience.save()
    return experience


def remove_experience(*, technician_id: int, revision: int | None, experience_id: int) -> Technician:
    """Take a job off. Raises ``StaleRevision`` and ``Experience.DoesNotExist``."""
    with editing(technician_id, revision) as technician:
        Experience.objects.get(pk=experience_id, technician=technician).delete()
    return technician
