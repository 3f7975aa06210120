"""A vacancy pasted as one text, in either language or both: what it says, each with the words it comes from.

Nothing is saved here. The reading fills the form of a role for a person to confirm; what was not understood stays in
it word for word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.utils.translation import gettext_lazy as _

from workforce.core.errors import InvalidInput
from workforce.core.text import fold
from workforce.employers.reading import cells, money
from workforce.employers.reading.language import guess_language, soften
from workforce.employers.reading.needs import ReadSkill, needs_of
from workforce.employers.rules import DESCRIPTION_MAX, MAX_SKILLS
from workforce.imports.cells import read_english, read_shifts
from workforce.skills.extracting import Mention, extract
from workforce.skills.models import Occupation
from workforce.skills.search import link_occupation

MAX_PASTED = DESCRIPTION_MAX  # characters: what fits a role's description, so that no word is lost
MOST_PAY = 10_000_000  # a period, in any currency
TITLE_MAX = 160
TITLE_WORDS = 12
TITLE_LINES = 5  # lines with text among which the title is looked for
ENGLISH = "english"

_PIECE = re.compile(r"(?:(?!,(?!\d{3}\b)|;|\.(?=\s|$)).)+")  # "$3,200" and "S.A." are not parted
_BULLET = re.compile(r"^[\s\-*•·>–¡!¿?()]+|[\s:;,\-–¡!()]+$")
_BEFORE_TITLE = re.compile(
    r"^\W*(?:se (?:solicitan?|buscan?|requieren?|contratan?)|solicit[ao](?:mos)?|buscamos|contratamos|urgen?te?"
    r"|vacantes?"
    r"|puesto(?: vacante)?|(?:now |we are )?hiring|job title|position|wanted|oferta de empleo|t[ií]tulo)\b\s*:?\s*",
    re.IGNORECASE,
)
_AFTER_TITLE = re.compile(
    r"\s*(?:[,|(!•]|\s[-–—]\s|\.\s|\.$|\b(?:(?:1ero?|2do|3ero?|primero?|segundo|tercero?)\s+)?turno\b"
    r"|\b(?:(?:1st|2nd|3rd|first|second|third|day|night)\s+)?shift\b|\b(?:para|urgente|zona)\b).*$",
    re.IGNORECASE,
)
_PAY = re.compile(
    r"[$]\s?\d|\b(?:sueldos?|salarios?|pagamos|pagan|pago|pay|salary|wages?|compensation|usd|mxn)\b.*\d|\d ?(?:k"
    r"|mil)\b.*\b(?:mes|sem)"
)
_SHIFT = re.compile(
    r"\b(?:primer|segundo|tercer|1er|2do|3er|1ro|1o|2o|3o|1st|2nd|3rd|first|second|third|night|day|weekend|evening"
    r"|graveyard"
    r"|rotating|mixed)[ -]?(?:turnos?|shifts?)\b"
    r"|\b(?:turnos?|shifts?)\b[ :]*(?:[\w.º°]+(?: (?:y|o|and|or|/) [\w.º°]+)?)|\b[34] ?x ?[34]\b(?: \w+)?"
    r"|\brolar turnos?\b"
    r"|\b(?:horario|schedule|hours)\b[ :]+.{0,60}|\b(?:lunes|monday) (?:a|to|-) \w+.{0,40}"
)
_OFFERS = re.compile(
    r"\b(?:ofrecemos|se ofrecen?|prestaciones|beneficios|benefits|we offer|vales|fondo de ahorro|comedor|despensa"
    r"|bonos?|bonus"
    r"|401|becas?|scholarship|tuition|seguro|sgmm|insurance|transporte|ruta|shuttle|lo que damos|canteen|savings)\b"
)
_ASKED_OF_PEOPLE = re.compile(r"\b(?:propio|own|requisitos?|experiencia|licencia|manejo|operador|driver|chofer)\b")
_LABEL = re.compile(r"^[^:\n]{1,30}:\s*$")


@dataclass(frozen=True)
class Said:
    """A value that was read, with the words it comes from."""

    value: Any
    words: str


@dataclass
class VacancyReading:
    """What a pasted vacancy says; None and empty lists where it says nothing that was understood."""

    text: str
    language: str
    title: Said | None = None
    occupation: Said | None = None
    skills: list[ReadSkill] = field(default_factory=list)
    not_needed: list[ReadSkill] = field(default_factory=list)
    shifts: Said | None = None
    pay: Said | None = None
    benefits: list[Said] = field(default_factory=list)
    english: Said | None = None
    not_understood: list[str] = field(default_factory=list)


def read_vacancy(text: str, language: str = "es") -> VacancyReading:
    """Read a pasted vacancy; ``language`` is taken where the text does not tell its own.

    Raises InvalidInput (field ``text``) for an empty text and for one of more than ``MAX_PASTED`` characters.
    """
    text = text.replace("\r\n", "\n").replace("\x00", " ").strip()
    if not text:
        raise InvalidInput("empty_text", _("Paste the text of the vacancy."), field="text")
    if len(text) > MAX_PASTED:
        message = _("The text has %(count)s characters; at most %(limit)s can be read. Leave out what is not needed.")
        raise InvalidInput("text_too_long", message % {"count": len(text), "limit": MAX_PASTED}, field="text")
    reading = VacancyReading(text, guess_language(text, language))
    mentions = extract(text)
    used: list[tuple[int, int]] = [(one.start, one.end) for one in mentions]
    used += _title(reading, mentions)
    used += _conditions(reading)
    _english(reading, mentions)
    rows = needs_of(mentions, reading.occupation.value if reading.occupation else None)
    rows = [row for row in rows if not (row.skill.code == ENGLISH and reading.english)]
    reading.skills = [row for row in rows if row.needed][:MAX_SKILLS]
    reading.not_needed = [row for row in rows if not row.needed]
    reading.not_understood = [
        words for start, end, words in _pieces(text) if not any(a < end and start < b for a, b in used)
    ]
    return reading


def _pieces(text: str) -> Iterator[tuple[int, int, str]]:
    """The items of the text between commas, full stops and line ends, without bullets; headings are left out."""
    for found in _PIECE.finditer(text):
        words = _BULLET.sub("", found.group())
        if any(char.isalnum() for char in words) and not _LABEL.match(text[found.start() : found.end()].strip()):
            yield found.start(), found.end(), words


def _title(reading: VacancyReading, mentions: list[Mention]) -> list[tuple[int, int]]:
    """The title stands in the first lines; the occupation is what it means, or else the first one that is named."""
    named = [one for one in mentions if one.kind == "occupation" and not one.negated]
    start, line = _title_line(reading.text, named)
    words = _AFTER_TITLE.sub("", _BEFORE_TITLE.sub("", line)).strip(" *:-–¡!.")
    if not words or len(words.split()) > TITLE_WORDS:
        words = named[0].text if named else ""
    if words:
        reading.title = Said(soften(words)[:TITLE_MAX], line.strip())
    linked = link_occupation(words, reading.language) if words else None
    if linked is not None:
        reading.occupation = Said(linked.occupation, words)
    elif named:
        occupation = Occupation.objects.active().filter(code=named[0].code).first()
        reading.occupation = Said(occupation, named[0].text) if occupation else None
    return [(start, start + len(line))] if words and words in line else []


def _title_line(text: str, named: list[Mention]) -> tuple[int, str]:
    """Of the first lines, the one that names an occupation; else the first that is not "empresa ... solicita:"."""
    lines = [(found.start(), found.group()) for found in islice(re.finditer(r"[^\n]*\S[^\n]*", text), TITLE_LINES)]
    telling = [(start, line) for start, line in lines if any(start <= one.start < start + len(line) for one in named)]
    plain = [(start, line) for start, line in lines if not line.rstrip().endswith(":")]
    return (telling or plain or lines)[0]


def _conditions(reading: VacancyReading) -> Iterator[tuple[int, int]]:
    """Pay, shift and benefits, each from the piece of text that tells it; yields the places used."""
    for start, end, words in _pieces(reading.text):
        folded = fold(words)
        pay = money.read_pay(words) if reading.pay is None and _PAY.search(folded) else None
        if pay is not None and _is_payable(pay):
            reading.pay = Said(pay, words)
            yield start, end
        shift = _SHIFT.search(folded) if reading.shifts is None else None
        shifts = read_shifts(shift.group()) if shift else None
        if shifts:
            reading.shifts = Said(shifts, words)
            yield start, end
        if _OFFERS.search(folded) and not _ASKED_OF_PEOPLE.search(folded):
            known = {said.value for said in reading.benefits}
            found = cells.read_benefits(words)
            reading.benefits += [Said(benefit, words) for benefit in found if benefit not in known]
            if found:
                yield start, end


def _is_payable(pay: money.Pay) -> bool:
    """Whether there is an amount, and none that no field of money could hold."""
    return pay.low is not None and all(
        0 < amount < MOST_PAY for amount in (pay.low, pay.high, pay.bonuses) if amount is not None
    )


def _english(reading: VacancyReading, mentions: list[Mention]) -> None:
    """The level of English that the text asks for; a wish or a denial is no minimum."""
    named = [one for one in mentions if one.code == ENGLISH and not one.negated and one.must is not False]
    for one in named:
        pieces = _pieces(reading.text)
        said = next((words for start, end, words in pieces if start <= one.start < end), one.sentence)
        level, understood = read_english(said)
        if level and understood:
            reading.english = Said(level, said)
            return
