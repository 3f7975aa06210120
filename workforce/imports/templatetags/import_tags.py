"""What templates say of imports."""

from __future__ import annotations

from typing import Any

from django import template

from workforce.imports.kinds import importer_of
from workforce.imports.models import ImportJob

register = template.Library()


@register.filter
def kind_label(job: ImportJob) -> Any:
    """What a file holds, to people."""
    importer = importer_of(job.kind)
    return importer.label if importer is not None else job.kind
