"""The skill picker as a form field. How to use it: docs/skill-picker.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from workforce.skills.picking import SkillRow, clean_rows
from workforce.skills.services import note_unlinked
from workforce.skills.widgets import ADD, DROP, DROP_RAW, Picked, SkillPicker, iter_words

if TYPE_CHECKING:
    Base = forms.BaseForm
else:
    Base = object


class SkillPickerField(forms.Field):
    """Cleans to ``list[SkillRow]``; see docs/skill-picker.md.

    Parameters
    ----------
    asks_must, asks_weight : draw a "must have" box and a weight for each skill (roles).
    keep_unknown : words that mean no skill are kept as they are (technicians) instead of being refused (roles).
    """

    widget = SkillPicker
    default_error_messages = {"required": _("Add at least one skill.")}

    def __init__(
        self, *, asks_must: bool = False, asks_weight: bool = False, keep_unknown: bool = False, **kwargs: Any
    ) -> None:
        self.keep_unknown = keep_unknown
        kwargs.setdefault("label", _("Skills"))
        widget = SkillPicker(asks_must=asks_must, asks_weight=asks_weight, keep_unknown=keep_unknown)
        super().__init__(widget=widget, **kwargs)

    def clean(self, value: Any) -> list[SkillRow]:
        """Check what was posted; raises ValidationError with every fault."""
        picked = value if isinstance(value, Picked) else Picked()
        errors: list[ValidationError] = []
        rows: list[SkillRow] = []
        try:
            rows = clean_rows(picked.rows, keep_unknown=self.keep_unknown)
        except ValidationError as error:
            errors += error.error_list
        language = (get_language() or "")[:2]
        for words in iter_words(picked):
            note_unlinked(text=words, lang=language)
            if not self.keep_unknown:
                message = _("We do not know the skill “%(words)s”. Choose one from the list.")
                errors.append(ValidationError(message, code="unlinked-words", params={"words": words[:250]}))
        if errors:
            raise ValidationError(errors)
        if self.required and not rows:
            raise ValidationError(self.error_messages["required"], code="required")
        return rows

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what would be posted with what was there, without regard to order."""
        picked = data if isinstance(data, Picked) else Picked()
        before = {_key(row.skill.code if row.skill else "", row) for row in initial or ()}
        return bool(picked.unresolved) or {_key(row.code, row) for row in picked.rows} != before


def _key(code: str, row: Any) -> tuple[str, str, str, bool, str]:
    raw = "" if code else getattr(row, "raw", "")
    weight = getattr(row, "weight", None)
    return code, raw, str(row.level or 2), bool(getattr(row, "must", False)), str(weight or "")


class SkillPickerForm(Base):
    """Mixin, first of the bases: the buttons of the picker draw the form again and save nothing."""

    @property
    def is_adding_skill(self) -> bool:
        """Whether the form was posted by "Add" or "Remove" of the picker rather than to be saved."""
        return self.is_bound and any(key in self.data for key in (ADD, DROP, DROP_RAW))

    def full_clean(self) -> None:
        """Clean as usual; while a skill is being added there is nothing to complain about yet."""
        if self.is_adding_skill:
            self._errors = ErrorDict()
            self.cleaned_data: dict[str, Any] = {}
            return
        super().full_clean()

    def is_valid(self) -> bool:
        """False while a skill is being added, so that nothing is saved."""
        return not self.is_adding_skill and super().is_valid()
