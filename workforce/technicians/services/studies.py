"""Schools that somebody has been to."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from workforce.core.errors import InvalidInput
from workforce.technicians.models import Study, Technician
from workforce.technicians.services.editing import editing

MAX_STUDIES = 20


def add_study(*, technician_id: int, revision: int | None, values: dict[str, Any]) -> Study:
    """Add a school (checked by the form); the very same again is the one there is, as after a double click.

    Raises ``StaleRevision``, and ``InvalidInput`` past ``MAX_STUDIES``.
    """
    with editing(technician_id, revision) as technician:
        studies = Study.objects.filter(technician=technician)
        same: Study | None = studies.filter(**values).first()
        if same is None and studies.count() >= MAX_STUDIES:
            raise InvalidInput("too_many_studies", _("A profile holds at most 20 schools."), field="studies")
        return same or Study.objects.create(technician=technician, **values)


def remove_study(*, technician_id: int, revision: int | None, study_id: int) -> Technician:
    """Take a school off. Raises ``StaleRevision`` and ``Study.DoesNotExist``."""
    with editing(technician_id, revision) as technician:
        Study.objects.get(pk=study_id, technician=technician).delete()
    return technician
