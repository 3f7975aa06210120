"""Cells of free text, as people write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from workforce.employers.reading.cells import (
    read_benefits,
    read_contract,
    read_date,
    read_yes,
)
from workforce.employers.reading.columns import field_of, map_columns
from workforce.employers.reading.language import guess_language, soften
from workforce.employers.reading.money import read_pay
from workforce.employers.reading.skills import phrases
from workforce.imports.cells import read_english, read_shifts


@pytest.mark.parametrize(
    ("cell", "low", "high", "period", "currency", "bonus"),
    [
        ("$2,450 semanales", "2450", "2450", "week", "MXN", None),
        ("2450-2800 sem", "2450", "2800", "week", "MXN", None),
        ("$18.50/hr USD", "18.50", "18.50", "hour", "USD", None),
        ("de 2,300 a 2,600 x semana", "2300", "2600", "week", "MXN", None),
        ("9,500 quincenal", "9500", "9500", "half_month", "MXN", None),
        ("5,000 catorcenales", "5000", "5000", "fortnight", "MXN", None),
        ("14-16 mil mensuales", "14000", "16000", "month", "MXN", None),
        ("440.87 diario", "3086.09", "3086.09", "week", "MXN", None),
        ("22-26/hr dlls", "22", "26", "hour", "USD", None),
        ("$52k/year usd", "52000", "52000", "year", "USD", None),
        ("2,500 sem + $300 bono de puntualidad", "2500", "2500", "week", "MXN", "300"),
        ("18,000 a 22,000", "18000", "22000", "month", "MXN", None),
        ("2.500", "2500", "2500", "week", "MXN", None),
        ("-2500", "-2500", "-2500", "week", "MXN", None),
    ],
)
def test_pay_is_read(cell: str, low: str, high: str, period: str, currency: str, bonus: str | None) -> None:
    pay = read_pay(cell)
    assert (pay.low, pay.high, pay.period, pay.currency) == (Decimal(low), Decimal(high), period, currency)
    assert pay.bonuses == (Decimal(bonus) if bonus else None)


@pytest.mark.parametrize("cell", ["", "a tratar", "Competitivo", "negotiable", "según aptitudes"])
def test_pay_that_is_not_stated_is_none(cell: str) -> None:
    assert read_pay(cell).low is None


@pytest.mark.parametrize(
    ("cell", "shifts"),
    [
        ("1er turno", ["first"]),
        ("T1 / T3", ["first", "third"]),
        ("1ro, 2do y 3ro", ["first", "second", "third"]),
        ("NOCTURNO", ["third"]),
        ("4x3", ["twelve"]),
        ("rolar turnos", ["rotating"]),
        ("cualquier turno", ["first", "second", "third"]),
        ("6:00 am a 3:30 pm", ["first"]),
        ("15:30 - 00:00", ["second"]),
        ("sábados y domingos / fin de semana", ["weekend"]),
        ("", []),
        ("lo que sea", None),
    ],
)
def test_shifts_are_read(cell: str, shifts: list[str] | None) -> None:
    assert read_shifts(cell) == shifts


TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("15/12/2026", date(2026, 12, 15)),
        ("12/31/26", date(2026, 12, 31)),
        ("2026-12-01", date(2026, 12, 1)),
        ("15 de enero de 2027", date(2027, 1, 15)),
        ("Jan 15, 2027", date(2027, 1, 15)),
        ("30 nov", date(2026, 11, 30)),
        ("5 enero", date(2027, 1, 5)),
        ("inmediato", None),
        ("", None),
    ],
)
def test_dates_are_read(cell: str, day: date | None) -> None:
    assert read_date(cell, month_first=False, today=TODAY) == day


@pytest.mark.parametrize("cell", ["31/02/2027", "pronto", "99/99/9999", "1/2/3/4", "0000-00-00"])
def test_what_is_no_date_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_date(cell, month_first=False, today=TODAY)


def test_the_month_comes_first_in_english() -> None:
    assert read_date("01/02/2027", month_first=True, today=TODAY) == date(2027, 1, 2)
    assert read_date("01/02/2027", month_first=False, today=TODAY) == date(2027, 2, 1)


@pytest.mark.parametrize(
    ("cell", "level"),
    [
        ("80%", "B2"),
        ("b1", "B1"),
        ("Intermedio", "B1"),
        ("no requerido", ""),
        ("deseable", ""),
        ("bilingüe", "C1"),
        ("básico", "A2"),
    ],
)
def test_english_is_read(cell: str, level: str) -> None:
    assert read_english(cell) == (level, True)


def test_other_cells_are_read() -> None:
    assert read_benefits("Vales, fondo de ahorro y comedor") == ["food_vouchers", "savings_fund", "canteen"]
    assert (read_contract("Tiempo indeterminado"), read_contract("eventual"), read_contract("?")) == (
        "permanent",
        "fixed_term",
        None,
    )
    assert (read_yes("Sí"), read_yes("no"), read_yes("")) == (True, False, None) or read_yes("") is False


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Puesto / Position", "title"),
        ("SUELDO SEM.", "pay"),
        ("# Vacantes", "openings"),
        ("VACANTE", "title"),
        ("Habilidades*", "skills"),
        ("Fecha límite", "closes_at"),
        ("Comentarios", None),
        ("", None),
    ],
)
def test_headings_are_understood(heading: str, field: str | None) -> None:
    assert field_of(heading) == field


def test_the_first_column_of_a_kind_wins() -> None:
    assert map_columns(["Puesto", "Title", "Otra cosa"]) == ({"title": 0}, ["Title", "Otra cosa"])


def test_musts_and_levels_are_taken_out_of_the_words() -> None:
    read = list(phrases("Indispensable: MIG (avanzado), 5 años en TIG; deseable: inglés intermedio"))
    assert [(one.words, one.level, one.must) for one in read] == [
        ("mig", 3, True),
        ("tig", 3, True),
        ("ingles", 2, False),
    ]


def test_languages_are_told_apart_and_shouting_is_softened() -> None:
    assert guess_language("Operador de máquina con experiencia", "en") == "es"
    assert guess_language("Machine operator with experience", "es") == "en"
    assert guess_language("CNC", "es") == "es"
    assert soften("¡¡SOLDADOR MIG URGENTE!!") == "Soldador MIG urgente"
    assert soften("Ingeniero de Calidad") == "Ingeniero de Calidad"
