"""What I can do."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from workforce.core.choices import SkillLevel
from workforce.core.errors import InvalidInput
from workforce.technicians import services
from workforce.technicians.choices import PROVEN, EvidenceKind
from workforce.technicians.forms.conflicts import Difference, save_or_compare
from workforce.technicians.forms.skills import SkillsForm
from workforce.technicians.models import Technician, TechnicianSkill
from workforce.technicians.views.own import address_of, own_technician, with_profile


@dataclass(frozen=True)
class SkillProof:
    """How one skill is known, and which level counts in matching."""

    label: str
    level: int
    kinds: list[tuple[str, bool]]  # label, and whether somebody else stands behind it
    needs_proof: bool


@require_http_methods(["GET", "HEAD", "POST"])
@with_profile
def skills(request: HttpRequest, technician: Technician) -> HttpResponse:
    """Show and save my skills; a newcomer goes on to the matches."""
    form = SkillsForm(request.POST or None, technician=technician)
    rows: list[TechnicianSkill] = form.initial["skills"]
    found: list[Difference] = []
    if request.method == "POST" and form.is_valid():
        try:
            found = _save(request, technician, form)
        except InvalidInput as refused:
            form.add_error("skills", str(refused))
        else:
            if not found:
                messages.success(request, _("Your skills are saved."))
                return redirect("profile-skills" if rows else address_of("my-matches", "profile"))
    context = {"form": form, "is_new": not rows, "differences": found, "proofs": [_proof(row) for row in rows]}
    return render(request, "technicians/skills_form.html", context, status=409 if found else 200)


def _save(request: HttpRequest, technician: Technician, form: SkillsForm) -> list[Difference]:
    entries = form.entries()
    return save_or_compare(
        form,
        lambda: SkillsForm(request.POST, technician=own_technician(request) or technician),
        lambda revision: services.save_skills(technician_id=technician.pk, revision=revision, entries=entries),
    )


def _proof(row: TechnicianSkill) -> SkillProof:
    today = timezone.localdate()
    valid = [e for e in row.evidence.all() if e.expires_on is None or e.expires_on >= today]
    shown = [e for e in valid if e.kind != EvidenceKind.DECLARED]
    kinds = list(dict.fromkeys((str(e.get_kind_display()), e.kind in PROVEN) for e in shown))
    effective: int = row.effective_level  # type: ignore[attr-defined]
    return SkillProof(
        label=row.skill.label if row.skill else row.raw,
        level=effective,
        kinds=kinds,
        needs_proof=row.level == SkillLevel.EXPERT and effective < SkillLevel.EXPERT,
    )
