"""Which texts lead to a concept: its labels in both languages and genders, and whatever else people say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from workforce.core.choices import Language
from workforce.core.text import fold
from workforce.skills.choices import AliasKind
from workforce.skills.linker.gender import split_pair

MAX_TEXT = 250


class AliasText(NamedTuple):
    """One text that leads to a concept."""

    lang: str
    text: str
    kind: str


def alias_texts(
    labels: Mapping[str, str], others: Iterable[tuple[str, str]] = (), *, titles: bool = False
) -> dict[tuple[str, str], AliasText]:
    """Return the texts of one concept by (language, folded text); a label wins over another text that folds the same.

    ``labels`` maps a language to its label, ``others`` are (language, text) pairs. With ``titles`` the Spanish ones are
    taken as titles of people, and a gender pair becomes both its forms. Empty texts are left out, and so are those
    longer than 250 letters, folded or not (the caller counts them by ``too_long``).
    """
    kinds = [(lang, text, AliasKind.LABEL) for lang, text in labels.items()]
    kinds += [(lang, text, AliasKind.ALIAS) for lang, text in others]
    texts: dict[tuple[str, str], AliasText] = {}
    for lang, text, kind in kinds:
        forms = split_pair(text) if titles and lang == Language.SPANISH else (" ".join(text.split()),)
        for form in forms:
            norm = fold(form)
            if norm and not too_long(form):
                texts.setdefault((lang, norm), AliasText(lang, form, kind.value))
    return texts


def too_long(text: str) -> bool:
    """Whether ``text`` does not fit an alias, as it is or folded (a ligature may grow)."""
    return len(text) > MAX_TEXT or len(fold(text)) > MAX_TEXT
