"""The form of what somebody can do."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workforce.skills.forms import SkillPickerField, SkillPickerForm
from workforce.skills.picking import SkillRow
from workforce.technicians.forms.conflicts import RevisionMixin
from workforce.technicians.models import Technician, TechnicianSkill
from workforce.technicians.services import SkillEntry


class SkillsForm(SkillPickerForm, RevisionMixin, forms.Form):
    """The whole list of skills with a level each; words that we do not know are kept as the person wrote them."""

    skills = SkillPickerField(
        keep_unknown=True,
        label=_("What can you do?"),
        help_text=_("Machines, processes, tools, software, quality, safety: whatever you have done at work."),
    )

    def __init__(self, *args: Any, technician: Technician, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = list(skills_of(technician))
        self.fields["skills"].required = not rows  # a newcomer starts with one; later the list may be emptied
        self.initial["skills"] = rows
        self.remember(technician.revision)

    def fingerprint(self) -> str:
        """Digest the saved skills and levels."""
        rows = [(row.skill_id or 0, row.raw, row.level) for row in self.initial["skills"]]
        return hashlib.sha256(repr(sorted(rows)).encode()).hexdigest()[:32]

    def entries(self) -> list[SkillEntry]:
        """Return what the service saves."""
        rows: Iterable[SkillRow] = self.cleaned_data["skills"]
        return [SkillEntry(row.skill.pk if row.skill else None, row.level, row.raw) for row in rows]


def skills_of(technician: Technician) -> Any:
    """Return the skills of a profile with their valid evidence, best first."""
    return (
        TechnicianSkill.objects.filter(technician=technician)
        .with_effective_level()
        .select_related("skill")
        .prefetch_related("evidence")
        .order_by("-level", "pk")
    )
