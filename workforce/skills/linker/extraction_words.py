"""Words of running text with their places, and what is left of a word without number, gender or its ending."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from workforce.skills.linker.normalize import words_of

_MARKS = "\u0300-\u036f"  # combining accents: "e" and "´" typed apart are one letter
_TOKEN = re.compile(rf"(?:[^\W_][{_MARKS}]*)+(?:['´`’]s\b)?[+#]*")
LONGEST_WORD = 40  # letters; more is no word of any language here
_BRITISH = re.compile(r"mould|colour|labour|metre\b")
_VOWEL = re.compile("[aeiou]")  # "does" is no plural of DOE; "vfds" is one of VFD
_AMERICAN = {"mould": "mold", "colour": "color", "labour": "labor", "metre": "meter"}
# Endings of families of words (soldar, soldadura, soldadora; program, programming), the longest first.
_ENDINGS = tuple(
    sorted(
        """
        acion icion ucion cion ador edor idor adur edur amient imient ad id ar er ir and iend ation ition ing ed ment or
        """.split(),
        key=lambda ending: (-len(ending), ending),
    )
)
SHORTEST_ROOT = 4
_ALONE = frozenset({"customer", "custom"})  # look like a family and are none


class Token(NamedTuple):
    """A word of a text: where it stands, and its folded words ("ISO9001" is two; an abbreviation is spelled out)."""

    start: int
    end: int
    words: tuple[str, ...]


def tokens_of(text: str) -> list[Token]:
    """Return the words of ``text`` with their places; what is too long to be a word counts as one without meaning."""
    return [
        Token(found.start(), found.end(), _words(found.group()) if found.end() - found.start() <= LONGEST_WORD else ())
        for found in _TOKEN.finditer(text)
    ]


@lru_cache(maxsize=20_000)
def _words(surface: str) -> tuple[str, ...]:
    return words_of(surface)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return ``word`` (folded) without plural and gender, alike in both languages: "moldes", "molds" -> "mold"."""
    if _BRITISH.search(word):
        word = _BRITISH.sub(lambda found: _AMERICAN[found.group()], word)
    if len(word) <= 3 or not word.isalpha():
        return word
    if word.endswith("ies"):
        word = word[:-3] + "y"
    elif word.endswith("es") and len(word) > 5 and word[-3] not in "aeiou":
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")) and (len(word) > 4 or not _VOWEL.search(word)):
        word = word[:-1]
    if len(word) >= 5 and (word[-1] == "e" or (len(word) > 5 and word[-1] in "aoy")):  # "planos" is no plural of "plan"
        word = word[:-1]
    return word


@lru_cache(maxsize=20_000)
def root(word: str) -> str:
    """Return what a family of words shares: "soldadora", "soldar" and "soldadura" -> "sold"; coarser than ``stem``."""
    bare = stem(word)
    if not bare.isalpha() or bare in _ALONE:
        return bare
    for _again in range(2):
        ending = next((e for e in _ENDINGS if bare.endswith(e) and len(bare) - len(e) >= SHORTEST_ROOT), "")
        if not ending:
            break
        bare = bare.removesuffix(ending)
    if len(bare) > SHORTEST_ROOT and bare[-1] == bare[-2]:  # programming, program
        bare = bare[:-1]
    return bare
