"""What becomes of rows that hold a retired concept: they hold its successor."""

from __future__ import annotations

from typing import Any


def repoint(model: Any, *, owner: str, concept: str, old: int, new: int, kept: tuple[str, ...]) -> list[int]:
    """Point rows of ``model`` from one concept to another; return the ids of their owners. Call it in a transaction.

    ``owner`` and ``concept`` name the columns (``role_id``, ``skill_id``). Where an owner has both, one row stays, with
    the larger value of each column in ``kept``: nothing that was asked for, or taught, becomes less.
    """
    rows = list(model.objects.select_for_update().filter(**{concept: old}).order_by(owner))
    owners = [getattr(row, owner) for row in rows]
    theirs = model.objects.select_for_update().filter(**{concept: new, f"{owner}__in": owners})
    heirs = {getattr(row, owner): row for row in theirs}
    for row in rows:
        heir = heirs.get(getattr(row, owner))
        if heir is None:
            setattr(row, concept, new)
            row.save(update_fields=[concept])
            continue
        for name in kept:
            values = [value for value in (getattr(row, name), getattr(heir, name)) if value is not None]
            setattr(heir, name, max(values, default=None))
        heir.save(update_fields=kept)
        row.delete()
    return owners
