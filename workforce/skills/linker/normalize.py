"""One way to break text into words, so that texts of the taxonomy and of people meet."""

from __future__ import annotations

import re
from collections.abc import Container

from workforce.core.text import fold

MAX_CHARS = 300  # a skill or a title is never longer; more is somebody's letter
MAX_WORDS = 24

# Words that carry no skill by themselves in either language.
STOP_WORDS = frozenset(
    """
    a al an and con de del e el en for from in la las lo los o of on or para por sobre the to u un una with y
    """.split()
)
# How people shorten words in vacancies and on forms of the region; written without accents.
ABBREVIATIONS = {
    "admon": "administracion",
    "alm": "almacen",
    "almto": "almacenamiento",
    "aux": "auxiliar",
    "ctrl": "control",
    "elec": "electrico",
    "emb": "embarques",
    "ens": "ensamble",
    "hta": "herramienta",
    "htas": "herramientas",
    "ind": "industrial",
    "ing": "ingeniero",
    "insp": "inspector",
    "lic": "licencia",
    "maint": "maintenance",
    "mant": "mantenimiento",
    "maq": "maquina",
    "mec": "mecanico",
    "mfg": "manufacturing",
    "mgr": "manager",
    "mtto": "mantenimiento",
    "mntto": "mantenimiento",
    "mto": "mantenimiento",
    "op": "operador",
    "oper": "operador",
    "prev": "preventivo",
    "prod": "produccion",
    "prog": "programacion",
    "sup": "supervisor",
    "supv": "supervisor",
    "tec": "tecnico",
    "tech": "technician",
    "eng": "engineer",
}
# Words around a skill in a sentence; dropped only when the words as they stand are not known.
NOISE_WORDS = frozenset(
    """
    ability able advanced amplia amplio ano anos basic basica basico basicos buen buena buenas capacidad conocer
    conocimiento conocimientos deseable desired dominio domino excelente experience experiencia experto familiarity
    good habilidad habilidades indispensable intermedio knowledge manejo minimo necesario nivel preferred
    proficiency proficient requerido required saber se skill skills solid strong understanding usar use using uso
    year years
    """.split()
)

# Beginnings that people part from their word, or not: "re trabajo", "sub-ensamble", "micro alambre".
PREFIXES = frozenset("anti auto co electro foto inter macro micro mini multi pre pro re semi sub super termo".split())
# "5's", "driver's", also with the accents that people type for an apostrophe.
_POSSESSIVE = re.compile(r"(?<=\w)['´`’](?=s\b)", re.IGNORECASE)
_NOT_WORD = re.compile(r"[^a-z0-9+#]+")
_LETTERS_DIGITS = re.compile(r"\b([a-z]{2,})(\d{3,})\b")


def words_of(text: str) -> tuple[str, ...]:
    """Return the folded words of ``text``: no punctuation, "iso9001" parted, abbreviations spelled out.

    ``+`` and ``#`` stay, for C++ and C#. At most 24 words of the first 300 characters.
    """
    short = _POSSESSIVE.sub("", text[:MAX_CHARS])
    folded = _NOT_WORD.sub(" ", short.lower() if short.isascii() else fold(short))
    parted = _LETTERS_DIGITS.sub(r"\1 \2", folded)
    return tuple(ABBREVIATIONS.get(word, word) for word in parted.split()[:MAX_WORDS])


def content_words(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return ``words`` without the small ones that say nothing; all of them if nothing would be left."""
    return tuple(word for word in words if word not in STOP_WORDS) or words


def without_noise(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return ``words`` without those that surround a skill in a sentence; all of them if nothing would be left."""
    return tuple(w for w in words if w not in NOISE_WORDS and w not in STOP_WORDS) or words


def with_prefixes(words: tuple[str, ...], known: Container[str]) -> tuple[str, ...]:
    """Join a beginning that stands apart with its word where ``known`` has the whole: "re trabajo" -> "retrabajo"."""
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] in PREFIXES and joined[-1] + word in known:
            joined[-1] += word
        else:
            joined.append(word)
    return tuple(joined)
