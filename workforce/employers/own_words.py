"""The words for skills in imported vacancies that no skill is called, for the queue of staff."""

from __future__ import annotations

from collections.abc import Iterator

from workforce.imports.models import RowError
from workforce.skills.phrase_sources import Use


def words_in_imports() -> Iterator[Use]:
    """One use for each remark of an import: kept for 90 days, and of one organization however often it sends them."""
    remarks = RowError.objects.filter(job__kind="roles", code="unknown_skill", job__organization__isnull=False)
    for organization_id, params in remarks.order_by("pk").values_list("job__organization_id", "params").iterator():
        if words := params.get("words"):
            yield Use(str(words), f"organization:{organization_id}")
