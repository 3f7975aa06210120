"""What ``SkillRelatedness`` learns from: a taxonomy as plain tuples."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class SkillText:
    """A skill's words in one language: its label, other names, and what it means (each may be empty)."""

    label: str = ""
    aliases: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True)
class TaxonomyData:
    """A taxonomy. Pairs that name an unknown code are ignored (releases differ a little), bad strengths are refused.

    ``declared`` and ``vetoes`` read *held, needed*: ``("program-plc", "wire-plc", 0.8)`` says that who programs PLCs
    covers a need for wiring them by 0.8; it says nothing of the other direction.
    """

    codes: Sequence[str]
    broader: Sequence[tuple[str, str]] = ()  # (narrower, broader)
    declared: Sequence[tuple[str, str, float]] = ()  # (held, needed, strength 0..1)
    vetoes: Sequence[tuple[str, str]] = ()  # (held, needed): never related, whatever else says so
    occupations: Sequence[tuple[str, str, bool]] = ()  # (occupation, skill, essential)
    texts: Mapping[str, Mapping[str, SkillText]] = field(default_factory=dict)  # language -> code -> words

    def __post_init__(self) -> None:
        if len(set(self.codes)) != len(self.codes):
            raise ValueError("taxonomy: a skill code occurs twice")
        for held, needed, strength in self.declared:
            if not 0 <= strength <= 1:  # NaN fails this as well
                raise ValueError(f"taxonomy: strength {strength} of {held!r} for {needed!r} is outside 0..1")
