"""From kinds and ids to what a person reads, in the active language and by what they may see now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from workforce.accounts.models import User
from workforce.notifications.choices import Category, Importance
from workforce.notifications.models import Notification
from workforce.notifications.registry import KINDS, Kind


@dataclass(frozen=True)
class Shown:
    """A notification as it is read. ``url`` is a path of this site; it is empty when there is nothing to go to."""

    notification: Notification
    title: str
    body: str
    url: str = ""
    category: str = ""
    is_important: bool = False

    @property
    def is_unread(self) -> bool:
        """Whether it was not opened yet."""
        return self.notification.read_at is None

    @property
    def category_label(self) -> str:
        """The category in words."""
        return str(Category(self.category).label) if self.category else ""


def show_all(notifications: Iterable[Notification], reader: User, *, outside: bool = False) -> list[Shown]:
    """Return each as ``reader`` may read it now, in the active language; a few queries, however many there are.

    ``outside`` is for what leaves Puente: names of other people stay here.
    """
    rows = list(notifications)
    wanted: dict[str, set[int]] = defaultdict(set)
    subjects = {}
    for row in rows:
        if (kind := KINDS.get(row.kind)) is not None and isinstance(row.params.get(kind.subject.name), int):
            wanted[kind.subject.name].add(row.params[kind.subject.name])
            subjects[kind.subject.name] = kind.subject
    found = {name: subject.load(reader, wanted[name]) for name, subject in subjects.items()}
    for name, subject in subjects.items():
        if subject.note is not None and not outside:
            subject.note(reader, found[name].values())
    return [_show(row, found, outside) for row in rows]


def show(notification: Notification, reader: User) -> Shown:
    """Return one as ``reader`` may read it now."""
    return show_all([notification], reader)[0]


def _show(row: Notification, found: dict[str, dict[int, Any]], outside: bool) -> Shown:
    kind = KINDS.get(row.kind)
    subject = found.get(kind.subject.name, {}).get(row.params.get(kind.subject.name, 0)) if kind else None
    if kind is None or subject is None:
        return _gone(row, kind)
    texts = kind.subject.texts(subject, outside)
    for name, choices in kind.words.items():
        value = row.params.get(name)
        texts[name] = str(choices(value).label) if value in choices.values else ""
    return Shown(
        row,
        str(kind.title) % texts,
        str(kind.body) % texts,
        safe_path(row.url) or kind.link(subject),
        kind.category,
        kind.importance == Importance.HIGH,
    )


def _gone(row: Notification, kind: Kind | None) -> Shown:
    """What is left of something that was deleted, or is no longer the reader's to see."""
    title, body = _("This is no longer there"), _("It was deleted, or you may no longer see it.")
    return Shown(row, title, body, "", kind.category if kind else "")


def safe_path(url: str) -> str:
    """Return ``url`` if it is a path of this site, else nothing."""
    inside = url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)
    return url if inside else ""
