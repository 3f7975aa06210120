"""What somebody has studied: the kind of school that was finished, the subject, where and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from workforce.technicians.cv.dates import Period, find_period, flat
from workforce.technicians.cv.sections import Line
from workforce.technicians.cv.text import MARK

# The higher first: "Licenciatura en Educación Primaria" is a degree.
DEGREES = (
    ("postgraduate", r"maestria|doctorado|posgrado|especialidad|master(?:'?s)?\b|mba|phd|doctorate"),
    ("tsu", r"t\.?\s?s\.?\s?u\b\.?|tecnico superior|profesional asociado|associate"),
    ("degree", r"licenciatura|lic\.|ingenieria|ing\.|ingenier[oa]\b|bachelor|universidad trunca"),
    (
        "technician",
        r"profesional tecnico|tecnico profesional|carrera tecnica|carrera corta|tecnic[oa] en|conalep|cecati",
    ),
    ("high_school", r"bachillerato|preparatoria|prepa\b|cbtis|cetis|cobach|high school|\bged\b|cbta"),
    ("secondary", r"secundaria|middle school|telesecundaria"),
    ("primary", r"primaria|elementary school"),
)
SCHOOLS = re.compile(
    r"\b(?:universidad|instituto|tecnologico|colegio|escuela|centro|conalep|cecati|cenaltec|cbtis|cetis|cobach|uacj|utcj"
    r"|itcj|utep|epcc|university|college|school|institute|academia|academy)\b"
)
_BETWEEN = re.compile(r"\t|\s+[|–—·-]\s+|,\s+|\s*[|]\s*")
_EDGES = " \t,;:|.-–—·()"
_YEAR = re.compile(r"\b(?:19[5-9]\d|20\d\d)\b")


@dataclass(frozen=True)
class Study:
    """One study; ``period`` None where no dates are given."""

    degree: str
    title: str
    school: str
    period: Period | None
    sentence: str


def studies_of(lines: Sequence[Line], today: date) -> list[Study]:
    """Return the studies that lines under a heading of studies name."""
    found: list[Study] = []
    degrees = {n: degree for n, line in enumerate(lines) if (degree := degree_in(line.text))}
    for n, degree in degrees.items():
        near = lines[n + 1 : n + 3]
        until = next((m for m, line in enumerate(near) if n + 1 + m in degrees), len(near))
        own = [lines[n], *near[:until]]
        dated = next((period for line in own if (period := find_period(line.text, today))), None)
        title = _title(lines[n].text, dated if find_period(lines[n].text, today) else None)
        pieces = [piece.strip(_EDGES) for line in own for piece in _BETWEEN.split(line.text.removeprefix(MARK))]
        school = next((piece for piece in pieces if SCHOOLS.search(flat(piece)) and piece not in title), "")
        sentence = " · ".join(line.text.removeprefix(MARK).replace("\t", " ") for line in own[:2])
        found.append(Study(degree, title[:160], _YEAR.sub("", school).strip(_EDGES)[:160], dated, sentence))
    return found


def degree_in(text: str) -> str:
    """Return the kind of study that a line names, or nothing."""
    plain = flat(text)
    return next((degree for degree, words in DEGREES if re.search(rf"(?:^|\W)(?:{words})", plain)), "")


def _title(text: str, period: Period | None) -> str:
    """The first thing that the line names, without its dates."""
    if period is not None:
        text = text[: period.span[0]] + text[period.span[1] :]
    pieces = [piece.strip(_EDGES) for piece in _BETWEEN.split(text.removeprefix(MARK))]
    named = [piece for piece in pieces if degree_in(piece)] or pieces
    return _YEAR.sub("", named[0]).strip(_EDGES)
