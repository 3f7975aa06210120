"""What can be wrong with a file that somebody sent, said in the reader's language and with the place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

MAX_PARAM = 200


def untranslated(message: str | Promise) -> str:
    """Return the text of the code, as the catalogues know it: what is stored, to be translated when it is read."""
    active = translation.get_language()
    translation.deactivate_all()
    try:
        return str(message)
    finally:
        if active:
            translation.activate(active)


def _kept(value: Any) -> Any:
    """Make a parameter fit for JSON; one that is itself a translated text stays translatable."""
    if isinstance(value, Promise):
        return {"text": untranslated(value)[:MAX_PARAM]}
    return value if isinstance(value, bool | int | float) else str(value)[:MAX_PARAM]


def _said(value: Any) -> Any:
    return gettext(value["text"]) if isinstance(value, dict) and value.get("text") else value


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

    @classmethod
    def stored(cls, data: Mapping[str, Any]) -> ImportProblem:
        """Return the problem that ``as_data`` gave, in the language that is active now."""
        params = {name: _said(value) for name, value in data["params"].items()}
        return cls(data["code"], gettext(data["message"]) if data["message"] else "", params=params)

    def as_data(self) -> dict[str, Any]:
        """Return code, message and parameters to be stored, in no language yet."""
        params = {name: _kept(value) for name, value in self.params.items()}
        return {"code": self.code, "message": untranslated(self.message)[:400], "params": params}

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
