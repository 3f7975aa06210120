"""Small helps of matching's templates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def for_key(values: Mapping[Any, Any], key: Any) -> Any:
    """Look a key up in a mapping; None where it is not there."""
    return values.get(key)
