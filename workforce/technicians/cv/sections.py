"""The parts of a CV, by their headings in either language."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from workforce.core.text import fold
from workforce.technicians.cv.text import is_bullet


class Part(StrEnum):
    """What a part of a CV tells."""

    HEAD = "head"
    SUMMARY = "summary"
    JOBS = "jobs"
    STUDIES = "studies"
    COURSES = "courses"
    LANGUAGES = "languages"
    SKILLS = "skills"
    OTHERS = "others"  # references, hobbies, addresses: of other people, or nobody's business


HEADINGS = {
    Part.SUMMARY: (
        "perfil|perfil profesional|perfil laboral|resumen|resumen profesional|objetivo|objetivo profesional|sobre mi"
        "|acerca de mi|extracto|summary|professional summary|profile|objective|career objective|about me"
    ),
    Part.JOBS: (
        "experiencia|experiencia laboral|experiencia profesional|experiencia de trabajo|historial laboral|empleos"
        "|trayectoria|trayectoria laboral|trayectoria profesional|antecedentes laborales|empleos anteriores|experience"
        "|work experience|professional experience|employment|employment history|work history|job history"
    ),
    Part.STUDIES: (
        "educacion|formacion|formacion academica|formacion profesional|escolaridad|estudios|preparacion academica"
        "|datos academicos|historial academico|education|academic background|education and training|studies"
    ),
    Part.COURSES: (
        "cursos|cursos y certificados|cursos y certificaciones|cursos y talleres|cursos y capacitaciones|certificados"
        "|certificaciones|certificados y cursos|constancias|capacitacion|capacitaciones|diplomados|licencias"
        "|cursos tomados|courses|training|certificates|certifications|licenses|licenses and certifications"
        "|certifications and training|training and certifications"
    ),
    Part.LANGUAGES: "idiomas|idioma|lenguas|languages|language skills",
    Part.SKILLS: (
        "habilidades|habilidades y conocimientos|conocimientos|conocimientos y habilidades|competencias|aptitudes"
        "|habilidades tecnicas|conocimientos tecnicos|destrezas|herramientas|software|manejo de equipo|maquinaria"
        "|areas de experiencia|skills|technical skills|skills and abilities|key skills|core competencies|tools"
        "|abilities|computer skills"
    ),
    Part.OTHERS: (
        "referencias|referencias personales|referencias laborales|datos personales|informacion personal|contacto"
        "|pasatiempos|intereses|hobbies|references|personal information|contact|interests|personal data"
    ),
}
_BY_WORDS = {words: part for part, several in HEADINGS.items() for words in several.split("|")}
_LONGEST = 45  # letters: a longer line is no heading
_EDGES = re.compile(r"^[\W\d_]+|[\W_]+$")


@dataclass(frozen=True)
class Line:
    """A line and where it begins in the text."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


@dataclass
class Section:
    """Lines under one heading, blank ones left out."""

    part: Part
    lines: list[Line] = field(default_factory=list)


def sections_of(text: str) -> list[Section]:
    """Return the sections of a tidy text in its order; what stands before the first heading is the head."""
    sections = [Section(Part.HEAD)]
    start = 0
    for raw in text.split("\n"):
        line, start = Line(raw, start), start + len(raw) + 1
        part, rest = _heading(line)
        if part is not None:
            sections.append(Section(part))
        if rest is not None and rest.text.strip():
            sections[-1].lines.append(rest)
    return sections


def lines_of(sections: list[Section], *parts: Part) -> list[Line]:
    """Return the lines of all sections of these parts."""
    return [line for section in sections if section.part in parts for line in section.lines]


def part_at(sections: list[Section], place: int) -> Part:
    """Return in which part a place of the text lies."""
    for section in sections:
        if any(line.start <= place < line.end for line in section.lines):
            return section.part
    return Part.HEAD


def _heading(line: Line) -> tuple[Part | None, Line | None]:
    """Return the part that a line opens (None: it opens none), and what it says besides."""
    if is_bullet(line.text):
        return None, line
    words = fold(_EDGES.sub("", line.text))
    if len(line.text) <= _LONGEST and words in _BY_WORDS:
        return _BY_WORDS[words], None
    before, colon, after = line.text.partition(":")
    if colon and len(before) <= _LONGEST and (part := _BY_WORDS.get(fold(_EDGES.sub("", before)))):
        return part, Line(after.strip(), line.start + line.text.index(after.strip(), len(before)))
    if len(line.text) <= _LONGEST and line.text.isupper():
        for known in sorted(_BY_WORDS, key=len, reverse=True):
            if re.match(rf"{known}\b", words):
                return _BY_WORDS[known], None
    return None, line
