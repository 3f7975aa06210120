"""Programmes that teach a skill, on its page."""

from __future__ import annotations

from django.utils.translation import gettext as _

from workforce.core.templatetags.texts import other_lang, own_text
from workforce.skills.models import Concept, Skill
from workforce.skills.panels import Panel, PanelItem
from workforce.training.access import offered_programmes

SHOWN = 8


def programmes(concept: Concept) -> Panel | None:
    """Return the programmes of verified institutes that teach a skill; nothing is told of others."""
    if not isinstance(concept, Skill):
        return None
    rows = offered_programmes(Skill.objects.filter(pk=concept.pk)).order_by("-pk")
    items = tuple(
        PanelItem(
            label=own_text(row, "name"),
            note=f"{row.organization.name} · {row.get_modality_display()}",
            lang=other_lang(row, "name"),
        )
        for row in rows.select_related("organization")[:SHOWN]
    )
    return Panel("programmes", _("Programmes that teach it"), items, rows.count(), _("No programme teaches it yet."))
