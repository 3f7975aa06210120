"""Hard limits as bits: what a role needs against what a technician has."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from matching.engine.constants import BoolArray, UInt64Array

WORD_BITS = 64
Mode = Literal["any", "all"]


@dataclass(frozen=True)
class LimitSpec:
    """One limit: its name, how need and has are compared, and how many 64-bit words it takes.

    ``any``: failed iff the role needs something and the technician has none of it (shifts: one in common is enough).
    ``all``: failed iff the role needs a bit that the technician has not (credentials: every one of them).
    """

    name: str
    mode: Mode
    words: int = 1

    def __post_init__(self) -> None:
        if self.mode not in ("any", "all"):
            raise ValueError(f"limit {self.name!r}: mode must be 'any' or 'all', not {self.mode!r}")
        if self.words < 1:
            raise ValueError(f"limit {self.name!r}: needs at least one word")


@dataclass(frozen=True)
class Limits:
    """An ordered set of limits and the layout of their words side by side: column ``offset`` to ``offset + words``."""

    specs: tuple[LimitSpec, ...] = ()

    def __post_init__(self) -> None:
        if len(set(self.names)) != len(self.specs):
            raise ValueError("two limits have the same name")
        if len(self.specs) > 127:
            raise ValueError("more than 127 limits")

    @property
    def names(self) -> tuple[str, ...]:
        """Names in order: a ``failed`` index points into this."""
        return tuple(spec.name for spec in self.specs)

    @property
    def width(self) -> int:
        """Words per entity over all limits."""
        return sum(spec.words for spec in self.specs)

    def slices(self) -> list[tuple[LimitSpec, slice]]:
        """Each limit with its columns in the words array."""
        out, start = [], 0
        for spec in self.specs:
            out.append((spec, slice(start, start + spec.words)))
            start += spec.words
        return out

    def pack(self, bits: Mapping[str, Iterable[int]]) -> UInt64Array:
        """Words (uint64[width]) with the given bit numbers set: ``pack({"shift": [0, 2], "credential": [70]})``.

        Raises ValueError for an unknown limit or a bit outside the limit's words.
        """
        words = [0] * self.width
        layout = {spec.name: (spec, where.start) for spec, where in self.slices()}
        for name, numbers in bits.items():
            if name not in layout:
                raise ValueError(f"unknown limit {name!r}; there are: {', '.join(self.names)}")
            spec, start = layout[name]
            for number in numbers:
                if not 0 <= number < spec.words * WORD_BITS:
                    raise ValueError(f"limit {name!r}: bit {number} is outside 0..{spec.words * WORD_BITS - 1}")
                words[start + number // WORD_BITS] |= 1 << (number % WORD_BITS)
        return np.array(words, dtype=np.uint64)


def words_for(bits: int) -> int:
    """Words that ``bits`` different bit numbers need (at least one)."""
    return max(1, -(-bits // WORD_BITS))


def standard_limits(*, zones: int = WORD_BITS, credentials: int = WORD_BITS) -> Limits:
    """Puente's six limits, with room for that many zones (commute) and credentials."""
    return Limits(
        (
            LimitSpec("shift", "any"),
            LimitSpec("work_authorization", "all"),
            LimitSpec("english", "all"),
            LimitSpec("start", "all"),
            LimitSpec("commute", "any", words_for(zones)),
            LimitSpec("credential", "all", words_for(credentials)),
        )
    )


def fails(spec: LimitSpec, need: UInt64Array, has: UInt64Array) -> BoolArray:
    """Which pairs fail one limit: ``need`` and ``has`` are uint64[..., words of that limit], broadcast; bool[...]."""
    if spec.mode == "all":
        return np.asarray(((need & ~has) != 0).any(axis=-1))
    return np.asarray((need != 0).any(axis=-1) & ((need & has) == 0).all(axis=-1))
