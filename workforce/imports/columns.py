"""Which column holds what: guessed by the headings, remembered from the last time, or chosen by the sender."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from workforce.core.errors import InvalidInput
from workforce.core.text import fold
from workforce.imports.kinds import Field, Importer
from workforce.imports.models import ImportJob, ImportMapping

_NOT_WORD = re.compile(r"[^a-z0-9#]+")


def plain(heading: str) -> str:
    """Return a heading without case, accents and marks."""
    return _NOT_WORD.sub(" ", fold(heading)).strip()


def guess_by_names(fields: Iterable[Field], headings: Sequence[str]) -> dict[str, int]:
    """Return which column has a heading that is a field's own or another name for it; the first one wins."""
    names = {plain(name): one.name for one in fields for name in (one.name, *one.headings)}
    found: dict[str, int] = {}
    for number, heading in enumerate(headings):
        parts = [heading, *re.split(r"[/|()\n]", heading)]
        name = next((names[plain(part)] for part in parts if plain(part) in names), None)
        if name is not None:
            found.setdefault(name, number)
    return found


def headings_hash(headings: Sequence[str]) -> str:
    """Name a set of headings, whatever their order."""
    return hashlib.sha256(json.dumps(sorted(plain(one) for one in headings)).encode()).hexdigest()


def remembered(job: ImportJob) -> dict[str, int]:
    """Return what this organization chose for a file with these headings, {} when it never sent one."""
    kept = ImportMapping.objects.filter(
        organization=job.organization, kind=job.kind, headings_hash=headings_hash(job.headings)
    ).first()
    if kept is None:
        return {}
    where = {plain(heading): number for number, heading in reversed(list(enumerate(job.headings)))}
    return {name: where[heading] for name, heading in kept.fields.items() if heading in where}


def remember(job: ImportJob) -> None:
    """Keep the columns of ``job`` for the next file."""
    fields = {name: plain(job.headings[number]) for name, number in job.mapping.items()}
    ImportMapping.objects.update_or_create(
        organization=job.organization,
        kind=job.kind,
        headings_hash=headings_hash(job.headings),
        defaults={"fields": fields},
    )


def check_mapping(importer: Importer, job: ImportJob, mapping: Mapping[str, int]) -> dict[str, int]:
    """Return the mapping, or raise ``InvalidInput`` when a column is not there, is used twice, or one is missing."""
    known = {one.name: one for one in importer.fields}
    if set(mapping) - set(known) or not all(0 <= number < len(job.headings) for number in mapping.values()):
        raise InvalidInput("unknown_column", _("That column is not in the file."))
    if len(set(mapping.values())) < len(mapping):
        raise InvalidInput("column_twice", _("Each column can be used once only."))
    missing = [one.name for one in importer.fields if one.required and one.name not in mapping]
    if missing:
        raise InvalidInput("column_missing", _("Say which column holds this: without it no row can be taken."),
                           errors={name: _("Choose a column.") for name in missing})  # fmt: skip
    for group in importer.needs_one_of:
        if not set(group) & set(mapping):
            raise InvalidInput("column_missing", _("Say which column holds this: without it no row can be taken."),
                               errors={group[0]: _("Choose a column.")})  # fmt: skip
    return dict(mapping)
