"""The registry of invariants: what must be true of the stored rows, whoever wrote them and however it went.

Every app says in its ``invariants.py``, which is imported when Django starts, what must hold of its rows;
``manage.py check_invariants`` looks. A check only reads: one query for the keys of the rows for which it does not hold,
so that a change of somebody at work is seen whole or not at all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

SHOWN = 20
Finder = Callable[[], QuerySet[Any]]


@dataclass(frozen=True)
class Invariant:
    """Something that must be true; ``find`` gives the rows where it is not."""

    name: str
    says: str
    model: str
    find: Finder


@dataclass(frozen=True)
class Finding:
    """One invariant and the rows that break it; ``keys`` holds the first of them."""

    invariant: Invariant
    count: int
    keys: tuple[Any, ...]


_registry: dict[str, Invariant] = {}


def invariant(name: str, says: str, *, model: str) -> Callable[[Finder], Finder]:
    """Register the function below as the finder of rows of ``model`` (a label) that break an invariant."""

    def add(find: Finder) -> Finder:
        if name in _registry:
            raise ValueError(f"There is an invariant {name} already.")
        _registry[name] = Invariant(name, says, model, find)
        return find

    return add


def invariants() -> list[Invariant]:
    """All of them, by name."""
    return [_registry[name] for name in sorted(_registry)]


def check_invariants() -> list[Finding]:
    """Look at all of them, one query each."""
    return [_look(one) for one in invariants()]


def _look(one: Invariant) -> Finding:
    keys = list(one.find().order_by("pk").values_list("pk", flat=True))
    return Finding(one, len(keys), tuple(keys[:SHOWN]))
