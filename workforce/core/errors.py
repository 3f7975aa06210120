"""What a service says when it will not do as asked. Web and API show the same message and code."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class Refusal(Enum):
    """Why in general: how the API answers depends on this alone, never on the single code."""

    INVALID = "invalid_input"  # the input itself is wrong: 400
    FORBIDDEN = "permission_denied"  # this person may not: 403
    MISSING = "not_found"  # there is no such thing for this person: 404
    CONFLICT = "conflict"  # right input, but not in this state: 409
    STALE = "precondition_failed"  # somebody else edited it meanwhile: 412


class DomainError(Exception):
    """A refusal with a stable ``code`` and a ``message`` in the reader's language.

    ``field`` names the input at fault where there is one (dotted: ``skills.0.level``); ``errors`` holds several such
    messages by field. Raise it inside the transaction, so that nothing is half done.
    """

    kind = Refusal.CONFLICT

    def __init__(self, code: str, message: Text, *, field: str = "", errors: Mapping[str, Text] | None = None) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.errors: dict[str, Text] = dict(errors or {})
        if field:
            self.errors.setdefault(field, message)

    def __str__(self) -> str:
        return str(self.message)


class InvalidInput(DomainError):
    """The input itself is wrong (400)."""

    kind = Refusal.INVALID


class NotAllowed(DomainError):
    """This person may not do this (403)."""

    kind = Refusal.FORBIDDEN


class NotThere(DomainError):
    """There is no such thing, or none that this person may know of (404)."""

    kind = Refusal.MISSING


class Conflict(DomainError):
    """The input is right, but the thing is not in a state that takes it (409)."""


class StaleRevision(DomainError):
    """Somebody else saved a newer revision (412); ``current`` is its number."""

    kind = Refusal.STALE

    def __init__(self, current: int) -> None:
        super().__init__(
            "stale_revision", _("Somebody else changed this meanwhile. Look at the newest version and try again.")
        )
        self.current = current
