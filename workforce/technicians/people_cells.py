"""Cells of a list of people: names as they are written in Mexico, zones, skills. Nothing here asks the database."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from workforce.accounts.services import PersonNames
from workforce.core.choices import Language, SkillLevel
from workforce.core.text import fold
from workforce.places.models import Zone

PARTICLES = frozenset(("de", "del", "la", "las", "los", "y", "san", "santa", "mc", "van", "von", "da", "di"))
DIVIDE = re.compile(r"[,;\n\r|•]+")
LEVELS = (
    (SkillLevel.EXPERT, re.compile(r"\bexpert[oa]?\b")),
    (SkillLevel.ADVANCED, re.compile(r"\b(?:avanzad[oa]|advanced)\b")),
    (SkillLevel.INTERMEDIATE, re.compile(r"\b(?:intermedi[oa]|intermediate)\b")),
    (SkillLevel.BASIC, re.compile(r"\b(?:basic[oa]?|principiante|beginner)\b")),
)
BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]\s*$")


def _groups(words: Iterable[str]) -> list[str]:
    """Join "de la" and the like to the word after them: "De la Cruz" is one surname."""
    groups: list[str] = []
    open_group: list[str] = []
    for word in words:
        open_group.append(word)
        if fold(word) not in PARTICLES:
            groups.append(" ".join(open_group))
            open_group = []
    return groups + ([" ".join(open_group)] if open_group else [])


def split_name(text: str) -> PersonNames:
    """Part a whole name: "Surnames, Names" by its comma; else the last two are the surnames where there are three."""
    before, comma, after = text.partition(",")
    if comma and after.strip():
        surnames = _groups(before.split())
        return PersonNames(after.strip(), surnames[0] if surnames else "", " ".join(surnames[1:]))
    groups = _groups(before.split())
    if len(groups) < 2:
        return PersonNames(" ".join(groups))
    if len(groups) == 2:
        return PersonNames(groups[0], groups[1])
    return PersonNames(" ".join(groups[:-2]), groups[-2], groups[-1])


def zones_by_name(zones: Iterable[Zone]) -> dict[str, int | None]:
    """Every way to call a zone, with or without its city; None where two zones have that name."""
    found: dict[str, int | None] = {}
    for zone in zones:
        for name in {fold(zone.name), fold(zone.name_en)} - {""}:
            found[name] = None if found.get(name, zone.pk) != zone.pk else zone.pk
            for form in (f"{name} {fold(zone.city)}", f"{name}, {fold(zone.city)}"):
                found.setdefault(form, zone.pk)
    return found


def find_zone(cell: str, zones: Mapping[str, int | None]) -> int | None:
    """Return the zone that a cell names; None when we know none, or cannot tell which."""
    return zones.get(" ".join(fold(cell).split()))


def read_language(cell: str) -> str:
    """Return the language in which a person is written to: English where the cell says so, else Spanish."""
    return Language.ENGLISH if fold(cell).startswith(("en", "ing")) else Language.SPANISH


def read_skills(cell: str) -> list[tuple[str, int]]:
    """Return the entries of a cell, each with its level: "MIG (avanzado); torno" is one advanced and one unsaid."""
    found = []
    for part in DIVIDE.split(cell):
        words, level = " ".join(part.split()), int(SkillLevel.INTERMEDIATE)
        if said := BRACKETS.search(words):
            known = next((value for value, pattern in LEVELS if pattern.search(fold(said[1]))), None)
            if known is not None:
                words, level = words[: said.start()].strip(), int(known)
        if words:
            found.append((words, level))
    return found
