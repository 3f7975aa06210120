"""What the text of a CV suggests, with the real taxonomy's words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workforce.technicians.cv.samples import MAINTENANCE, WELDER_EN
from workforce.skills.extracting import extractor_of
from workforce.skills.taxonomy_files import read_taxonomy
from workforce.technicians.choices import FindingKind
from workforce.technicians.cv.jobs import jobs_of
from workforce.technicians.cv.languages import languages_of
from workforce.technicians.cv.sections import Line, Part, lines_of, sections_of
from workforce.technicians.cv.studies import studies_of
from workforce.technicians.cv.suggest import Suggestion, level_of, suggest
from workforce.technicians.cv.text import tidy

TODAY = date(2026, 11, 25)
EXTRACTOR = extractor_of(read_taxonomy())


def read(text: str) -> list[Suggestion]:
    """Suggest from a text, with certificates found by their names alone."""
    text = tidy(text)
    return suggest(text, EXTRACTOR.extract(text), lambda line: ("dc3-forklift", 0.8) if "DC-3" in line else None, TODAY)


def of_kind(found: list[Suggestion], kind: FindingKind) -> dict[str, Suggestion]:
    """Those of one kind, by code or words."""
    return {one.code or one.words: one for one in found if one.kind == kind}


def test_jobs_have_title_employer_and_dates() -> None:
    jobs = [one for one in read(MAINTENANCE) if one.kind == FindingKind.JOB]
    assert [(one.words, one.place, one.started_on, one.ended_on) for one in jobs] == [
        (
            "Técnico de mantenimiento industrial",
            "Manufacturas Inventadas del Norte, S.A. de C.V.",
            date(2019, 3, 1),
            None,
        ),
        ("Ayudante de electricista", "Taller Ficticio Hermanos", date(2016, 1, 1), date(2019, 2, 28)),
    ]
    assert jobs[0].code == "maintenance-technician"
    assert "Marzo 2019 - Actual" in jobs[0].sentence


def test_skills_come_with_their_sentence() -> None:
    skills = of_kind(read(MAINTENANCE), FindingKind.SKILL)
    assert {"plc-programming", "mig-welding", "hydraulics", "five-s", "blueprint-reading"} <= set(skills)
    assert skills["hydraulics"].sentence == "Hidráulica y neumática"
    assert "PLC" in skills["plc-programming"].sentence


def test_what_is_denied_or_said_of_another_person_is_not_suggested() -> None:
    found = read(MAINTENANCE)
    assert "tig-welding" not in of_kind(found, FindingKind.SKILL)  # the referee welds
    assert not any("robótica" in one.words for one in found)
    assert "logistics" not in of_kind(read(WELDER_EN), FindingKind.SKILL)  # the employer's name


def test_a_subject_of_a_degree_is_not_ticked_beforehand() -> None:
    skills = of_kind(read(MAINTENANCE), FindingKind.SKILL)
    assert skills["mechatronics"].confidence < 0.75 <= skills["hydraulics"].confidence


def test_certificates_studies_and_languages() -> None:
    found = read(MAINTENANCE)
    held = of_kind(found, FindingKind.CERTIFICATE)["dc3-forklift"]
    assert (held.started_on, held.folio) == (date(2024, 3, 15), "MC-0042")
    study = of_kind(found, FindingKind.STUDY)["TSU en Mecatrónica"]
    assert (study.grade, study.place) == ("tsu", "Universidad Inventada de la Frontera")
    assert (study.started_on, study.ended_on) == (date(2013, 1, 1), date(2015, 12, 31))
    spoken = of_kind(found, FindingKind.LANGUAGE)
    assert (spoken["english"].grade, spoken["spanish"].grade) == ("B1", "C2")


def test_an_english_cv_says_the_same() -> None:
    jobs = [one for one in read(WELDER_EN) if one.kind == FindingKind.JOB]
    assert [(one.words, one.place, one.started_on, one.ended_on) for one in jobs] == [
        ("MIG Welder", "Invented Steel Works LLC", date(2020, 6, 1), None),
        ("Forklift operator", "Made-up Logistics Inc.", date(2017, 1, 1), date(2020, 12, 31)),
    ]


@pytest.mark.parametrize("change", [str.upper, lambda text: text.translate(str.maketrans("áéíóúÁÉÍÓÚ", "aeiouAEIOU"))])
def test_capitals_and_missing_accents_change_nothing(change: object) -> None:
    plain, other = read(MAINTENANCE), read(change(MAINTENANCE))  # type: ignore[operator]
    assert [(one.kind, one.code, one.started_on, one.ended_on, one.grade) for one in plain if one.code] == [
        (one.kind, one.code, one.started_on, one.ended_on, one.grade) for one in other if one.code
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Operador de montacargas\tPlanta Inventada S.A. de C.V.\t2018 - 2022",
        "2018 - 2022\tOperador de montacargas\tPlanta Inventada S.A. de C.V.",
        "2018 - 2022\nOperador de montacargas\nPlanta Inventada S.A. de C.V.\n• Carga y descarga",
        "Planta Inventada S.A. de C.V.\nOperador de montacargas 2018 - 2022\n• Carga y descarga",
        "Operador de montacargas\nPlanta Inventada S.A. de C.V. | Ciudad Juárez, Chih.\n2018 - 2022\nCargaba camiones.",
        "Empresa: Planta Inventada S.A. de C.V.\nPuesto: Operador de montacargas\nPeriodo: 2018 - 2022",
        "Operador de montacargas en Planta Inventada S.A. de C.V. (2018 - 2022)",
    ],
)
def test_jobs_are_found_in_the_orders_that_people_write(text: str) -> None:
    lines = sections_of(tidy(f"EXPERIENCIA\n{text}"))[1].lines
    [job] = jobs_of(lines, [], TODAY)
    assert (job.title, job.employer) == ("Operador de montacargas", "Planta Inventada S.A. de C.V.")
    assert (job.period.start, job.period.end) == (date(2018, 1, 1), date(2022, 12, 31))


def test_own_words_are_offered_and_not_ticked() -> None:
    found = of_kind(read("HABILIDADES\nRotulación a pincel, 5S; no programo\n"), FindingKind.SKILL)
    assert found["Rotulación a pincel"].code == ""
    assert found["Rotulación a pincel"].confidence < 0.75
    assert set(found) == {"five-s", "Rotulación a pincel"}


@pytest.mark.parametrize(
    ("text", "grade"),
    [("Inglés 80%", "B2"), ("English: fluent", "C1"), ("Ingles basico", "A2"), ("inglés (B2)", "B2"), ("Inglés", "")],
)
def test_levels_of_languages(text: str, grade: str) -> None:
    assert [one.grade for one in languages_of([Line(text, 0)])] == [grade]


def test_headings_with_what_follows_them_on_the_line() -> None:
    sections = sections_of("Idiomas: inglés intermedio\nExperiencia en soldadura de acero al carbón y aluminio")
    assert lines_of(sections, Part.LANGUAGES)[0].text == "inglés intermedio"
    assert not lines_of(sections, Part.JOBS)


def test_a_higher_degree_wins_over_what_it_is_about() -> None:
    [study] = studies_of([Line("Licenciatura en Educación Primaria, Universidad Inventada", 0)], TODAY)
    assert study.degree == "degree"


def test_years_become_a_level_that_nobody_else_has_to_vouch_for() -> None:
    assert [level_of(years) for years in (None, 0.5, 1, 2, 3, 30)] == [None, 1, 2, 2, 3, 3]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400), st.sampled_from(["EXPERIENCIA\n", "ESTUDIOS\n", "HABILIDADES\n", ""]))
def test_no_text_breaks_it(text: str, heading: str) -> None:
    for one in read(heading + text):
        assert one.words
        assert 0 <= one.confidence <= 1


def test_a_long_text_takes_no_longer_than_its_length() -> None:
    assert read(MAINTENANCE * 90)
