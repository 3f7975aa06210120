"""Makes an undefined variable in one of our templates an error of the test that rendered it."""

from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType
from typing import Any, Self

import pytest
from django.template.base import FilterExpression, Node

# A template that says what to show when a value is not there has thought of it.
HANDLES_ABSENCE = frozenset({"default", "default_if_none", "yesno"})


class UndefinedVariable(str):
    """Stands for ``string_if_invalid``: an empty string to other people's templates, a failed test to ours.

    Django asks whether it is true, whether it contains ``%s``, and formats it with the variable; the calling frames
    say which expression of which template was being resolved.
    """

    root: Path

    @classmethod
    def for_templates_under(cls, root: Path) -> Self:
        """Return the value for settings; templates outside ``root``, or in its virtual environment, are let be."""
        value = cls()
        value.root = root
        return value

    def __bool__(self) -> bool:
        frame = sys._getframe(1)
        expression = frame.f_locals.get("self")
        if frame.f_code.co_name != "resolve" or not isinstance(expression, FilterExpression):
            return False
        if expression.filters and expression.filters[0][0].__name__ in HANDLES_ABSENCE:
            return False
        return self._is_ours(_template_name(frame))

    def __contains__(self, key: object) -> bool:
        return key == "%s"

    def __mod__(self, variable: Any) -> str:
        template = _template_name(sys._getframe(1))
        # Not an ordinary exception: a view or a template tag could catch it.
        pytest.fail(f"Undefined template variable {str(variable)!r} in {template}", pytrace=False)

    def _is_ours(self, name: str | None) -> bool:
        if name is None:
            return False
        path = Path(name)
        return path.is_relative_to(self.root) and "site-packages" not in path.parts


def _template_name(frame: FrameType | None) -> str | None:
    """Return the file of the template whose node is being rendered, looking outwards from ``frame``."""
    while frame is not None:
        node = frame.f_locals.get("self")
        if frame.f_code.co_name == "render_annotated" and isinstance(node, Node):
            return getattr(node.origin, "name", None)
        frame = frame.f_back
    return None
