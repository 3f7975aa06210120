"""The registry of personal data: whose each row is, how it is exported, and what erasure does to it.

Every app says so of each of its models in its ``personal.py``, which is imported when Django starts. A test walks all
models there are and fails for one that nobody spoke of; see docs/privacy.md for how to write a declaration.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models

PEOPLE = ("accounts.User", "technicians.Technician")
FIRST, USUAL, LATE, LAST = 10, 50, 90, 100


@dataclass(frozen=True)
class Person:
    """Whose data is meant: an account, a job seeker's profile, or both."""

    user_id: int | None = None
    technician_id: int | None = None

    def __post_init__(self) -> None:
        if self.user_id is None and self.technician_id is None:
            raise ValueError("A person is an account, a profile, or both.")


Rows = Callable[[Person], models.QuerySet[Any]]


@dataclass(frozen=True)
class Declaration:
    """What is personal in one model. ``change`` None means that erasure deletes the row."""

    label: str
    paths: tuple[str, ...]
    rows: Rows
    change: Mapping[str, Any] | None
    keep: frozenset[str]
    hidden: frozenset[str]
    order: int

    @property
    def model(self) -> type[models.Model]:
        """The model that is spoken of."""
        return apps.get_model(self.label)


@dataclass
class _Registry:
    declared: dict[str, Declaration] = field(default_factory=dict)
    traces: dict[tuple[str, str], str] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)


_registry = _Registry()


def plain(label: str) -> models.QuerySet[Any]:
    """Return all rows as they are stored: no manager of the model's leaves out or translates anything."""
    return models.QuerySet(apps.get_model(label))


def declare(
    label: str,
    *,
    user: str = "",
    technician: str = "",
    rows: Rows | None = None,
    change: Mapping[str, Any] | None = None,
    keep: Mapping[str, str] | None = None,
    hidden: Mapping[str, str] | None = None,
    order: int = USUAL,
) -> None:
    """Say whose the rows of a model are and what becomes of them.

    ``user`` and ``technician`` are look-up paths to the account and to the profile; ``rows`` is a function for what no
    path reaches. Erasure deletes the rows, unless ``change`` says what to write into which field (a value, or a
    function of the row); then ``keep`` names, by the reason, the fields that stay (names with spaces between them).
    ``hidden`` does the same for what is left out of the export. ``order`` decides what is erased first.
    """
    paths = {"user_id": user, "technician_id": technician}
    _registry.declared[label] = Declaration(
        label=label,
        paths=tuple(path for path in paths.values() if path),
        rows=rows or (lambda person: _by_paths(label, person, paths)),
        change=change,
        keep=_names(keep),
        hidden=_names(hidden),
        order=order,
    )


def trace(label: str, field_name: str, reason: str) -> None:
    """Say that a nullable field only names who did something in their work: erasure empties it, the row stays."""
    _registry.traces[label, field_name] = reason


def not_personal(reason: str, *labels: str) -> None:
    """Say that these models hold nothing about a person, and why that is so."""
    _registry.others.update(dict.fromkeys(labels, reason))


def declarations() -> list[Declaration]:
    """All declarations of models that are installed, in the order of erasure."""
    known = {model._meta.label for model in every_model()}
    return sorted(
        (one for one in _registry.declared.values() if one.label in known), key=lambda one: (one.order, one.label)
    )


def traces() -> list[tuple[str, str]]:
    """Model and field of every mere trace."""
    known = {model._meta.label for model in every_model()}
    return sorted(one for one in _registry.traces if one[0] in known)


def every_model() -> list[type[models.Model]]:
    """All tables there are, those of many-to-many relations included."""
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]


def stored_fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The columns of a model but its key."""
    return [found for found in model._meta.concrete_fields if not found.primary_key or found.is_relation]


def _by_paths(label: str, person: Person, paths: Mapping[str, str]) -> models.QuerySet[Any]:
    wanted = models.Q()
    for attribute, path in paths.items():
        if path and (key := getattr(person, attribute)) is not None:
            wanted |= models.Q(**{path: key})
    found = plain(label)
    return found.filter(pk__in=found.filter(wanted).values("pk")) if wanted else found.none()


def _names(by_reason: Mapping[str, str] | None) -> frozenset[str]:
    return frozenset(name for names in (by_reason or {}).values() for name in names.split())


def forgotten() -> list[str]:
    """What nobody spoke of, each with what to write and where; empty when all is well."""
    found: list[str] = []
    for model in every_model():
        found += _forgotten_of(model)
    for label, name in _registry.traces:
        if label in {model._meta.label for model in every_model()} and not apps.get_model(label)._meta.get_field(
            name
        ).null:  # fmt: skip
            found.append(f"{label}.{name} is declared a trace, but cannot be emptied: make it nullable, or declare()")
    return found


def _forgotten_of(model: type[models.Model]) -> list[str]:
    label = model._meta.label
    where = f"in {'.'.join(model.__module__.split('.')[:2]).replace('.', '/')}/personal.py"
    one = _registry.declared.get(label)
    if one is None and label not in _registry.others:
        return [
            f"{label} is new to the registry. Write {where} one of\n"
            f'    declare("{label}", {_guess(model)})  # erasure deletes its rows; change= and keep= to keep them\n'
            f'    not_personal("<why nothing in it is about a person>", "{label}")'
        ]
    found = []
    roots = {path.split("__")[0].removesuffix("_id") for path in one.paths} if one else set()
    for relation in _people_fields(model):
        if relation.name not in roots and (label, relation.name) not in _registry.traces and not _is_own(one, relation):
            found.append(
                f"{label}.{relation.name} points to {relation.related_model._meta.label}. Write {where}\n"
                f'    trace("{label}", "{relation.name}", "<what it tells>")  # or make it a path of declare()'
            )
    if one is not None and one.change is not None:
        names = {column.name for column in stored_fields(model)}
        for name in sorted(names - set(one.change) - one.keep):
            found.append(
                f"{label}.{name} stays when a person is erased, and nobody said so. Add it {where} to change="
                f'{{"{name}": ...}} or to keep={{"<reason>": "... {name}"}} of declare("{label}")'
            )
        found += [f"{label} has no field {name}" for name in sorted((set(one.change) | one.keep) - names)]
    return found


def _is_own(one: Declaration | None, relation: models.Field[Any, Any]) -> bool:
    """Whether the row is itself the person, and the field is spoken of in ``change``."""
    return one is not None and one.change is not None and relation.name in one.change


def _people_fields(model: type[models.Model]) -> list[Any]:
    relations: list[Any] = [field for field in model._meta.concrete_fields if field.is_relation]
    return [relation for relation in relations if relation.related_model._meta.label in PEOPLE]


def _guess(model: type[models.Model]) -> str:
    for relation in _people_fields(model):
        kind = "user" if relation.related_model._meta.label == PEOPLE[0] else "technician"
        return f'{kind}="{relation.name}"'
    return 'user="<path to the account>", technician="<path to the profile>"'
