"""The jobs of a CV: what as, where, from when until when. Found by their periods, in the orders in which people write.

Above, beside or below a period stand a title and an employer. Which of the lines around it belong to it is the same for
all jobs of one CV: those above when the first job begins with something else than its period, else those below.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from workforce.technicians.cv.dates import Period, find_period, flat
from workforce.technicians.cv.sections import Line
from workforce.technicians.cv.text import MARK, is_bullet

TITLES = re.compile(
    r"\b(?:tecnic[oa]|operador[a]?|operari[oa]|ayudante|auxiliar|asistente|ingenier[oa]|supervisor[a]?|soldador[a]?"
    r"|mecanic[oa]|electricista|almacenista|montacarguista|inspector[a]?|lider|jef[ea]|encargad[oa]|chofer|gerente"
    r"|coordinador[a]?|ensamblador[a]?|tornero|analista|programador[a]?|practicante|becari[oa]|instructor[a]?|obrer[oa]"
    r"|technician|operator|helper|assistant|engineer|welder|mechanic|electrician|worker|lead|manager|driver|clerk"
    r"|machinist|assembler|trainee|intern|coordinator|analyst|programmer|specialist|especialista)\b"
)
COMPANIES = re.compile(
    r"\bs\.?\s?a\.?\b|\bde c\.?\s?v\b|\bs\.? de r\.?\s?l|\b(?:inc|llc|ltd|corp|co)\b|\b(?:manufacturas?|industrias?"
    r"|grupo|taller|talleres|planta|maquiladora|maquilas?|empresa|servicios|constructora|compania|works|logistics"
    r"|manufacturing|industries|company|group|plant|shop|services|systems"
    r"|por mi cuenta|independiente|self[- ]employed)\b"
)
PLACES = re.compile(
    r"^(?:cd\.?|ciudad)?\s*(?:juarez|chihuahua|el paso|las cruces|santa teresa|mexico)\b[\w\s.,]{0,20}$"
    r"|^(?:chih|tx|nm|texas|new mexico|mexico)\.?$"
)
LABELS = {
    "title": re.compile(r"^(?:puesto|cargo|posicion|ocupacion|position|title|job title|role)\s*[:\-]\s*"),
    "employer": re.compile(r"^(?:empresa|compania|lugar|patron|company|employer|organization)\s*[:\-]\s*"),
    "period": re.compile(r"^(?:periodo|fechas?|tiempo|duracion|period|dates?)\s*[:\-]\s*"),
}
_BETWEEN = re.compile(
    r"\t|\s+[|–—·@/-]\s+|\s+at\s+|,\s+(?!s\.?\s?a\b|s\.? de|inc\b|llc\b|ltd\b|corp\b)|\s*[|]\s*", re.IGNORECASE
)
_IN = re.compile(r"\s+en\s+(?=[A-ZÁÉÍÓÚÑ])")
_EDGES = " \t,;:|.-–—·()[]"
ABBREVIATED = re.compile(r"(?:\bs\.?\s?a|c\.?\s?v|r\.?\s?l|\binc|\bltd|\bcorp|\bco)$")
_LONGEST = 90  # letters: a longer line tells what was done
NEAR = 2  # lines above or below a period
INFORMAL = re.compile(r"\b(?:por mi cuenta|independiente|informal|self[- ]employed|freelance)\b")


@dataclass(frozen=True)
class Job:
    """A job as the CV states it; ``lines`` are what it was read from."""

    title: str
    employer: str
    period: Period
    lines: tuple[Line, ...]
    sure: bool  # the title is one

    @property
    def informal(self) -> bool:
        """Whether the CV says that it was work on one's own account."""
        return any(INFORMAL.search(flat(line.text)) for line in self.lines)

    @property
    def sentence(self) -> str:
        """The words that it was read from."""
        return " · ".join(line.text.removeprefix(MARK).replace("\t", " ") for line in self.lines)


