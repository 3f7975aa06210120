"""Which column holds what: headings in either language, as spreadsheets of the region name them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workforce.core.text import fold

_NOT_WORD = re.compile(r"[^a-z0-9#]+")

HEADINGS: dict[str, tuple[str, ...]] = {
    "title": (
        "puesto",
        "titulo",
        "vacante",
        "nombre del puesto",
        "nombre de la vacante",
        "perfil",
        "cargo",
        "position",
        "job title",
        "title",
        "job",
        "role",
        "vacancy",
        "posicion",
        "position title",
    ),
    "title_es": ("puesto es", "titulo es", "title es", "title spanish", "puesto en espanol", "titulo en espanol"),
    "title_en": ("puesto en", "titulo en", "title en", "title english", "puesto en ingles", "titulo en ingles"),
    "description": (
        "descripcion",
        "actividades",
        "funciones",
        "responsabilidades",
        "descripcion del puesto",
        "actividades a realizar",
        "description",
        "duties",
        "responsibilities",
        "job description",
        "detalle",
        "details",
    ),
    "description_es": ("descripcion es", "description es", "descripcion en espanol"),
    "description_en": ("descripcion en", "description en", "descripcion en ingles"),
    "skills": (
        "habilidades",
        "requisitos",
        "requerimientos",
        "conocimientos",
        "competencias",
        "skills",
        "requirements",
        "skill",
        "required skills",
        "experiencia",
        "experience",
        "habilidades requeridas",
        "requisitos y habilidades",
    ),
    "shifts": ("turno", "turnos", "horario", "shift", "shifts", "schedule", "jornada"),
    "pay": (
        "sueldo",
        "salario",
        "pago",
        "sueldo base",
        "sueldo semanal",
        "salario semanal",
        "pay",
        "salary",
        "wage",
        "wages",
        "pay rate",
        "compensation",
        "rate",
        "ofrecemos sueldo",
    ),
    "pay_period": ("periodo", "periodo de pago", "frecuencia", "frecuencia de pago", "pay period", "per"),
    "currency": ("moneda", "currency", "divisa"),
    "bonuses": ("bono", "bonos", "bonus", "bonuses", "incentivos"),
    "benefits": ("prestaciones", "beneficios", "benefits", "ofrecemos"),
    "openings": (
        "vacantes",
        "plazas",
        "cantidad",
        "no vacantes",
        "num vacantes",
        "numero de vacantes",
        "# vacantes",
        "# de vacantes",
        "openings",
        "headcount",
        "hc",
        "qty",
        "positions",
        "no de vacantes",
        "# openings",
        "number of openings",
    ),
    "hours": ("horas", "horas semanales", "hours", "hours per week", "weekly hours", "hrs", "hrs semana"),
    "contract": ("contrato", "tipo de contrato", "contratacion", "contract", "contract type", "employment type"),
    "english": ("ingles", "nivel de ingles", "english", "english level", "idiomas", "ingles requerido"),
    "starts_on": ("inicio", "fecha de inicio", "ingreso", "fecha de ingreso", "start", "start date", "starts"),
    "closes_at": (
        "cierre",
        "fecha de cierre",
        "fecha limite",
        "vigencia",
        "vence",
        "closes",
        "closing date",
        "deadline",
        "expires",
        "close date",
    ),
    "external_ref": (
        "folio",
        "referencia",
        "ref",
        "id",
        "clave",
        "requisicion",
        "no requisicion",
        "num requisicion",
        "reference",
        "req",
        "req #",
        "requisition",
        "req id",
        "external ref",
        "# req",
        "job id",
    ),
    "plant": ("planta", "plant", "site", "sitio", "ubicacion", "location", "plant name"),
    "credentials": (
        "certificados",
        "certificaciones",
        "constancias",
        "licencias",
        "certificates",
        "certifications",
        "licenses",
    ),
    "language": ("idioma", "idioma del anuncio", "language", "lang", "escrito en"),
    "us_work": (
        "permiso eeuu",
        "permiso de trabajo eeuu",
        "us work",
        "work authorization",
        "us work authorization",
        "permiso usa",
    ),
}
_FIELD_OF = {fold(name): field for field, names in HEADINGS.items() for name in names}


def _plain(heading: str) -> str:
    return _NOT_WORD.sub(" ", fold(heading)).strip()


def field_of(heading: str) -> str | None:
    """Return the field that a heading names, or None; "Puesto / Position" and "SUELDO SEM." are understood."""
    plain = _plain(heading)
    if plain in _FIELD_OF:
        return _FIELD_OF[plain]
    parts = [_FIELD_OF.get(_plain(part)) for part in re.split(r"[/|()\n-]", heading)]
    if found := next((part for part in parts if part), None):
        return found
    words = plain.split()
    return next(
        (_FIELD_OF[" ".join(words[:n])] for n in range(len(words) - 1, 0, -1) if " ".join(words[:n]) in _FIELD_OF), None
    )


def map_columns(headings: Sequence[str]) -> tuple[dict[str, int], list[str]]:
    """Return which column holds which field (the first one wins), and the headings that say nothing to us."""
    columns: dict[str, int] = {}
    unknown = []
    for number, heading in enumerate(headings):
        field = field_of(heading)
        if field is None or field in columns:
            unknown.append(heading)
        else:
            columns[field] = number
    return columns, [heading for heading in unknown if heading]
