"""Programmes that teach a skill, on its page."""

from __future__ import annotations

from django.utils.translation import gettext as _

from workforce.accounts.choices import Verification
from workforce.core.templatetags.texts import other_lang, own_text
from workforce.skills.models import Occupation, Skill
from workforce.skills.panels import Panel, PanelItem
from workforce.training.models import ProgrammeSkill

SHOWN = 8


def programmes(concept: Skill | Occupation) -> Panel | None:
    """Return the programmes of verified institutes that teach a skill; nothing is told of occupations."""
    if not isinstance(concept, Skill):
        return None
    taught = ProgrammeSkill.objects.filter(skill=concept, programme__organization__verification=Verification.VERIFIED)
    rows = taught.select_related("programme__organization").order_by("-level", "programme__pk")[:SHOWN]
    items = tuple(
        PanelItem(
            label=own_text(row.programme, "name"),
            note=f"{row.programme.organization.name} · {row.programme.get_modality_display()}",
            lang=other_lang(row.programme, "name"),
        )
        for row in rows
    )
    return Panel("programmes", _("Programmes that teach it"), items, taught.count(), _("No programme teaches it yet."))
