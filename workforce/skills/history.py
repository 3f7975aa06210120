"""What was changed in the taxonomy: collected while a change is made, stored with it, told on the history page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from workforce.skills.choices import ChangeCause, ConceptKind
from workforce.skills.models import Category, ConceptChange, Credential, Occupation, Skill
from workforce.skills.syncing import BATCH, Key, Told, Values

MODELS: dict[ConceptKind, Any] = {
    ConceptKind.CATEGORY: Category,
    ConceptKind.SKILL: Skill,
    ConceptKind.OCCUPATION: Occupation,
    ConceptKind.CREDENTIAL: Credential,
}
MAX_PART = 120
SHOWN = 500


def kind_of(concept: models.Model) -> ConceptKind:
    """Return which kind of concept a row is; KeyError for anything else."""
    return {model: kind for kind, model in MODELS.items()}[type(concept)]


@dataclass
class Recorder:
    """Collects changes of concepts; nothing is stored before ``save``, which belongs into the same transaction."""

    cause: ChangeCause
    actor: Any = None
    rows: list[ConceptChange] = field(default_factory=list)

    def changed(self, kind: ConceptKind, code: str, part: str, before: Any, after: Any) -> None:
        """Note that ``part`` of a concept went from ``before`` to ``after`` (None and empty are the same)."""
        old, new = ("" if value is None else str(value) for value in (before, after))
        if old != new:
            row = ConceptChange(kind=kind, code=code, part=part[:MAX_PART], before=old, after=new, cause=self.cause)
            row.actor = self.actor
            self.rows.append(row)

    def columns(self, kind: ConceptKind, codes: Callable[[str], Mapping[int, str]]) -> Told:
        """Return what ``sync_rows`` tells of concepts keyed by code; ``codes`` names what a column ``..._id`` means."""

        def told(key: Key, before: Values | None, after: Values | None) -> None:
            if before is None or after is None:  # a new concept has no history yet; none is ever removed
                return
            for name, value in after.items():
                pair = (before[name], value)
                if name.endswith("_id"):
                    pair = tuple(codes(name).get(pk, "") if pk else "" for pk in pair)  # type: ignore[assignment]
                self.changed(kind, key[0], name.removesuffix("_id"), *pair)

        return told

    def rows_of(
        self,
        kind: ConceptKind,
        codes: Mapping[int, str],
        part: Callable[[Key], str],
        text: Callable[[Key, Values], str],
    ) -> Told:
        """Return what ``sync_rows`` tells of rows that belong to a concept, its primary key first in their key.

        ``codes`` holds the concepts whose history is kept (those that were there before), ``part`` names a row by its
        key, ``text`` says its values in words.
        """

        def told(key: Key, before: Values | None, after: Values | None) -> None:
            if key[0] in codes:
                said = [text(key, values) if values is not None else "" for values in (before, after)]
                self.changed(kind, codes[key[0]], part(key), *said)

        return told

    def save(self) -> None:
        """Store what was collected."""
        ConceptChange.objects.bulk_create(self.rows, batch_size=BATCH)
        self.rows = []


@dataclass(frozen=True)
class ToldChange:
    """One change as the history page shows it."""

    row: ConceptChange
    part: str


def changes_of(concept: models.Model) -> list[ToldChange]:
    """Return the last changes of a concept, the newest first, at most ``SHOWN``."""
    rows = ConceptChange.objects.filter(kind=kind_of(concept), code=concept.code)  # type: ignore[attr-defined]
    return [ToldChange(row, part_label(row.kind, row.part)) for row in rows.select_related("actor")[:SHOWN]]


def part_label(kind: str, part: str) -> str:
    """Say in the reader's language what was changed: a column of the concept, or one of its rows."""
    name, _colon, which = part.partition(":")
    rows = {
        "alias": _("Alias (%(which)s)"),
        "covers": _("Covers %(which)s"),
        "link": _("Link to ESCO %(which)s"),
        "skill": _("Skill %(which)s"),
    }
    if which and name in rows:
        return rows[name] % {"which": which}
    try:
        return str(MODELS[ConceptKind(kind)]._meta.get_field(name).verbose_name)
    except (ValueError, LookupError):
        return part
