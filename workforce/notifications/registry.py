"""What a kind of notification is. ``kinds.py`` defines ours; docs/notifications.md shows how to add one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise

from workforce.accounts.models import User
from workforce.notifications.choices import Category, Importance

Params = Mapping[str, Any]


@dataclass(frozen=True)
class Subject:
    """What a notification is about: params hold its id under ``name``.

    ``load`` returns by id only what ``reader`` may see at this moment, in a fixed number of queries. ``texts`` gives
    the words for the templates in the active language; ``outside`` is true for mail, which stays in mailboxes that we
    cannot empty: no names of other people then. ``note`` keeps whose name was read inside.
    """

    name: str
    load: Callable[[User, Iterable[int]], dict[int, Any]]
    texts: Callable[[Any, bool], dict[str, str]]
    note: Callable[[User, Iterable[Any]], None] | None = None


@dataclass(frozen=True)
class Kind:
    """One kind: lazy msgids with ``%(name)s`` for the subject's texts and the ``words``; ``link`` builds the address.

    ``words`` names the params that are values of choices, and are told by their label. ``example`` holds plain values
    for tests and for who looks at all kinds.
    """

    name: str
    category: Category
    title: Promise
    body: Promise
    subject: Subject
    link: Callable[[Any], str]
    importance: Importance = Importance.NORMAL
    words: Mapping[str, type[TextChoices]] = field(default_factory=dict)
    example: Mapping[str, Any] = field(default_factory=dict)

    def check(self, params: Params) -> None:
        """Refuse params that are more than ids and plain values, or lack one that the texts need."""
        needed = {self.subject.name, *self.words}
        if missing := needed - set(params):
            raise ValueError(f"{self.name} needs {sorted(missing)}")
        if not isinstance(params[self.subject.name], int):
            raise TypeError(f"{self.name}: {self.subject.name} is an id")
        if strange := [key for key, value in params.items() if not isinstance(value, int | str | None)]:
            raise TypeError(f"{self.name}: {strange} are no plain values")
        if free := set(params) - needed:
            raise ValueError(f"{self.name} does not know {sorted(free)}")
        for key, choices in self.words.items():
            if params[key] and params[key] not in choices.values:
                raise ValueError(f"{self.name}: {key} is no {choices.__name__}")


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Make a kind known; two of one name are a mistake."""
    if kind.name in KINDS:
        raise ValueError(f"There is a kind {kind.name} already.")
    KINDS[kind.name] = kind
    return kind
