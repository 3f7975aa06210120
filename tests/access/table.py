"""The vocabulary of the access table: kinds of user, outcomes, rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.access.world import World

KINDS = (
    "anonymous",
    "technician",
    "other_technician",
    "recruiter",
    "viewer",
    "other_employer",
    "institute",
    "other_institute",
    "staff",
)
OUTCOMES = frozenset({"ok", "login", "401", "403", "404"})
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
Who = Mapping[str, str]


def who(*ok: str, others: str = "404", **exact: str) -> Who:
    """Say what each kind of user gets: "ok" for those named first, the given outcome by keyword, else ``others``."""
    unknown = {*ok, *exact} - {*KINDS}
    if unknown:
        raise ValueError(f"no such kind of user: {unknown}")
    outcomes = dict.fromkeys(KINDS, others) | exact | dict.fromkeys(ok, "ok")
    if not set(outcomes.values()) <= OUTCOMES:
        raise ValueError(f"no such outcome in {outcomes}")
    return outcomes


EVERYBODY = who(*KINDS)
LOGGED_IN = who(*KINDS[1:], anonymous="login")
LOGGED_IN_API = who(*KINDS[1:], anonymous="401")


def _nothing(world: World) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Row:
    """One route: its URL name, the arguments of its address, what is sent, and who gets what for each method.

    ``prepare`` runs before the requests, for what a state needs; ``query`` goes behind the address.
    """

    route: str
    args: Callable[[World], dict[str, Any]] = _nothing
    GET: Who | None = None
    POST: Who | None = None
    PUT: Who | None = None
    PATCH: Who | None = None
    DELETE: Who | None = None
    body: Callable[[World], Any] = _nothing
    headers: Mapping[str, str] = field(default_factory=dict)
    query: str = ""
    prepare: Callable[[World], Any] = _nothing

    @property
    def methods(self) -> dict[str, Who]:
        """The methods that this row speaks of."""
        return {method: found for method in METHODS if (found := getattr(self, method)) is not None}
