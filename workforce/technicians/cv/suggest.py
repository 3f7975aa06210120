"""What of a CV may belong in a profile: suggestions, each with the words that it comes from. Nothing is decided."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from workforce.core.text import fold
from workforce.skills.linker.extraction import Mention
from workforce.technicians.choices import FindingKind
from workforce.technicians.cv.dates import find_day, flat
from workforce.technicians.cv.jobs import Job, jobs_of
from workforce.technicians.cv.languages import LEVELS, languages_of
from workforce.technicians.cv.sections import Line, Part, Section, lines_of, part_at, sections_of
from workforce.technicians.cv.studies import studies_of
from workforce.technicians.cv.text import MARK

Link = Callable[[str], tuple[str, float] | None]  # the credential that words mean, and how surely
USUAL_LEVEL = 2
YEARS_OF_LEVELS = ((3.0, 3), (1.0, 2), (0.0, 1))
# How far a part of a CV vouches for what is named in it: a subject of a degree is not yet a skill.
TRUST = {Part.STUDIES: 0.6, Part.HEAD: 0.9, Part.SUMMARY: 0.95}
OF_LANGUAGES = frozenset({"english", "spanish"})
OWN_WORDS, OWN_WORDS_TRUST = 12, 0.3
LONGEST_WORDS, MOST_WORDS = 60, 6
FOLIO = re.compile(r"\b(?:folio|no\.?|num\.?|number|#)\s*[:.#]?\s*([a-z0-9][a-z0-9/-]*\d[a-z0-9/-]*)", re.IGNORECASE)
DENIED = re.compile(r"(?:sin|no|ningun\w*|without|not)\b")
_ITEMS = re.compile(r"[,;\t|•·]|\s+[–—-]\s+")


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """One thing that may belong in a profile. ``code`` names a concept where there is one; ``grade`` a level of a
    language or a kind of study."""

    kind: FindingKind
    words: str
    sentence: str
    confidence: float
    code: str = ""
    level: int | None = None
    years: float | None = None
    grade: str = ""
    place: str = ""
    started_on: date | None = None
    ended_on: date | None = None
    informal: bool = False
    folio: str = ""


def suggest(text: str, mentions: Sequence[Mention], link_credential: Link, today: date) -> list[Suggestion]:
    """Return what a tidy text suggests, in the order in which a profile shows it."""
    sections = sections_of(text)
    titles = [one for one in mentions if one.kind == "occupation"]
    jobs = jobs_of(_of_jobs(sections), [(one.start, one.end) for one in titles], today)
    return [
        *(_job(job, titles) for job in jobs),
        *_skills(sections, [one for one in mentions if one.kind == "skill"], jobs),
        *_certificates(sections, [one for one in mentions if one.kind == "credential"], link_credential, today),
        *_studies(sections, today),
        *_languages(sections),
    ]


def _of_jobs(sections: list[Section]) -> list[Line]:
    """The lines in which jobs are looked for: those under such a heading, or of a CV without one all that may be."""
    return lines_of(sections, Part.JOBS) or lines_of(sections, Part.HEAD, Part.SUMMARY)


def _job(job: Job, titles: Sequence[Mention]) -> Suggestion:
    within = [one for one in titles if any(line.start <= one.start < line.end for line in job.lines)]
    meant = next((one for one in within if fold(one.text) in fold(job.title)), None)
    return Suggestion(
        kind=FindingKind.JOB,
        words=job.title,
        sentence=job.sentence,
        confidence=0.95 if meant else 0.8 if job.sure else 0.4,
        code=meant.code if meant else "",
        place=job.employer,
        started_on=job.period.start,
        ended_on=job.period.end,
        informal=job.informal,
    )


def _skills(sections: list[Section], mentions: Sequence[Mention], jobs: Sequence[Job]) -> Iterator[Suggestion]:
    found: dict[str, Suggestion] = {}
    for one in mentions:
        part = part_at(sections, one.start)
        if (
            one.negated
            or part in (Part.OTHERS, Part.LANGUAGES)
            or one.code in OF_LANGUAGES
            or _names_employer(one, jobs)
        ):
            continue
        level = one.level or level_of(one.years)
        new = Suggestion(
            kind=FindingKind.SKILL,
            words=one.text,
            sentence=one.sentence.removeprefix(MARK),
            confidence=round(one.confidence * TRUST.get(part, 1.0), 2),
            code=one.code,
            level=level,
            years=one.years,
        )
        found[one.code] = _better(found[one.code], new) if one.code in found else new
    yield from (replace(one, level=one.level or USUAL_LEVEL) for one in found.values())
    yield from _own_words(sections, mentions)


def level_of(years: float | None) -> int | None:
    """Return the level that so many years of doing something stand for; four is for others to say."""
    return None if years is None else next(level for least, level in YEARS_OF_LEVELS if years >= least)


def _better(one: Suggestion, other: Suggestion) -> Suggestion:
    """Join two places that name one skill: what is said most, in the words of where most is said."""
    rank = [(found.level or 0, found.years or 0, found.confidence) for found in (one, other)]
    first, second = (other, one) if rank[1] > rank[0] else (one, other)
    return replace(first, confidence=max(first.confidence, second.confidence), years=first.years or second.years)


def _names_employer(one: Mention, jobs: Sequence[Job]) -> bool:
    return any(
        line.start <= one.start < line.end and fold(one.text) in fold(job.employer)
        for job in jobs
        for line in job.lines
    )


def _own_words(sections: list[Section], mentions: Sequence[Mention]) -> Iterator[Suggestion]:
    """Items of a list of skills in which nothing is known: the person's own words, for the person to tick."""
    found: dict[str, Suggestion] = {}
    for line in lines_of(sections, Part.SKILLS):
        at = 0
        for item in _ITEMS.split(line.text):
            start = line.start + line.text.index(item, at)
            at = start - line.start + len(item)
            words = item.strip(" .:-")
            known = any(start <= one.start < start + len(item) for one in mentions)
            if (
                known
                or DENIED.match(flat(words))
                or not 3 <= len(words) <= LONGEST_WORDS
                or len(words.split()) > MOST_WORDS
            ):
                continue
            found.setdefault(
                fold(words),
                Suggestion(
                    kind=FindingKind.SKILL,
                    words=words,
                    sentence=line.text.removeprefix(MARK),
                    confidence=OWN_WORDS_TRUST,
                    level=USUAL_LEVEL,
                ),
            )
    yield from list(found.values())[:OWN_WORDS]


