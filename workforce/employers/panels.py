"""Open roles, on the page of a concept."""

from __future__ import annotations

from django.utils.translation import gettext as _

from workforce.core.templatetags.texts import other_lang, own_text
from workforce.employers.models import Role
from workforce.skills.models import Concept, Occupation, Skill
from workforce.skills.panels import Panel, PanelItem

SHOWN = 8


def open_roles(concept: Concept) -> Panel:
    """Return the newest open roles that ask for a skill or a credential, or are of an occupation."""
    if isinstance(concept, Skill):
        asked: dict[str, Concept] = {"role_skills__skill": concept}
    elif isinstance(concept, Occupation):
        asked = {"occupation": concept}
    else:
        asked = {"role_credentials__credential": concept}
    roles = Role.objects.open().filter(**asked)
    items = tuple(
        PanelItem(
            label=own_text(role, "title"),
            note=f"{role.organization.name} · {role.plant.zone}",
            href=role.get_absolute_url(),
            lang=other_lang(role, "title"),
        )
        for role in roles.with_page().order_by("-published_at", "-pk")[:SHOWN]
    )
    return Panel("open-roles", _("Open roles"), items, roles.count(), _("No open role asks for this today."))
