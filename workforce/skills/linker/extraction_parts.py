"""What each part of a vacancy or a CV is about, by its headings: what is asked, wished, done, offered, or none of it.

All texts here are folded (``extraction_flat``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

MUST, WISH, DUTY, SKIP, OPEN = "must", "wish", "duty", "skip", "open"

_HEADINGS = (
    (
        WISH,
        r"(?:requisitos |conocimientos |habilidades )?(?:deseables?|preferibles?)|no indispensables?|plus(?:es)?"
        r"|ventajas?"
        r"|nice[ -]to[ -]haves?|preferred(?: qualifications| skills| experience)?|desired(?: skills)?|a plus"
        r"|bonus points"
        r"|se valora(?:ra)?|de preferencia|would be nice",
    ),
    (
        MUST,
        r"requisitos?(?: del puesto| indispensables?| minimos?)?|requerimientos?|req(?:s|uerido)?"
        r"|(?:lo )?que (?:pedimos|buscamos)"
        r"|lo que (?:necesitas|buscamos|pedimos)|perfil(?: requerido| del puesto| solicitado)?|indispensables?"
        r"|conocimientos?"
        r"(?: requeridos| en| y habilidades)?|habilidades(?: requeridas)?|competencias|experiencia(?: requerida"
        r"| minima)?|exp"
        r"|(?:minimum |job |basic |key )?requirements?|required(?: skills| qualifications| experience)?|must[ -]haves?"
        r"|qualifications?|(?:minimum |basic )qualifications|what you(?:'ll)? (?:bring|need)|what we (?:need"
        r"|are looking for)"
        r"|you (?:have|bring)|skills(?: required| needed)?|experience(?: required)?|knowledge|se requiere"
        r"|se solicita|te pedimos",
    ),
    (
        DUTY,
        r"(?:principales )?(?:actividades|funciones|responsabilidades|tareas)(?: principales| a realizar| del puesto"
        r"| diarias)?"
        r"|descripcion(?: del puesto| de la vacante)?|lo que haras|que haras|dia a dia|objetivo del puesto"
        r"|(?:key |main |essential )?(?:duties|responsibilities|functions|activities|tasks)(?: and responsibilities)?"
        r"|what you(?:'ll| will)? do|job (?:description|summary|duties)|the (?:role|job)|you will|day to day",
    ),
    (
        SKIP,
        r"(?:que )?(?:te )?ofrecemos|se ofrece|lo que (?:damos|ofrecemos)|prestaciones|beneficios|compensaciones?"
        r"|sueldo"
        r"|(?:what )?we offer|benefits|perks|pay(?: and benefits)?|compensation(?: and benefits)?|what you get"
        r"|why (?:work|join)"
        r"|quienes somos|(?:sobre|acerca de) (?:nosotros|la empresa)|nuestra empresa|la empresa|about (?:us"
        r"|the company)"
        r"|who we are|proceso de seleccion|como (?:aplicar|postularse)|interesados|informes|contacto|how to apply"
        r"|to apply"
        r"|hiring process|equal opportunity|eeo|igualdad(?: laboral)?|pasatiempos|hobbies|intereses|interests|domicilio"
        r"|direccion|ubicacion|location|address|referencias|references|fecha de nacimiento|estado civil|se ofrecen",
    ),
    (
        OPEN,
        r"experiencia (?:laboral|profesional)|(?:work |professional )?(?:history|experience)|employment(?: history)?"
        r"|empleos?"
        r"|trayectoria|formacion(?: academica)?|estudios|escolaridad|educacion|education|cursos?|courses|constancias"
        r"|certificaciones|certificados|certifications?|idiomas?|languages?|software|computacion"
        r"|(?:core )?competencies|resumen"
        r"|summary|profile|perfil profesional|objetivo|objective|otros|other|puesto(?: deseado)?|lo que hago|licencias",
    ),
)
_NAMED = re.compile(
    r"(?:^|(?<=[.;!?] ))[ \t]*(?:[-*•·>#]+[ \t]*)?(?:"
    + "|".join(f"(?P<{role}>{pattern})" for role, pattern in _HEADINGS)
    + r")[ \t]*(?::|[-–—][ \t]|(?=[ \t]*$))",
    re.MULTILINE,
)
# Offers are often a sentence and no heading.
_OFFER = re.compile(
    r"\b(?:(?:te |les )?ofrecemos|se ofrecen?|we offer|contamos con (?:transporte|comedor|ruta)|la planta cuenta con"
    r"|benefits include|prestaciones (?:de ley|superiores)|aqui te ensenamos)\b[^\n]*"
)
_MAKES = re.compile(
    r"(?:^|(?<=[.!?] ))[^.!?\n]*\b(?:fabricamos|somos una|empresa (?:lider|dedicada|con \d+)|(?:designs|builds"
    r"|manufactures|"
    r"produces) (?:and |[a-z-]+ )|is a leading|we are a)\b[^.!?\n]*",
    re.MULTILINE,
)
_PLACE = re.compile(
    r"\b(?:calle|av\.|avenida|blvd\.?|bulevar|boulevard|carretera|col\.|colonia|fracc\.?|fraccionamiento"
    r"|parque industrial"
    r"|prol\.|privada)[ \t]+[^,.;\n]{1,40}"
    r"|\b\d{1,5}(?:[ \t]{1,3}[a-z]{1,20}){1,3}[ \t]{1,3}(?:st|street|ave|avenue|rd"
    r"|road|dr|drive|blvd|ct|court|way|ln|lane|hwy)\b"
    r"|(?<![^\s@])[^\s@]{1,64}@[^\s@]{1,100}|\b(?:https?://|www\.)\S+"
)
_FIRM = re.compile(
    r"(?:^|(?<=[\n.;:(|]))[^\n.;:(|,]{0,60},?[ \t]+(?:s\.? ?a\.?(?: ?de ?c\.? ?v\.?|p\.? ?i\.?)|s\.? de r\.? ?l\.?"
    r"|inc|llc|corp|ltd)\b"
)
_AMENITY = re.compile(
    r"\b(?:gafetes?|badges?|estacionamiento|parking|gimnasio|gym|gratis|free|guarderia|daycare|reembolso)\b"
)
_BETWEEN = re.compile(r"[,;\n]|\.(?=\s|$)")
_SHORT_LINE = 6  # words of a line that may be a heading we do not know
_BULLET = re.compile(r"[ \t]*(?:[-*•·>–]|\d+[.)])")


class Part(NamedTuple):
    """From ``start`` to ``end`` the text is about ``role``."""

    start: int
    end: int
    role: str


def parts_of(text: str) -> list[Part]:
    """Part a folded text by its headings; together the parts cover it."""
    marks = sorted([*_headings(text), *_unknown_headings(text)], key=lambda mark: (mark[0], mark[1] == OPEN))
    parts: list[Part] = []
    at, role = 0, OPEN
    for n, (start, named, lasting) in enumerate(marks):
        if start < at or (n and start == marks[n - 1][0]):
            continue
        parts.append(Part(at, start, role))
        at, role = start, named
        following = next((mark[0] for mark in marks[n + 1 : n + 3] if mark[0] > start), len(text))
        end = following if lasting else text.find("\n\n", start)
        if 0 < end < following:
            parts.append(Part(at, end, role))
            at, role = end, OPEN
    parts.append(Part(at, len(text), role))
    return [part for part in parts if part.start < part.end]


def _headings(text: str) -> Iterator[tuple[int, str, bool]]:
    """Where a part begins, what it is about, and whether it lasts beyond an empty line (its heading has its own)."""
    for found in _NAMED.finditer(text):
        rest = re.compile(r"[ \t]*(?:$|\n)").match(text, found.end())
        yield found.start(), str(found.lastgroup), rest is not None


def _unknown_headings(text: str) -> Iterator[tuple[int, str, bool]]:
    """Short lines after an empty one, with text under them: whatever they head, the part before has ended."""
    at, empty = 0, False
    lines = text.split("\n")
    for n, line in enumerate(lines):
        words = line.split()
        under = n + 1 < len(lines) and lines[n + 1].strip()
        if (
            empty
            and under
            and 0 < len(words) <= _SHORT_LINE
            and not _BULLET.match(line)
            and line.rstrip()[-1] not in ".,;"
        ):
            yield at, OPEN, True
        empty = not words
        at += len(line) + 1


def skipped(text: str) -> list[tuple[int, int]]:
    """Return the stretches that name no skill whatever stands there: addresses, firms, what is offered."""
    spans = [found.span() for pattern in (_OFFER, _MAKES, _PLACE, _FIRM) for found in pattern.finditer(text)]
    spans += [found.span() for found in _NAMED.finditer(text) if found.lastgroup != OPEN]
    spans += _employers(text)
    for found in _AMENITY.finditer(text):
        before = [mark.end() for mark in _BETWEEN.finditer(text, max(0, found.start() - 120), found.start())]
        after = _BETWEEN.search(text, found.end(), found.end() + 120)
        spans.append((before[-1] if before else max(0, found.start() - 120), after.start() if after else found.end()))
    return sorted(spans)


def _employers(text: str) -> Iterator[tuple[int, int]]:
    """Names of firms in lines that head a job, beside title and years: "Plásticos Médanos, técnico, 2019-2022"."""
    for line in _JOB_LINE.finditer(text):
        dates = _DATES.search(line.group())
        if not dates:
            continue
        head_end = len(line.group()) if dates.start() < _DATE_FIRST else dates.end()
        items = list(islice(_JOB_ITEM.finditer(line.group(), 0, head_end), 4))
        titles = [item for item in items if _TITLE.search(item.group())]
        if titles:
            yield from (
                (line.start() + item.start(), line.start() + item.end()) for item in items if item not in titles
            )


_JOB_LINE = re.compile(r"[^\n]{6,400}")
_DATES = re.compile(r"\b(?:19|20)\d\d ?[-–a] ?(?:(?:19|20)\d\d|a la fecha|now|present|actual\w*)")
_DATE_FIRST = 4  # characters before a date at the head of its line
_JOB_ITEM = re.compile(r"[^,.|—(]+")
_TITLE = re.compile(
    r"\b(?:operador|tecnic|auxiliar|gerente|supervisor|ingenier|ejecutiv|montacarguista|almacenista|jef[ea]|lider"
    r"|soldador"
    r"|inspector|analista|coordinador|asistente|chofer|mecanic|electricista|ayudante|capturista|comprador|planeador"
    r"|entrenador"
    r"|driver|technician|engineer|manager|supervisor|lead|clerk|handler|coordinator|assistant|welder|machinist"
    r"|planner|buyer"
    r"|operator|assembler|maker|specialist|administrator|mechanic|electrician|foreman|trainer|analyst|associate|worker)"
)

_OF_A_PERSON = re.compile(
    r"\b(?:curriculum|cv|resume|work history|employment|experiencia laboral|references|tengo|soy|he trabajado|trabaje"
    r"|llevo|busco (?:trabajo|empleo)|puesto deseado|empresa actual|pasatiempos|estudios|my|i am|i have|formacion)\b"
    r"|\b(?:19|20)\d\d ?[-–a] ?(?:(?:19|20)\d\d|a la fecha|now|present|actual)"
)
_OF_A_VACANCY = re.compile(
    r"\b(?:solicit(?:a|amos|o)|buscamos|busca|vacantes?|requisitos?|req|ofrecemos|sueldo|salario|pagamos"
    r"|requirements|required"
    r"|we offer|hiring|responsibilities|apply|benefits|pay|actividades|turno|shift|you will|interesados|prestaciones"
    r"|must)\b"
)


def tells_of_a_person(text: str) -> bool:
    """Whether a folded text rather is a CV than a vacancy."""
    head = text[:20_000]
    return len(_OF_A_PERSON.findall(head)) > len(_OF_A_VACANCY.findall(head))


@dataclass(frozen=True)
class Outline:
    """How a folded text is built: its parts, what is to be passed over, and whether it tells of a person."""

    parts: list[Part]
    starts: list[int]
    passed: list[tuple[int, int]]
    of_a_person: bool

    @classmethod
    def of(cls, text: str) -> Outline:
        """Read the outline of a folded text."""
        parts = parts_of(text)
        passed = [(part.start, part.end) for part in parts if part.role == SKIP]
        return cls(parts, [part.start for part in parts], _merged([*passed, *skipped(text)]), tells_of_a_person(text))

    def role_at(self, place: int) -> str:
        """What the text is about at ``place``."""
        return self.parts[bisect_right(self.starts, place) - 1].role

    def skips(self, start: int, end: int) -> bool:
        """Whether words from ``start`` to ``end`` stand where nothing counts."""
        at = bisect_right(self.passed, (start, end)) - 1
        return any(a < end and start < b for a, b in self.passed[max(at, 0) : at + 2])


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