def _certificates(
    sections: list[Section], mentions: Sequence[Mention], link: Link, today: date
) -> Iterator[Suggestion]:
    found: dict[str, Suggestion] = {}
    lines = lines_of(sections, Part.COURSES, Part.STUDIES, Part.SKILLS, Part.HEAD, Part.SUMMARY, Part.JOBS)
    for line in lines:
        here = [one for one in mentions if line.start <= one.start < line.end and not one.negated]
        meant = [(one.code, one.confidence) for one in here]
        if not meant and part_at(sections, line.start) == Part.COURSES and (linked := link(line.text)):
            meant = [linked]
        folio = FOLIO.search(line.text)
        for code, confidence in meant:
            new = Suggestion(
                kind=FindingKind.CERTIFICATE,
                words=line.text.removeprefix(MARK)[:160],
                sentence=line.text.removeprefix(MARK),
                confidence=confidence,
                code=code,
                started_on=find_day(line.text, today),
                folio=folio[1][:60] if folio else "",
            )
            found.setdefault(code, new)
    yield from found.values()


def _studies(sections: list[Section], today: date) -> Iterator[Suggestion]:
    for study in studies_of(lines_of(sections, Part.STUDIES), today):
        yield Suggestion(
            kind=FindingKind.STUDY,
            words=study.title,
            sentence=study.sentence,
            confidence=0.85,
            grade=study.degree,
            place=study.school,
            started_on=study.period.start if study.period else None,
            ended_on=study.period.end if study.period else None,
        )


def _languages(sections: list[Section]) -> Iterator[Suggestion]:
    said = languages_of(lines_of(sections, Part.LANGUAGES))
    elsewhere = [part for part in Part if part not in (Part.LANGUAGES, Part.OTHERS)]
    known = {one.code for one in said}
    said += [one for one in languages_of(lines_of(sections, *elsewhere), need_grade=True) if one.code not in known]
    for one in said:
        yield Suggestion(
            kind=FindingKind.LANGUAGE,
            words=one.words,
            sentence=one.sentence.removeprefix(MARK),
            confidence=0.9 if one.grade else 0.5,
            code=one.code,
            level=LEVELS.get(one.grade),
            grade=one.grade,
        )


def looks_english(text: str) -> bool:
    """Whether a CV is written in English rather than Spanish: by the small words that one language alone has."""
    words = re.findall(r"[a-z]+", flat(text))
    spanish = sum(word in {"de", "en", "el", "la", "los", "las", "con", "del", "por", "para"} for word in words)
    english = sum(word in {"of", "the", "and", "in", "with", "for", "to", "at", "on"} for word in words)
    return english > spanish
