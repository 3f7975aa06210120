"""Writes to the taxonomy that others must be told of."""

from __future__ import annotations

import time
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from workforce.core.text import fold
from workforce.skills.aliases import MAX_TEXT, alias_texts
from workforce.skills.choices import AliasKind, ConceptStatus
from workforce.skills.events import credential_retired, occupation_retired, skill_retired, taxonomy_changed
from workforce.skills.models import (
    Concept,
    Credential,
    Occupation,
    OccupationAlias,
    Skill,
    SkillAlias,
    TaxonomyState,
    UnlinkedPhrase,
)

STATE_PK = 1


def bump_taxonomy() -> int:
    """Give the taxonomy a new version and tell who listens; call it inside the transaction of the change.

    The version is the clock in microseconds, or one more than before: so a number that was rolled back never comes
    again for another content, and no process keeps a look-up that nobody else can see.
    """
    TaxonomyState.objects.get_or_create(pk=STATE_PK)
    state = TaxonomyState.objects.select_for_update().get(pk=STATE_PK)
    state.version = max(state.version + 1, time.time_ns() // 1000)
    state.save(update_fields=["version"])
    taxonomy_changed.send(sender=TaxonomyState)
    return state.version


def note_unlinked(*, text: str, lang: str = "") -> UnlinkedPhrase | None:
    """Count words that pointed to no skill, so that staff can teach them; None when there is nothing to note."""
    words = " ".join(text.replace("\x00", " ").split())[:MAX_TEXT]
    norm = fold(words)[:MAX_TEXT]
    if not norm:
        return None
    key = {"norm": norm, "lang": lang if lang in ("es", "en") else ""}
    if not UnlinkedPhrase.objects.filter(**key).update(count=F("count") + 1):
        try:
            with transaction.atomic():
                return UnlinkedPhrase.objects.create(text=words, **key)
        except IntegrityError:  # somebody else wrote the same words just now
            UnlinkedPhrase.objects.filter(**key).update(count=F("count") + 1)
    return UnlinkedPhrase.objects.get(**key)


def retire(concept: Concept, *, successor: Any = None) -> None:
    """Take a concept out of use; who holds it gets ``successor``, of the same kind, where there is one."""
    if successor is not None and (type(successor) is not type(concept) or successor.pk == concept.pk):
        raise ValueError("The successor must be another concept of the same kind.")
    with transaction.atomic():
        concept.status, concept.successor = ConceptStatus.RETIRED, successor
        concept.save(update_fields=["status", "successor", "updated_at"])
        tell_retired(concept)
        bump_taxonomy()


def tell_retired(concept: Concept) -> None:
    """Tell that a concept is no longer used: listeners move people's and roles' rows to its successor."""
    successor = concept.successor_id
    if isinstance(concept, Skill):
        skill_retired.send(sender=Skill, skill_id=concept.pk, successor_id=successor)
    elif isinstance(concept, Occupation):
        occupation_retired.send(sender=Occupation, occupation_id=concept.pk, successor_id=successor)
    else:
        credential_retired.send(sender=Credential, credential_id=concept.pk, successor_id=successor)


def sync_labels(concept: Skill | Occupation) -> bool:
    """Make the aliases of kind label say what the labels say; True if one changed. The old label stays as an alias.

    Others keep finding the concept by the name that they learned, so a rename loses nobody.
    """
    titled = isinstance(concept, Occupation)
    names = _names(concept)
    wanted = alias_texts(names, titles=titled)
    model: Any = OccupationAlias if titled else SkillAlias
    owner = {"occupation" if titled else "skill": concept}
    held = {(row.lang, row.norm): row for row in model.objects.filter(**owner)}
    changed = False
    for key, row in held.items():
        kind = AliasKind.LABEL if key in wanted else AliasKind.ALIAS if row.kind == AliasKind.LABEL else row.kind
        text = wanted[key].text if key in wanted else row.text
        if (row.kind, row.text) != (kind, text):
            row.kind, row.text, changed = kind, text, True
            row.save(update_fields=["kind", "text"])
    for (lang, norm), alias in wanted.items():
        if (lang, norm) not in held:
            model.objects.create(**owner, lang=lang, norm=norm, text=alias.text, kind=AliasKind.LABEL)
            changed = True
    return changed


def _names(concept: Skill | Occupation) -> dict[str, str]:
    field = "title" if isinstance(concept, Occupation) else "label"
    return {lang: getattr(concept, f"{field}_{lang}") or "" for lang in ("es", "en")}
