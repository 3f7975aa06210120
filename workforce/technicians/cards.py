"""What an employer may see of somebody who has not applied to them.

No name, e-mail, phone, former employer, job title, birthday or free text: a summary or a person's own words for a
skill may hold any of these. US work authorization is "authorized" or "not stated", never a category.
"""

from __future__ import annotations

from dataclasses import dataclass

from workforce.core.choices import EnglishLevel, Shift
from workforce.technicians.choices import PROVEN, US_AUTHORIZED, EvidenceKind
from workforce.technicians.levels import effective_level, proven_levels
from workforce.technicians.models import Technician, TechnicianSkill, foreign_language


@dataclass(frozen=True)
class CardSkill:
    """One skill on a card: the level that counts (1-4) and how it is known (kinds of valid evidence)."""

    code: str
    label: str
    label_es: str | None
    label_en: str | None
    level: int
    evidence: tuple[str, ...]

    @property
    def lang(self) -> str:
        """The language of the label where it is not the reader's, else empty."""
        return foreign_language(self.label_es, self.label_en)

    @property
    def evidence_labels(self) -> list[str]:
        """How it is known, in the reader's language; what is merely declared says nothing."""
        return [label for label, _proven in self.evidence_badges]

    @property
    def evidence_badges(self) -> list[tuple[str, bool]]:
        """The same labels, each with whether somebody else stands behind it."""
        return [
            (str(EvidenceKind(kind).label), kind in PROVEN) for kind in self.evidence if kind != EvidenceKind.DECLARED
        ]


@dataclass(frozen=True)
class BlindCard:
    """What may be shown; ``ref`` names the person in addresses and in the API."""

    ref: str
    name: str
    city: str
    english: str
    shifts: tuple[str, ...]
    us_authorized: bool
    skills: tuple[CardSkill, ...]

    @property
    def english_label(self) -> str:
        """The level of English in words, empty when not stated."""
        return str(EnglishLevel(self.english).label) if self.english else ""

    @property
    def shift_labels(self) -> list[str]:
        """The shifts in words."""
        return [str(Shift(shift).label) for shift in self.shifts if shift in Shift.values]


def blind_card(technician: Technician) -> BlindCard:
    """Return the card of a technician loaded with ``Technician.objects.for_cards()`` (else AttributeError)."""
    rows: list[TechnicianSkill] = technician.card_skills  # type: ignore[attr-defined]
    skills = sorted((_card_skill(row) for row in rows), key=lambda skill: (-skill.level, skill.label))
    return BlindCard(
        ref=str(technician.ref),
        name=technician.blind_name,
        city=technician.zone.city if technician.zone else "",
        english=technician.english,
        shifts=tuple(technician.shifts),
        us_authorized=technician.us_work in US_AUTHORIZED,
        skills=tuple(skills),
    )


def _card_skill(row: TechnicianSkill) -> CardSkill:
    skill = row.skill
    if skill is None:
        raise ValueError("Own words are not shown on a card.")
    evidence = row.valid_evidence  # type: ignore[attr-defined]
    return CardSkill(
        code=skill.code,
        label=skill.label,
        label_es=skill.label_es,
        label_en=skill.label_en,
        level=effective_level(row.level, proven_levels(evidence)),
        evidence=tuple(dict.fromkeys(row.kind for row in evidence)),
    )
