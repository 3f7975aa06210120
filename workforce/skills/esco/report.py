"""What an import did, and what it could not join."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from workforce.skills.syncing import Tally


@dataclass
class EscoReport:
    """Tallies by kind of row, and counts of what did not join, was left out or merged."""

    rows: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    left_out: Counter[str] = field(default_factory=Counter)

    @property
    def touched(self) -> bool:
        """Whether anything is different from before."""
        return any(tally.touched for tally in self.rows.values())

    def lines(self) -> list[str]:
        """The report as lines of text."""
        done = [f"{kind}: {tally}" for kind, tally in self.rows.items()]
        return done + [f"counted: {count} {why}" for why, count in sorted(self.left_out.items()) if count]
