"""Texts that exist in both languages: the reader's first, else the other one, and which of them it is."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import get_language

from workforce.core.choices import Language

register = template.Library()


def _languages() -> tuple[str, str]:
    """The reader's language and the other one."""
    english_first = (get_language() or "").startswith("en")
    return (Language.ENGLISH, Language.SPANISH) if english_first else (Language.SPANISH, Language.ENGLISH)


@register.filter
def own_text(row: Any, field: str) -> str:
    """Return the row's text in the reader's language, else in the other one, else nothing."""
    first, second = _languages()
    return getattr(row, f"{field}_{first}") or getattr(row, f"{field}_{second}") or ""


@register.filter
def other_lang(row: Any, field: str) -> str:
    """Return the language of ``own_text`` where it is not the reader's, for the ``lang`` attribute; else nothing."""
    first, second = _languages()
    return second if not getattr(row, f"{field}_{first}") and getattr(row, f"{field}_{second}") else ""
