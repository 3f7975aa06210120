"""What staff changes in a form of the admin, as history: values before and after, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.forms import ModelChoiceField

from workforce.skills.choices import ChangeCause
from workforce.skills.history import Recorder, kind_of
from workforce.skills.models import Skill


def record_forms(actor: Any, form: Any, formsets: Iterable[Any]) -> None:
    """Store what a bound, valid form of a concept and the forms of its rows are about to change.

    Call it before the rows are saved: a row that is to be removed still says what it was.
    """
    recorder = Recorder(ChangeCause.ADMIN, actor)
    kind, code = kind_of(form.instance), form.instance.code
    for name in form.changed_data:
        recorder.changed(
            kind, code, name, _said(form, name, form.initial.get(name)), _said(form, name, form.cleaned_data.get(name))
        )
    for row in (row for formset in formsets for row in formset.forms if row.has_changed()):
        before, after = _row(row, row.initial), _row(row, row.cleaned_data)
        if row.cleaned_data.get("DELETE"):
            after = ("", "")
        if before[0] == after[0]:
            recorder.changed(kind, code, before[0], before[1], after[1])
            continue
        for part, pair in ((before[0], (before[1], "")), (after[0], ("", after[1]))):
            if part:
                recorder.changed(kind, code, part, *pair)
    recorder.save()


def _said(form: Any, name: str, value: Any) -> str:
    """A value of a field in words: a concept by its code, the rest as it is."""
    if isinstance(form.fields.get(name), ModelChoiceField) and value not in (None, ""):
        found = value if hasattr(value, "pk") else form.fields[name].queryset.filter(pk=value).first()
        return str(getattr(found, "code", "") or "")
    return "" if value is None else str(value)


def _row(form: Any, values: Mapping[str, Any]) -> tuple[str, str]:
    """Name one row of a concept and say what it holds; both empty for a row that is not there yet."""
    if not values:
        return "", ""
    if "text" in form.fields:
        return f"alias:{values.get('lang', '')}", str(values.get("text") or "")
    if "uri" in form.fields:
        return f"link:{values.get('uri') or ''}", str(values.get("match") or "")
    if "target_skill" in form.fields:
        veto = " (veto)" if values.get("vetoed") else ""
        return f"covers:{_code(values.get('target_skill'))}", f"{float(values.get('strength') or 0):.2f}{veto}"
    said = [f"{name} {int(values[name])}" for name in ("essential", "level") if values.get(name) is not None]
    return f"skill:{_code(values.get('skill'))}", ", ".join(said)


def _code(skill: Any) -> str:
    if isinstance(skill, Skill):
        return skill.code
    return Skill.objects.filter(pk=skill).values_list("code", flat=True).first() or ""
