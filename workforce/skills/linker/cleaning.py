"""What people and statistical offices put around a title or a skill, and that says nothing of it."""

from __future__ import annotations

import re

from workforce.core.text import fold
from workforce.skills.linker.gender import split_pair
from workforce.skills.linker.normalize import MAX_CHARS, without_noise, words_of
from workforce.skills.linker.titles import title_forms

_AROUND = re.compile(
    r"[,;]?\s*(?:\ben general\b|\bn\.?\s?[ec]\.?\s?[po]\.?(?=\W|$)|\bno clasificad[oa]s (?:anteriormente|en otra parte"
    r"|bajo otr[oa]s? \w+)|\bnot elsewhere classified\b|\bn\.?\s?e\.?\s?c\.?(?=\W|$)|\ball other\b|\by afines\b"
    r"|\by similares\b|\band related (?:workers?|occupations?)\b|\by trabajador[ea]s asimilados\b)"
)
_ASIDE = re.compile(r"\([^()]*\)")
_EXCEPT = re.compile(r"[,;]?\s*\b(?:except|excepto|a excepcion de)\b.*$")


def label_words(text: str) -> tuple[str, ...]:
    """Words of a text of the taxonomy."""
    return words_of(_plain(fold(text[:MAX_CHARS])))


def query_words(text: str, *, title: bool) -> tuple[str, ...]:
    """Words of what a person wrote; of a title without what stands around it, and of a gender pair one form.

    Empty where nothing is left in Latin letters or digits.
    """
    short = " ".join(text[:MAX_CHARS].split())
    words: tuple[str, ...] = ()
    if title:
        forms = title_forms(_plain(fold(short)))
        words = words_of(forms[min(len(forms) - 1, _stripped(forms))]) if forms else ()
    else:
        words = words_of(_plain(fold(split_pair(short)[0])))
    return words or words_of(short)


def readings(text: str, *, title: bool) -> tuple[tuple[str, ...], ...]:
    """Ways to read a text, the most faithful first; of a skill also without what stands in brackets and around it."""
    words = query_words(text, title=title)
    if title or not words:
        return (words,)
    bare = query_words(_ASIDE.sub(" ", text[:MAX_CHARS]), title=False) or words
    return tuple(dict.fromkeys((words, bare, without_noise(bare))))


def _stripped(forms: tuple[str, ...]) -> int:
    """Which of the forms of a title is the first one read without its surroundings: the shortest of the plain ones."""
    return min(range(len(forms)), key=lambda n: (len(forms[n].split()), n))


def _plain(folded: str) -> str:
    """Drop "en general", "n.e.p.", "except ..." and the like, unless nothing would be left."""
    bare = _EXCEPT.sub("", _AROUND.sub(" ", folded)).strip(" ,;")
    return bare or folded
