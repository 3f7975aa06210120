"""Skills and certificates as people list them: "Indispensable: MIG (avanzado), lectura de planos; deseable inglés 60%"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from workforce.core.choices import SkillLevel
from workforce.core.text import fold
from workforce.employers.rules import CredentialNeed, SkillNeed
from workforce.skills.choices import CredentialKind
from workforce.skills.models import Credential
from workforce.skills.search import link_skill

MAX_PHRASES = 80
_DIVIDE = re.compile(r"[,;\n\r•·|]+|\s+-\s+|\.\s+(?=\S)")
_DIVIDE_AGAIN = re.compile(r"\s*(?:/|\s+y\s+|\s+e\s+|\s+and\s+|&|\+|\s+o\s+|\s+or\s+)\s*", re.IGNORECASE)
_MUST = re.compile(
    r"\b(?:indispensables?|obligatori[oa]s?|requerid[oa]s?|necesari[oa]s?|forzos[oa]s?|must have|must|required|mandatory|a fuerzas?)\b"
)
_WISH = re.compile(
    r"\b(?:deseables?|preferible(?:mente)?|preferentemente|de preferencia|opcional(?:es)?|nice to have|preferred|optional|a plus|plus|ventaja)\b"
)
_LEVELS = (
    (SkillLevel.EXPERT, r"\b(?:expert[oa]?|experto)\b"),
    (SkillLevel.ADVANCED, r"\b(?:avanzad[oa]s?|advanced|dominio|amplio conocimiento|strong|solid)\b"),
    (SkillLevel.INTERMEDIATE, r"\b(?:intermedi[oa]s?|intermediate|nivel medio)\b"),
    (SkillLevel.BASIC, r"\b(?:basic[oa]s?|basic|principiante|beginner|nociones)\b"),
)
_YEARS = re.compile(r"\b(\d{1,2})\s*\+?\s*(?:anos?|years?|yrs?)\b(?:\s*(?:de\s+)?(?:experiencia|exp|experience)\b)?(?:\s*(?:de|en|in|of|with)\b)?")
_EDGES = re.compile(r"^[\s:()\[\]*.\-–¡!¿?]+|[\s:()\[\]*.\-–¡!¿?]+$")
_LEAD_IN = re.compile(r"^(?:requisitos?|habilidades|conocimientos?|skills?|requirements?|experiencia)\s*:\s*", re.IGNORECASE)
_WORD = re.compile(r"[a-z0-9]+")
_IDLE_WORDS = frozenset("de del la el y en con the of and for cis cit certificado certificacion certified certification dc 3 dc3 licencia".split())


@dataclass
class Listed:
    """What a cell of skills came to; ``unknown`` are the words that mean no skill for sure."""

    skills: dict[int, SkillNeed] = field(default_factory=dict)
    credentials: dict[int, CredentialNeed] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Phrase:
    """One entry of a list: the words, with level, years and must taken out of them."""

    words: str
    level: int | None
    must: bool


def _level_of(text: str) -> int | None:
    level = next((int(level) for level, pattern in _LEVELS if re.search(pattern, text)), None)
    if level is None and (years := _YEARS.search(text)):
        level = SkillLevel.ADVANCED if int(years[1]) >= 5 else SkillLevel.INTERMEDIATE if int(years[1]) >= 2 else SkillLevel.BASIC
    return level


def _without(text: str, patterns: Iterable[re.Pattern[str]]) -> str:
    for pattern in patterns:
        text = pattern.sub(" ", text)
    return text


def phrases(cell: str, must: bool = False) -> Iterator[Phrase]:
    """Yield the entries of a cell. "Indispensable:" before a colon holds for what follows, otherwise for its own entry."""
    lasting = must
    for raw in _DIVIDE.split(cell)[:MAX_PHRASES]:
        text = fold(_LEAD_IN.sub("", raw.strip()))
        head, colon, rest = text.partition(":")
        if colon and (_MUST.search(head) or _WISH.search(head)):
            lasting, text = not _WISH.search(head), rest
        own = False if _WISH.search(text) else True if _MUST.search(text) else lasting
        plain = _without(text, (_MUST, _WISH, _YEARS, *(re.compile(pattern) for _level, pattern in _LEVELS)))
        words = " ".join(_EDGES.sub("", plain).replace("()", " ").split())
        if words:
            yield Phrase(_EDGES.sub("", words), _level_of(text), own)


def _tokens(text: str) -> set[str]:
    return set(_WORD.findall(fold(text)))


def find_credential(words: str) -> Credential | None:
    """Return the certificate that ``words`` name, or None; "DC-3 montacargas" is found by the skill that it proves."""
    said = _tokens(words)
    scored = []
    for credential in Credential.objects.active().order_by("code"):
        for name in (credential.name_es, credential.name_en):
            wanted = _tokens(name or "") - _IDLE_WORDS
            shared = len(wanted & said)
            if shared and shared / len(wanted) >= 0.66 and (shared >= 2 or len(wanted) == 1):
                scored.append((shared / len(wanted), shared, credential))
    if scored:
        return max(scored, key=lambda found: found[:2])[2]
    if not {"dc3"} & said and not {"dc", "3"} <= said:
        return None
    linked = link_skill(re.sub(r"\bdc ?-?3\b", " ", words))
    proofs = Credential.objects.active().filter(kind=CredentialKind.DC3).order_by("code")
    return proofs.filter(credential_skills__skill=linked.skill).first() if linked else None


def _add(listed: Listed, words: str, phrase: Phrase, lang: str, default_level: int) -> bool:
    """File ``words`` as certificate or skill; False when they mean neither for sure."""
    credential = find_credential(words)
    if credential is not None:
        before = listed.credentials.get(credential.pk)
        listed.credentials[credential.pk] = CredentialNeed(credential.pk, phrase.must or bool(before and before.must))
        return True
    linked = link_skill(words, lang)
    if linked is None:
        return False
    level, must = phrase.level or default_level, phrase.must
    if (known := listed.skills.get(linked.skill.pk)) is not None:
        level, must = max(level, known.level), must or known.must
    listed.skills[linked.skill.pk] = SkillNeed(linked.skill.pk, level, must)
    return True


def read_skills(cells: Iterable[tuple[str, bool]], lang: str, default_level: int = SkillLevel.INTERMEDIATE) -> Listed:
    """Read cells of skills or certificates, each with whether its entries are musts unless they say otherwise."""
    listed = Listed()
    for cell, must in cells:
        for phrase in phrases(cell, must):
            if _add(listed, phrase.words, phrase, lang, default_level):
                continue
            parts = [part for part in _DIVIDE_AGAIN.split(phrase.words) if part.strip()]
            missed = [part for part in parts if not _add(listed, part, phrase, lang, default_level)]
            if missed:
                listed.unknown += [phrase.words] if len(missed) == len(parts) else missed
    return listed
