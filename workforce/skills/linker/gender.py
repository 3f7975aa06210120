"""Spanish titles come in gender pairs; each pair is two full titles of one occupation."""

from __future__ import annotations

import re

from workforce.core.text import fold

_FEMININE = ("a", "as", "triz")
MAX_ENDING = 4  # letters by which the two forms may differ at their ends
_SUFFIX = re.compile(r"(?P<word>[^\W\d_]{3,})(?:\s?[/(]-?(?P<end>as|os|a|o|esa|ra)\b\)?|@)", re.IGNORECASE)
_ACCENTED_ENDS = {"án": "an", "én": "en", "ín": "in", "ón": "on", "ún": "un", "és": "es", "ás": "as"}


def split_pair(title: str) -> tuple[str, ...]:
    """Return the full forms of a Spanish title: two for a gender pair, else the title as it is.

    Understood: "Soldador/Soldadora de planta", "operador de puentes/operadora de puentes", "director técnico/directora
    técnica", "auxiliar administrativo/administrativa", and the short ones "Soldador/a", "Técnico(a) en robótica".
    A slash between two different things ("MIG/MAG") is left alone.
    """
    text = " ".join(title.split()).strip(" /")
    for at, char in enumerate(text):
        if char != "/":
            continue
        forms = _forms(text[:at].split(), text[at + 1 :].split())
        if forms:
            return forms
    return _short_forms(text)


def _forms(left: list[str], right: list[str]) -> tuple[str, ...]:
    """Return both forms when ``right`` begins with the other form of words of ``left``; else nothing."""
    if not left or not right:
        return ()
    if fold(" ".join(left)) == fold(" ".join(right)):  # one form for everybody, written twice
        return (" ".join(left),)
    if _mirror(left, right):  # each side has at least the gendered head; the words shared stand at the right
        return " ".join([*left, *right[len(left) :]]), " ".join(right)
    if is_pair(left[-1], right[0]):  # "auxiliar administrativo/administrativa de planta"
        return " ".join([*left, *right[1:]]), " ".join([*left[:-1], *right])
    if len(left) > 1 and len(right) > 1 and is_pair(left[0], right[0]):  # both complete, worded a little differently
        return " ".join(left), " ".join(right)
    return ()


def _mirror(left: list[str], right: list[str]) -> bool:
    """Whether ``right`` begins with ``left``, word by word the same or its other form, the first one a pair."""
    if len(right) < len(left) or not any(is_pair(a, b) for a, b in zip(left, right, strict=False)):
        return False
    return all(fold(a) == fold(b) or is_pair(a, b) for a, b in zip(left, right, strict=False))


def is_pair(one: str, other: str) -> bool:
    """Whether two words are the masculine and the feminine form of each other."""
    a, b = fold(one), fold(other)
    if a == b or min(len(a), len(b)) < 3:
        return False
    same = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    ends = a[same:], b[same:]
    if same < 2 or same < min(len(a), len(b)) - 3 or max(map(len, ends)) > MAX_ENDING:
        return False
    return a.endswith(_FEMININE) != b.endswith(_FEMININE)


def _short_forms(text: str) -> tuple[str, ...]:
    """Spell out "Soldador/a", "Técnico(a)", "Operador@": both forms, or the text when there is none."""
    if not _SUFFIX.search(text):
        return (text,)
    first = _SUFFIX.sub(lambda m: m["word"], text)
    second = _SUFFIX.sub(lambda m: other_form(m["word"]), text)
    return (first,) if first == second else (first, second)


def other_form(word: str) -> str:
    """Return the other gender's form of a Spanish word for a person, by its ending."""
    low = word.lower()
    if low.endswith("ora"):
        return word[:-1]
    if low.endswith("a"):
        return word[:-1] + "o"
    if low.endswith("os"):
        return word[:-2] + "as"
    if low.endswith("as"):
        return word[:-2] + "os"
    if low.endswith(("o", "e")):
        return word[:-1] + "a"
    if low[-2:] in _ACCENTED_ENDS:
        return word[:-2] + _ACCENTED_ENDS[low[-2:]] + "a"
    return word + "a"
