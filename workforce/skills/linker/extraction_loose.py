"""Names whose words stand apart, in another order or in another form: "mantenimiento a prensas hidráulicas".

A name of several words is looked for by its rarest root. All its roots must stand near each other in one sentence;
words of a list may stand between ("mantenimiento preventivo y correctivo", "inspección visual y dimensional").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from workforce.skills.linker.extraction_names import LONGEST, TRUST, Key, Name, readings
from workforce.skills.linker.extraction_words import root
from workforce.skills.linker.normalize import NOISE_WORDS, STOP_WORDS

LOOSE = 0.75  # times the trust of the name
REORDERED = 0.95
STRAY = 0.93  # for each foreign word in between
MOST_STRAY = 2
ENOUGH = 0.62
MOST_TRIED = 80  # names looked at for one word


class Word(NamedTuple):
    """A word of a sentence that carries meaning: its root, its place among the tokens, the list item it stands in."""

    root: str
    token: int
    item: int
    free: bool  # no name claims it yet


class Loose(NamedTuple):
    """A name found loosely, from token ``first`` to token ``last``, resting on the tokens ``on``."""

    code: str
    first: int
    last: int
    on: tuple[int, ...]
    sure: float


@dataclass(frozen=True)
class _Bag:
    code: str
    roots: Key
    trust: float


class LooseNames:
    """Names of several words of one kind of concept, by their rarest root."""

    def __init__(self, names: Iterable[Name]) -> None:
        bags: dict[Key, dict[str, float]] = {}
        for name in names:
            for words, how in readings(name):
                roots = tuple(dict.fromkeys(root(word) for word in words if word not in STOP_WORDS))
                if len(roots) >= 2 and len(words) <= LONGEST and not all(word in NOISE_WORDS for word in words):
                    codes = bags.setdefault(roots, {})
                    codes[name.code] = max(codes.get(name.code, 0.0), TRUST[how])
        owners: dict[Key, set[str]] = {}
        for roots, codes in bags.items():
            owners.setdefault(tuple(sorted(roots)), set()).update(codes)
        often = Counter(each for roots in bags for each in roots)
        self._anchored: dict[str, list[_Bag]] = {}
        for roots, codes in bags.items():
            if len(owners[tuple(sorted(roots))]) == 1:  # the same words for two concepts mean neither
                [(code, trust)] = codes.items()
                anchor = min(roots, key=lambda each: (often[each], each))
                self._anchored.setdefault(anchor, []).append(_Bag(code, roots, trust))
        for found in self._anchored.values():
            found.sort(key=lambda bag: (-len(bag.roots), -bag.trust, bag.code, bag.roots))
            del found[MOST_TRIED:]

    def find(self, words: Sequence[Word]) -> list[Loose]:
        """Return what the words of one sentence name, the surest first; no free word serves two names."""
        found = [
            loose
            for at, word in enumerate(words)
            for bag in self._anchored.get(word.root, ())
            if (loose := _match(bag, words, at)) is not None
        ]
        found.sort(key=lambda loose: (-len(loose.on), -loose.sure, loose.first, loose.code))
        free = {word.token for word in words if word.free}
        chosen: dict[str, Loose] = {}
        for loose in found:
            if loose.code not in chosen and free.intersection(loose.on):
                chosen[loose.code] = loose
                free.difference_update(loose.on)
        return list(chosen.values())


def _match(bag: _Bag, words: Sequence[Word], at: int) -> Loose | None:
    """Find the other roots around the anchor at ``at``; None when one is missing or too much stands between."""
    reach = len(bag.roots) + MOST_STRAY
    low, high = max(0, at - reach), min(len(words), at + reach + 1)
    places = [at]
    for wanted in bag.roots:
        if wanted == words[at].root:
            continue
        near = [n for n in range(low, high) if words[n].root == wanted and n not in places]
        if not near:
            return None
        places.append(min(near, key=lambda n: (abs(n - at), n)))
    first, last = min(places), max(places)
    inside = [n for n in range(first, last + 1) if n not in places]
    stray = len(inside)
    listed = words[first].item != words[last].item
    if stray > MOST_STRAY or (listed and not inside):
        return None
    in_order = [words[n].root for n in sorted(places)] == list(bag.roots)
    sure = bag.trust * LOOSE * STRAY**stray * (1 if in_order else REORDERED)
    if sure < ENOUGH:
        return None
    tokens = tuple(sorted(words[n].token for n in places))
    return Loose(bag.code, tokens[0], tokens[-1], tokens, sure)