def jobs_of(lines: Sequence[Line], titles: Iterable[tuple[int, int]], today: date) -> list[Job]:
    """Return the jobs that ``lines`` state, in their order; ``titles`` are places of the text that name occupations."""
    named = sorted(titles)
    periods = {n: period for n, line in enumerate(lines) if (period := find_period(line.text, today))}
    if not periods:
        return []
    above = min(periods) > 0 and not is_bullet(lines[0].text)
    jobs: list[Job] = []
    used: set[int] = set()
    for n, period in periods.items():
        if n in used:
            continue
        near = _around(lines, n, periods, used, above=above)
        job = _job(lines[n], [lines[m] for m in near], period, named)
        if job is not None:
            used |= {n, *near}
            jobs.append(job)
    return jobs


def _around(lines: Sequence[Line], n: int, periods: dict[int, Period], used: set[int], *, above: bool) -> list[int]:
    """Return the lines near a period that may say title and employer, nearest first."""
    near: list[int] = []
    step = -1 if above else 1
    for m in range(n + step, n + step * (NEAR + 1), step):
        if not 0 <= m < len(lines) or m in periods or m in used or not _is_short(lines[m].text):
            break
        near.append(m)
    labelled = [m for m in range(max(0, n - NEAR), min(len(lines), n + NEAR + 1)) if m != n and _label(lines[m].text)]
    return near + [m for m in labelled if m not in near and m not in used and m not in periods]


def _is_short(text: str) -> bool:
    """Whether a line may name something, rather than tell what was done."""
    if is_bullet(text) or len(text) > _LONGEST:
        return False
    return not text.endswith(".") or bool(COMPANIES.search(flat(text)))


def _label(text: str) -> str:
    plain = flat(text.removeprefix(MARK))
    return next((name for name, label in LABELS.items() if label.match(plain)), "")


def _job(line: Line, near: list[Line], period: Period, named: list[tuple[int, int]]) -> Job | None:
    start, end = period.span
    said: dict[str, str] = {}
    pieces: list[tuple[str, bool]] = []  # the words, and whether they name an occupation
    rests = [Line(line.text[:start], line.start), Line(line.text[end:], line.start + end)]
    for one in [*rests, *near]:
        label = _label(one.text)
        if label in ("title", "employer"):
            pattern = LABELS[label]
            cut = pattern.match(flat(one.text.removeprefix(MARK)))
            said.setdefault(label, _trimmed(one.text.removeprefix(MARK)[cut.end() if cut else 0 :]))
        else:
            pieces += _pieces(one, named)
    title = said.get("title", "") or _first(words for words, is_title in pieces if is_title)
    sure = bool(title)
    others = [words for words, _is_title in pieces if words != title]
    employer = said.get("employer", "") or _first(words for words in others if COMPANIES.search(flat(words)))
    if not title:
        title = _first(words for words in others if words != employer)
    employer = employer or _first(words for words in others if words != title)
    if not title:
        return None
    return Job(title[:160], employer[:160], period, tuple(sorted([line, *near], key=lambda one: one.start)), sure)


def _pieces(line: Line, named: list[tuple[int, int]]) -> list[tuple[str, bool]]:
    """Split a line into what it names one beside the other; places and what is empty are left out."""
    found: list[tuple[str, bool]] = []
    at = 0
    cuts = [match.span() for match in _BETWEEN.finditer(line.text)]
    cuts += [match.span() for match in _IN.finditer(line.text) if COMPANIES.search(flat(line.text[match.end() :]))]
    for first, last in [*sorted(cuts), (len(line.text), len(line.text))]:
        words = _trimmed(line.text[at:first].removeprefix(MARK))
        begin, end = line.start + at, line.start + first
        at = max(at, last)
        plain = flat(words)
        label = LABELS["period"].match(f"{plain}:") or plain in ("de", "del", "desde", "from")
        if len(words) < 3 or label or PLACES.match(plain):
            continue
        is_title = bool(TITLES.search(plain)) or any(begin <= start < end for start, _end in named)
        found.append((words, is_title and not (COMPANIES.search(plain) and not TITLES.search(plain))))
    return found


def _trimmed(words: str) -> str:
    """Cut off what stands between names, but not the dot of "S.A. de C.V."."""
    bare = words.strip(_EDGES)
    return f"{bare}." if words.strip(" \t,;:|()[]").endswith(f"{bare}.") and ABBREVIATED.search(flat(bare)) else bare


def _first(words: Iterable[str]) -> str:
    return next(iter(words), "")
