"""What a concept is called and known as elsewhere, by its code: for answers that others read."""

from __future__ import annotations

from typing import Any

from workforce.skills.choices import ConceptKind, LinkMatch
from workforce.skills.models import Occupation, OccupationLink, Skill, SkillLink


def names_of(kind: str) -> dict[str, dict[str, Any]]:
    """By code: labels in both languages, ESCO URIs (ours may stand for several), and an occupation's ISCO group."""
    active = (Occupation if kind == ConceptKind.OCCUPATION else Skill).objects.active().order_by("pk")
    if kind == ConceptKind.OCCUPATION:
        columns = {"label_es": "title_es", "label_en": "title_en", "isco": "isco"}
        links: Any = OccupationLink.objects.filter(occupation__in=active)
    else:
        columns = {"label_es": "label_es", "label_en": "label_en"}
        links = SkillLink.objects.filter(skill__in=active)
    names = {}
    for code, uri, *values in active.values_list("code", "esco_uri", *columns.values()):
        names[code] = {**dict(zip(columns, values, strict=True)), "esco_uris": [uri] if uri else []}
    for code, uri in links.exclude(match=LinkMatch.BROAD).order_by("pk").values_list(f"{kind}__code", "uri"):
        if uri not in names[code]["esco_uris"]:
            names[code]["esco_uris"].append(uri)
    return names
