"""What can be brought in: each app registers an importer for its kind of thing; imports itself knows none."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from workforce.accounts.models import Organization, User
from workforce.imports.choices import Outcome
from workforce.imports.problems import ImportProblem
from workforce.imports.tabular import Row

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Promise

    from workforce.imports.models import ImportJob, ImportRow


@dataclass(frozen=True)
class Field:
    """One thing that a column may hold. ``headings`` are other names for it, in both languages."""

    name: str
    label: str | Promise
    headings: Sequence[str] = ()
    required: bool = False
    help: str | Promise = ""


@dataclass(frozen=True)
class Switch:
    """Something that the sender may turn on for the whole file."""

    name: str
    label: str | Promise
    help: str | Promise = ""


@dataclass
class Taken:
    """What an importer made of one row. FAILED has ``problems``; whatever was taken may have ``notes``."""

    line: int
    outcome: Outcome
    identity: str = ""
    object_id: int | None = None
    before: dict[str, Any] = field(default_factory=dict)
    after: str = ""
    problems: list[ImportProblem] = field(default_factory=list)
    notes: list[ImportProblem] = field(default_factory=list)


class Session(ABC):
    """One run over one file. ``seen`` tells in which row of this file an identity stood first, also after a restart."""

    def __init__(self, job: ImportJob) -> None:
        self.job = job
        self.seen: dict[str, int] = {}

    @abstractmethod
    def take(self, rows: Sequence[Row]) -> list[Taken]:
        """Write these rows, in the caller's transaction; one result for each, in their order.

        A row that is refused must leave nothing behind. The caller may roll all of it back (a trial run).
        """


class Importer(ABC):
    """A kind of thing. Register one instance in ``AppConfig.ready``."""

    kind: ClassVar[str]
    label: ClassVar[str | Promise]
    text: ClassVar[str | Promise]
    fields: ClassVar[tuple[Field, ...]]
    needs_one_of: ClassVar[tuple[tuple[str, ...], ...]] = ()
    switches: ClassVar[tuple[Switch, ...]] = ()

    @abstractmethod
    def may(self, user: User, organization: Organization) -> bool:
        """Whether this person may bring such things in for that organization, and see how it went."""

    @abstractmethod
    def guess(self, headings: Sequence[str]) -> dict[str, int]:
        """Return which column seems to hold which field."""

    @abstractmethod
    def session(self, job: ImportJob) -> Session:
        """Begin a run."""

    @abstractmethod
    def undo(self, rows: Sequence[ImportRow]) -> list[ImportProblem | None]:
        """Take back what these rows did, in the caller's transaction.

        One answer for each, in their order: None, or why not (somebody changed it since).
        """


_importers: dict[str, Importer] = {}


def register(importer: Importer) -> None:
    """Offer a kind; registering it again replaces it."""
    _importers[importer.kind] = importer


def importer_of(kind: str) -> Importer | None:
    """Return the importer of a kind, or None for one that nobody offers."""
    return _importers.get(kind)


def importers_for(user: Any, organization: Organization) -> list[Importer]:
    """Return what this person may bring in for that organization."""
    if not user.is_authenticated:
        return []
    return [one for one in _importers.values() if one.may(user, organization)]
