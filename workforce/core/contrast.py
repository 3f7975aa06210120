"""Which colours of the look stand on which, and whether they can be read (WCAG 2.2, relative luminance)."""

import re
from dataclasses import dataclass
from pathlib import Path

TEXT = 7.0  # AAA: cheap screens in the sun
GRAPHIC = 3.0  # edges of inputs, icons, bars
_TOKEN = re.compile(r"--([a-z-]+):\s*(#[0-9a-fA-F]{6})\s*;")


@dataclass(frozen=True)
class Pair:
    """A colour on its ground and the ratio that it must reach."""

    front: str
    ground: str
    least: float


PAIRS = (
    *(Pair("ink", ground, TEXT) for ground in ("paper", "white", "sand", "warn-soft", "rio-soft")),
    *(Pair("ink-soft", ground, TEXT) for ground in ("paper", "white", "sand")),
    *(Pair("rio", ground, TEXT) for ground in ("paper", "white", "sand", "rio-soft")),
    *(Pair("rio-deep", ground, TEXT) for ground in ("white", "sand", "rio-soft")),
    *(Pair("cobre", ground, TEXT) for ground in ("paper", "white", "cobre-soft")),
    *(Pair("white", ground, TEXT) for ground in ("rio", "rio-deep", "ok", "bad", "ink-soft")),
    Pair("cobre-light", "rio-deep", TEXT),
    *(Pair(state, ground, TEXT) for state in ("ok", "bad", "warn") for ground in ("white", "paper", f"{state}-soft")),
    Pair("info", "info-soft", TEXT),
    *(Pair("edge", ground, GRAPHIC) for ground in ("paper", "white", "sand")),
    *(Pair("cobre-bright", ground, GRAPHIC) for ground in ("paper", "white", "sand")),
    *(Pair("focus", ground, GRAPHIC) for ground in ("paper", "white", "sand")),
)


def read_tokens(css: str) -> dict[str, str]:
    """Return the colour tokens of a stylesheet, name without dashes to ``#rrggbb``."""
    return {name: value.lower() for name, value in _TOKEN.findall(css)}


def tokens_of(directory: Path) -> dict[str, str]:
    """Return the colour tokens of the look, whose static files lie in ``directory``."""
    return read_tokens((directory / "puente" / "css" / "tokens.css").read_text(encoding="utf-8"))


def luminance(colour: str) -> float:
    """Return the relative luminance, 0 (black) to 1 (white), of ``#rrggbb``."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours ``#rrggbb``, from 1 to 21, whichever comes first."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
