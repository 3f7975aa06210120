"""Edits that come too late: what is saved now is shown beside what the person wrote, and nothing is lost."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format, localize
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from workforce.core.errors import StaleRevision
from workforce.skills.forms import SkillPickerField

BOOKKEEPING = ("revision", "seen")


@dataclass(frozen=True)
class Difference:
    """One field whose saved value is not what was sent."""

    label: str | Promise
    saved: str


class RevisionMixin(forms.Form):
    """Remembers which revision of the profile a form was drawn from, and a digest of what its own fields said.

    One revision counts every edit of a profile. With the digest, saving skills in another tab does not make a form
    about something else too old.
    """

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def fingerprint(self) -> str:
        """Digest the saved values of the fields."""
        values = [
            (name, str(self.get_initial_for_field(field, name)))
            for name, field in self.fields.items()
            if name not in BOOKKEEPING
        ]
        return hashlib.sha256(repr(sorted(values)).encode()).hexdigest()[:32]

    def remember(self, revision: int | None) -> None:
        """Write both into the form as it is drawn."""
        self.initial.update(revision=revision, seen=self.fingerprint())


def save_or_compare(
    form: RevisionMixin, fresh_form: Callable[[], RevisionMixin], save: Callable[[int | None], Any]
) -> list[Difference]:
    """Call ``save(revision)``; return what stands against it when others changed these same fields meanwhile.

    ``fresh_form`` makes the form anew from the posted data and what is saved now. When nothing differs (the form was
    sent twice) there is nothing to save. Else the form is given the new revision, so that the person can look and
    send again.
    """
    revision, seen = form.cleaned_data["revision"], form.cleaned_data["seen"]
    while True:
        try:
            save(revision)
        except StaleRevision as stale:
            fresh = fresh_form()
            current = fresh.fingerprint()
            if current == seen:
                revision = stale.current
                continue
            found = differences(fresh)
            if found:
                form.data = _with(form.data, revision=str(stale.current), seen=current)
            return found
        return []


def _with(data: Any, **values: str) -> Any:
    """Return a copy of posted data with other values."""
    copy = data.copy()
    for name, value in values.items():
        copy[name] = value
    return copy


def differences(fresh: forms.BaseForm) -> list[Difference]:
    """Return where the data of ``fresh`` differs from its initial values, which are what is saved now."""
    changed = [name for name in fresh.fields if name in fresh.changed_data and name not in BOOKKEEPING]
    return [
        Difference(field.label or name, shown(field, fresh.get_initial_for_field(field, name)))
        for name, field in ((name, fresh.fields[name]) for name in changed)
    ]


def shown(field: forms.Field, value: Any) -> str:
    """Return a saved value as the reader knows it from the form."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value in (None, "", []):
        return _("empty")
    if isinstance(field, SkillPickerField):
        return ", ".join(f"{row.skill.label if row.skill else row.raw} ({row.get_level_display()})" for row in value)
    if isinstance(field, forms.ModelChoiceField):
        row = field.queryset.filter(pk=value).first() if field.queryset is not None else None
        return str(row or value)
    if isinstance(field, (forms.ChoiceField, forms.MultipleChoiceField, forms.TypedChoiceField)):
        choices: Any = field.choices
        labels = {str(key): str(label) for key, label in choices}
        many = value if isinstance(value, (list, tuple)) else [value]
        return ", ".join(labels.get(str(one), str(one)) for one in many)
    if isinstance(value, date):
        return date_format(value)
    return str(localize(value))
