"""Who may bring files in, and see what came of them."""

from __future__ import annotations

from typing import Any

from workforce.accounts.models import Organization
from workforce.imports.kinds import importer_of
from workforce.imports.models import ImportJob


def can_import(user: Any, organization: Organization | None, kind: str) -> bool:
    """Whether this person may bring in files of this kind for the organization, and see, cancel or undo them."""
    importer = importer_of(kind)
    if importer is None or organization is None or not user.is_authenticated:
        return False
    return importer.may(user, organization)


def can_handle_job(user: Any, job: ImportJob) -> bool:
    """Whoever may import such things for the organization; not only the one who sent the file."""
    return can_import(user, job.organization, job.kind)
