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


@register.filter
def border_number(value: float, places: int = 0) -> str:
    """Write a number as both sides of the border do, 2,571.5: Django's Spanish is Spain's, 2 571,5."""
    return f"{value:,.{places}f}"
