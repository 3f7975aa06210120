"""Texts in two languages: both are written and read by name, and the reader's own is added."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from workforce.core.choices import Language


def in_readers_language(row: Any, field: str) -> str:
    """Return ``field`` of ``row`` in the reader's language, else in the other one, else an empty text."""
    first, second = (Language.ENGLISH, Language.SPANISH) if get_language() == "en" else tuple(Language)
    return getattr(row, f"{field}_{first}", None) or getattr(row, f"{field}_{second}", None) or ""


@extend_schema_field(OpenApiTypes.STR)
class ReaderText(serializers.Field[Any, Any, str, Any]):
    """``label = ReaderText()``: read only, ``label_es`` or ``label_en``, whichever the reader reads and exists."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["read_only"] = True
        kwargs.setdefault("help_text", _("In the language of the answer; in the other one if it is missing."))
        super().__init__(source="*", **kwargs)

    def to_representation(self, value: Any) -> str:
        """Choose the language."""
        return in_readers_language(value, str(self.field_name))


class BilingualMixin:
    """For serializers that write ``<field>_es`` and ``<field>_en``.

    modeltranslation's bare ``title`` would silently mean the active language, so the API never takes it. Each field
    named in ``needs_a_language`` must keep a text in at least one language, whatever a PATCH leaves out.
    """

    needs_a_language: tuple[str, ...] = ()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse a text that would be left in no language at all."""
        attrs = super().validate(attrs)  # type: ignore[misc]
        errors = {}
        for field in self.needs_a_language:
            names = [f"{field}_{language}" for language in Language.values]
            kept = [attrs.get(name, getattr(self.instance, name, None)) for name in names]  # type: ignore[attr-defined]
            if not any((text or "").strip() for text in kept):
                errors[names[0]] = serializers.ErrorDetail(
                    str(_("Write it in Spanish, in English, or in both.")), code="language_required"
                )
        if errors:
            raise serializers.ValidationError(errors)
        return attrs
