"""Jobs that somebody has held."""

from __future__ import annotations

from typing import Any

from workforce.technicians.models import Experience, Technician
from workforce.technicians.services.editing import editing

EXPERIENCE_FIELDS = ("title_es", "title_en", "employer", "started_on", "ended_on", "informal")


def add_experience(*, technician_id: int, revision: int | None, values: dict[str, Any]) -> Experience:
    """Add a job (checked by the form). Raises ``StaleRevision``."""
    with editing(technician_id, revision) as technician:
        made: Experience = Experience.objects.create(technician=technician, **values)
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
