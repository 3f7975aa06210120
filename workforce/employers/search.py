"""Search of roles in both languages by one code path on SQLite and PostgreSQL.

Each role keeps three columns of folded tokens (see ``index_role``); a query is the AND of its words, each an OR of what
the word may stand as. At some tens of thousands of roles a scan of these columns is quick enough; past that, FTS5 and
``to_tsvector('simple', ...)`` over the very same columns are the next step.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

import snowballstemmer
from django.db.models import Q

from workforce.core.choices import Language
from workforce.core.text import fold

_WORD = re.compile(r"\w+")
_STEMMER_NAMES = {"es": "spanish", "en": "english"}
SHORT_WORD = 3
MAX_WORDS = 12
# Words that say nothing about a role; both languages together, since a query may mix them.
STOP_WORDS_TEXT = (
    "a al con como de del el en es la las lo los o para por que se sin su un una unas unos y an and as at be by "
    "for from in is it of on or the to with job jobs vacante vacantes empleo empleos trabajo"
)
STOP_WORDS = frozenset(STOP_WORDS_TEXT.split())


@cache
def _stemmer(lang: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(_STEMMER_NAMES[lang])


def words(text: str) -> list[str]:
    """Split ``text`` into lower-case words, accents kept."""
    return _WORD.findall(unicodedata.normalize("NFC", text).casefold())


def stems(word: str, lang: str) -> set[str]:
    """Return the forms under which ``word`` is filed in ``lang``: stemmed with and without its accents."""
    stemmer = _stemmer(lang)
    return {fold(stemmer.stemWord(word)), stemmer.stemWord(fold(word))} - {""}


def tokens(texts: Iterable[str | None], lang: str) -> str:
    """Return the distinct tokens of ``texts``, spaces around each, so that ``" tok"`` finds a beginning."""
    found: dict[str, None] = {}
    for text in texts:
        for word in words(text or ""):
            found[fold(word)] = None
            found.update(dict.fromkeys(sorted(stems(word, lang))))
    found.pop("", None)
    return f" {' '.join(found)} " if found else ""


def query_words(query: str) -> list[str]:
    """Return the words of ``query`` that count, at most ``MAX_WORDS``; all of them when only small words were given."""
    every = words(query)
    telling = [word for word in every if fold(word) not in STOP_WORDS]
    return list(dict.fromkeys(telling or every))[:MAX_WORDS]


def _needle(token: str) -> str:
    """A short token must be a whole word (IT is not the beginning of "item"); a longer one may be a beginning."""
    return f" {token} " if len(token) <= SHORT_WORD else f" {token}"


def _one_word(word: str, columns: dict[str, tuple[str, ...]]) -> Q:
    found = Q()
    for column, langs in columns.items():
        forms = {fold(word)} | {stem for lang in langs for stem in stems(word, lang)}
        for form in sorted(forms - {""}):
            found |= Q(**{f"{column}__contains": _needle(form)})
    return found


def matching(query: str) -> Q:
    """Return the condition that every word of ``query`` stands in a role's text, in either language."""
    columns: dict[str, tuple[str, ...]] = {"search_es": (Language.SPANISH,), "search_en": (Language.ENGLISH,)}
    condition = Q()
    for word in query_words(query):
        condition &= _one_word(word, columns)
    return condition


def titled(query: str) -> Q:
    """Return the condition that every word of ``query`` stands in the role's title or occupation."""
    condition = Q()
    for word in query_words(query):
        condition &= _one_word(word, {"search_title": (Language.SPANISH, Language.ENGLISH)})
    return condition
