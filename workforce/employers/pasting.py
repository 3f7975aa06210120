"""From a pasted vacancy to the form of a role, filled in to be confirmed."""

from __future__ import annotations

from typing import Any

from workforce.employers.reading.vacancy import VacancyReading
from workforce.skills.picking import SkillRow


def initial_of_reading(reading: VacancyReading) -> dict[str, Any]:
    """Return the form's values: what was read, and the whole text as the description, so that no word is lost."""
    initial: dict[str, Any] = {
        "pasted": reading.text,
        "original_language": reading.language,
        f"description_{reading.language}": reading.text,
        "skills": [SkillRow(row.skill, row.level, row.must) for row in reading.skills],
        "benefits": [said.value for said in reading.benefits],
    }
    if reading.title:
        initial[f"title_{reading.language}"] = reading.title.value
    if reading.occupation:
        initial["occupation"] = reading.occupation.value.title
    if reading.shifts:
        initial["shifts"] = reading.shifts.value
    if reading.english:
        initial["english_min"] = reading.english.value
    if reading.pay:
        pay = reading.pay.value
        initial |= {"pay_min": pay.low, "pay_max": pay.high, "pay_period": pay.period, "pay_currency": pay.currency}
        initial["bonuses"] = pay.bonuses
    return initial
