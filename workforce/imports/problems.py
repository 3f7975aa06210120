"""What can be wrong with a file that somebody sent, said in the reader's language and with the place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class ImportProblem(Exception):
    """A fault with a stable ``code``, a translated message, and its place: ``row`` (line of file) and ``column``."""

    def __init__(
        self,
        code: str,
        message: str | Promise,
        *,
        row: int | None = None,
        column: str = "",
        params: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.row = row
        self.column = column
        self.params = dict(params or {})

    @property
    def text(self) -> str:
        """The message alone, in the language that is active now."""
        return str(self.message) % self.params if self.params else str(self.message)

    def __str__(self) -> str:
        if self.row is None:
            return self.text
        if self.column:
            place = _("Row %(row)s, %(column)s: %(problem)s")
            return str(place) % {"row": self.row, "column": self.column, "problem": self.text}
        return str(_("Row %(row)s: %(problem)s")) % {"row": self.row, "problem": self.text}
