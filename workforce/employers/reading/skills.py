"""Skills and certificates as people list them: "Indispensable: MIG (avanzado); deseable inglés intermedio"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from workforce.core.choices import SkillLevel
from workforce.core.text import fold
from workforce.employers.reading.certificates import find_credential
from workforce.employers.rules import CredentialNeed, SkillNeed
from workforce.skills.models import Skill
from workforce.skills.search import link_skill, search_skills

MAX_PHRASES = 80
_DIVIDE = re.compile(r"[,;\n\r•·|]+|\s+-\s+|\.\s+(?=\S)")
_DIVIDE_AGAIN = re.compile(r"\s*(?:/|\s+y\s+|\s+e\s+|\s+and\s+|&|\+|\s+o\s+|\s+or\s+)\s*", re.IGNORECASE)
_MUST = re.compile(
    r"\b(?:indispensables?|obligatori[oa]s?|requerid[oa]s?|necesari[oa]s?|forzos[oa]s?|a fuerzas?"
    r"|must have|must|required|mandatory)\b"
)
_WISH = re.compile(
    r"\b(?:deseables?|preferible(?:mente)?|preferentemente|de preferencia|opcional(?:es)?|ventaja"
    r"|nice to have|preferred|optional|a plus|plus)\b"
)
_LEVELS = (
    (SkillLevel.EXPERT, r"\b(?:expert[oa]?|experto)\b"),
    (SkillLevel.ADVANCED, r"\b(?:avanzad[oa]s?|advanced|dominio|amplio conocimiento|strong|solid)\b"),
    (SkillLevel.INTERMEDIATE, r"\b(?:intermedi[oa]s?|intermediate|nivel medio)\b"),
    (SkillLevel.BASIC, r"\b(?:basic[oa]s?|basic|principiante|beginner|nociones)\b"),
)
_YEARS = re.compile(
    r"\b(\d{1,2})\s*\+?\s*(?:anos?|years?|yrs?)\b(?:\s*(?:de\s+)?(?:experiencia|exp|experience)\b)?(?:\s*(?:de|en|in|of|with)\b)?"
)
_EDGES = re.compile(r"^[\s:()\[\]*.\-–¡!¿?]+|[\s:()\[\]*.\-–¡!¿?]+$")
_LEAD_IN = re.compile(
    r"^(?:requisitos?|habilidades|conocimientos?|skills?|requirements?|experiencia)\s*:\s*", re.IGNORECASE
)
_LIST_IN_BRACKETS = re.compile(r"\(([^()]*[,;][^()]*)\)")
# Scores of the search from which a skill is taken that does not link for sure: one of the occupation's own, or any.
OWN_ENOUGH, ENOUGH, LEAD = 0.5, 0.8, 0.05


@dataclass
class Listed:
    """What a cell of skills came to; ``guessed`` words were taken for a skill, ``unknown`` ones mean none."""

    skills: dict[int, SkillNeed] = field(default_factory=dict)
    credentials: dict[int, CredentialNeed] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    guessed: list[tuple[str, Skill]] = field(default_factory=list)


@dataclass(frozen=True)
class Phrase:
    """One entry of a list: the words, with level, years and must taken out of them."""

    words: str
    level: int | None
    must: bool


def _level_of(text: str) -> int | None:
    level = next((int(level) for level, pattern in _LEVELS if re.search(pattern, text)), None)
    if level is None and (years := _YEARS.search(text)):
        level = (
            SkillLevel.ADVANCED
            if int(years[1]) >= 5
            else SkillLevel.INTERMEDIATE
            if int(years[1]) >= 2
            else SkillLevel.BASIC
        )
    return level


def _without(text: str, patterns: Iterable[re.Pattern[str]]) -> str:
    for pattern in patterns:
        text = pattern.sub(" ", text)
    return text


def phrases(cell: str, must: bool = False) -> Iterator[Phrase]:
    """Yield the entries of a cell. "Indispensable:" with a colon holds for what follows, else for its own entry."""
    lasting = must
    for raw in _DIVIDE.split(_LIST_IN_BRACKETS.sub(r", \1,", cell))[:MAX_PHRASES]:
        text = fold(_LEAD_IN.sub("", raw.strip()))
        head, colon, rest = text.partition(":")
        if colon and (_MUST.search(head) or _WISH.search(head)):
            lasting, text = not _WISH.search(head), rest
        own = False if _WISH.search(text) else True if _MUST.search(text) else lasting
        plain = _without(text, (_MUST, _WISH, _YEARS, *(re.compile(pattern) for _level, pattern in _LEVELS)))
        words = " ".join(_EDGES.sub("", plain).replace("()", " ").split())
        if words:
            yield Phrase(_EDGES.sub("", words), _level_of(text), own)


@dataclass(frozen=True)
class Context:
    """What helps to understand a list: the language, and the skills that the occupation calls for with their levels."""

    lang: str = ""
    levels: dict[int, int] = field(default_factory=dict)

    def link(self, words: str) -> tuple[Skill | None, bool]:
        """Return the skill that ``words`` mean, and whether that is a guess; (None, False) when not even that."""
        linked = link_skill(words, self.lang)
        if linked is not None:
            return linked.skill, False
        found = search_skills(words, 5, self.lang)
        own = [one for one in found if one.concept.pk in self.levels and one.score >= OWN_ENOUGH]
        if own:
            return own[0].concept, True
        lead = found[0].score - (found[1].score if len(found) > 1 else 0.0) if found else 0.0
        sure = lead >= LEAD and found[0].score >= ENOUGH and len(words.split()) > 1 if found else False
        return (found[0].concept, True) if sure else (None, False)


def _add(listed: Listed, words: str, phrase: Phrase, context: Context) -> bool:
    """File ``words`` as certificate or skill; False when they mean neither."""
    credential = find_credential(words)
    if credential is not None:
        before = listed.credentials.get(credential.pk)
        listed.credentials[credential.pk] = CredentialNeed(credential.pk, phrase.must or bool(before and before.must))
        return True
    skill, guessed = context.link(words)
    if skill is None:
        return False
    if guessed:
        listed.guessed.append((words, skill))
    level, must = phrase.level or context.levels.get(skill.pk, SkillLevel.INTERMEDIATE), phrase.must
    if (known := listed.skills.get(skill.pk)) is not None:
        level, must = max(level, known.level), must or known.must
    listed.skills[skill.pk] = SkillNeed(skill.pk, level, must)
    return True


def _parts(words: str) -> list[str]:
    """Take an entry apart that means nothing as a whole: "mig/tig", "excel y sap", "erosionadora (wire edm)"."""
    outside = re.sub(r"\([^)]*\)?", " ", words).strip()
    inside = [text.strip() for text in re.findall(r"\(([^)]*)\)?", words)]
    return [part.strip() for text in (outside, *inside) for part in _DIVIDE_AGAIN.split(text) if part.strip()]


def read_skills(cells: Iterable[tuple[str, bool]], context: Context) -> Listed:
    """Read cells of skills or certificates, each with whether its entries are musts unless they say otherwise."""
    listed = Listed()
    for cell, must in cells:
        for phrase in phrases(cell, must):
            if _add(listed, phrase.words, phrase, context):
                continue
            parts = _parts(phrase.words)
            missed = [part for part in parts if part == phrase.words or not _add(listed, part, phrase, context)]
            if missed:
                listed.unknown += [phrase.words] if len(missed) == len(parts) else missed
    return listed
