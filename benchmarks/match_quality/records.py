"""The graded set as ``data/match_quality/`` holds it; its README says what the fields and the grades mean."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "data" / "match_quality"
HALVES = ("open", "sealed")
LANGUAGES = ("en", "es")
SPLIT_SEED = 20261125


@dataclass(frozen=True)
class Need:
    """One requirement of a role."""

    skill: str
    level: int
    must: bool


@dataclass(frozen=True)
class Person:
    """A candidate: what was written, and the skills that were ticked."""

    id: str
    lang: str
    title: str
    experience: tuple[tuple[str, float], ...]
    text: str
    skills: Mapping[str, int]

    @property
    def words(self) -> str:
        """All that a reader sees."""
        return " ".join([self.title, *(title for title, _ in self.experience), self.text])


@dataclass(frozen=True)
class Role:
    """A vacancy: title and text in both languages (``lang`` is the one it was written in), needs, graded candidates."""

    id: str
    lang: str
    sector: str
    occupation: str
    title: Mapping[str, str]
    text: Mapping[str, str]
    needs: tuple[Need, ...]
    grades: Mapping[str, int]

    def words(self, *langs: str) -> str:
        """Title and text in some languages."""
        return " ".join(f"{self.title[lang]} {self.text[lang]}" for lang in langs)


def halves(roles: Iterable[tuple[str, str]], seed: int = SPLIT_SEED) -> dict[str, str]:
    """Role id -> half, for (id, language): each language shuffled, its first half open, a spare one sealed."""
    dice = random.Random(seed)
    half: dict[str, str] = {}
    by_language: dict[str, list[str]] = {lang: [] for lang in LANGUAGES}
    for role, lang in sorted(roles):
        by_language[lang].append(role)
    for ids in by_language.values():
        dice.shuffle(ids)
        half |= {role: "open" if place < len(ids) // 2 else "sealed" for place, role in enumerate(ids)}
    return half


def read_people(folder: Path = FOLDER) -> list[Person]:
    """The pool, in the order of the file."""
    return [
        Person(
            id=row["id"],
            lang=row["lang"],
            title=row["title"],
            experience=tuple((past["title"], past["years"]) for past in row["experience"]),
            text=row["text"],
            skills=row["skills"],
        )
        for row in _lines(folder / "people.jsonl")
    ]


def read_roles(half: str, folder: Path = FOLDER) -> list[Role]:
    """The roles of one half."""
    return [role_of(row) for row in _lines(folder / f"{half}.jsonl")]


def role_of(row: Mapping[str, Any]) -> Role:
    """A role from its line; one that is not graded yet has no ``grades``."""
    return Role(
        id=row["id"],
        lang=row["lang"],
        sector=row["sector"],
        occupation=row["occupation"],
        title=row["title"],
        text=row["text"],
        needs=tuple(Need(**need) for need in row["needs"]),
        grades=row.get("grades", {}),
    )


def _lines(path: Path) -> Sequence[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
