"""Figures set by law or by the market, each with the day from which it holds. Update them here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class DatedFigure:
    """A figure that holds from ``since`` until the next one of its list."""

    since: date
    value: Decimal
    source: str


# Zona Libre de la Frontera Norte, pesos a week: seven paid days.
BORDER_MINIMUM_WEEKLY_MXN = (
    DatedFigure(date(2025, 1, 1), Decimal("2939.16"), "CONASAMI 2025: 419.88 a day, seven days"),
    DatedFigure(date(2026, 1, 1), Decimal("3086.09"), "CONASAMI 2026: 440.87 a day, seven days"),
)
# Only for putting pay in dollars and in pesos in one order: never shown as what somebody earns.
MXN_PER_USD = (DatedFigure(date(2026, 1, 1), Decimal("18.00"), "rounded reference rate"),)
WEEKLY_HOURS_MAX = 84


def in_force(figures: tuple[DatedFigure, ...], day: date) -> DatedFigure:
    """Return the figure that holds on ``day`` (the earliest one for days before all)."""
    return max((figure for figure in figures if figure.since <= day), key=lambda f: f.since, default=figures[0])
