"""A vacancy pasted as text: read, shown to be confirmed, and saved by the person alone."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import translation
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests import factories as make
from workforce.core.errors import InvalidInput
from workforce.employers.api.reading import VacancyReadingSerializer, reading_data
from workforce.employers.importing import import_roles
from workforce.employers.models import Role
from workforce.employers.pasting import initial_of_reading
from workforce.employers.reading.vacancy import MAX_PASTED, read_vacancy

pytestmark = pytest.mark.django_db
SPANISH = """SE SOLICITA SOLDADOR MIG
Segundo turno

Requisitos:
- 5 años de experiencia en soldadura MIG
- Inglés intermedio
- Montacargas no indispensable

Deseable: lectura de planos

Ofrecemos:
Sueldo de $3,200 a $3,800 semanales, vales de despensa, comedor y transporte
Pregunta por el encargado de la puerta tres."""
ENGLISH = """Hiring: Forklift operator, night shift
Must have: forklift. Nice to have: blueprint reading.
Pay: $19.50 per hour USD. Benefits: 401k, medical insurance"""


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def tongue(taxonomy: SimpleNamespace) -> SimpleNamespace:
    taxonomy.english = make.SkillFactory(code="english", label_es="Inglés", label_en="English")
    return taxonomy


def paste(house: SimpleNamespace, text: str) -> Any:
    return house.client.post(f"/org/{house.organization.slug}/roles/paste/", {"text": text})


def test_a_spanish_vacancy_is_read_with_the_words_it_comes_from(tongue: SimpleNamespace) -> None:
    reading = read_vacancy(SPANISH)
    assert reading.language == "es"
    assert reading.title is not None
    assert (reading.title.value, reading.title.words) == ("Soldador MIG", "SE SOLICITA SOLDADOR MIG")
    assert reading.shifts is not None
    assert (reading.shifts.value, reading.shifts.words) == (["second"], "Segundo turno")
    assert reading.pay is not None
    pay = reading.pay.value
    assert (pay.low, pay.high, pay.period, pay.currency) == (Decimal(3200), Decimal(3800), "week", "MXN")
    assert reading.pay.words == "Sueldo de $3,200 a $3,800 semanales"
    assert [(said.value, said.words) for said in reading.benefits] == [
        ("food_vouchers", "vales de despensa"),
        ("canteen", "comedor y transporte"),
        ("transport", "comedor y transporte"),
    ]
    assert reading.english is not None
    assert (reading.english.value, reading.english.words) == ("B1", "Inglés intermedio")
    assert [(row.skill, row.level, row.must, row.level_said) for row in reading.skills] == [
        (tongue.mig, 3, True, True),
        (tongue.planos, 2, False, False),
    ]
    assert [row.skill for row in reading.not_needed] == [tongue.forklift]
    assert reading.not_understood == ["Pregunta por el encargado de la puerta tres"]


def test_an_english_vacancy_is_read_too(tongue: SimpleNamespace) -> None:
    reading = read_vacancy(ENGLISH)
    assert reading.language == "en"
    assert reading.title is not None
    assert reading.occupation is not None
    assert (reading.title.value, reading.occupation.value) == ("Forklift operator", tongue.driver)
    assert reading.shifts is not None
    assert reading.shifts.value == ["third"]
    assert reading.pay is not None
    pay = reading.pay.value
    assert (pay.low, pay.period, pay.currency, pay.guessed) == (Decimal("19.50"), "hour", "USD", False)
    assert [said.value for said in reading.benefits] == ["savings_fund", "medical"]
    assert {row.skill: row.must for row in reading.skills} == {tongue.forklift: True, tongue.planos: False}


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Soldador MIG segundo turno", "Soldador MIG"),
        ("Soldador MIG 2do turno", "Soldador MIG"),
        ("Soldador MIG turno nocturno", "Soldador MIG"),
        ("MIG welder second shift", "MIG welder"),
        ("MIG welder, night shift", "MIG welder"),
    ],
)
def test_the_shift_is_no_part_of_the_title(tongue: SimpleNamespace, line: str, title: str) -> None:
    reading = read_vacancy(f"{line}\nSoldadura MIG")
    assert reading.title is not None
    assert reading.title.value == title
    assert reading.shifts is not None


def test_the_title_may_stand_under_a_line_about_the_firm(tongue: SimpleNamespace) -> None:
    reading = read_vacancy("Empresa del giro automotriz solicita:\nMONTACARGUISTA (2 vacantes)\nRequisitos: planos")
    assert reading.title is not None
    assert reading.title.value == "Montacarguista"


@pytest.mark.parametrize("text", ["", " \n\t\x00 "])
def test_nothing_to_read_is_said(db: None, text: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_vacancy(text)
    assert refused.value.code == "empty_text"


def test_a_text_that_says_nothing_known_stays_whole(taxonomy: SimpleNamespace) -> None:
    reading = read_vacancy("¡¡¡ 🛠 !!!\nalgo raro aquí")
    assert (reading.skills, reading.pay, reading.shifts, reading.english) == ([], None, None, None)
    assert reading.not_understood == ["algo raro aquí"]


PIECES = st.sampled_from(
    [
        "Soldador MIG",
        "Inglés:",
        "inglés",
        "B2",
        "\n",
        ", ",
        ": ",
        ". ",
        "$",
        "3,200",
        "9" * 30,
        "semanal",
        "turno",
        "2do",
        "🛠",
    ]
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(min_size=1, max_size=200), st.lists(PIECES, min_size=1, max_size=30).map(" ".join)))
def test_any_text_is_read_and_shown(tongue: SimpleNamespace, text: str) -> None:
    assume(text.replace("\x00", " ").strip())
    reading = read_vacancy(text)
    data = VacancyReadingSerializer(reading_data(reading)).data
    assert initial_of_reading(reading)[f"description_{data['language']}"] == reading.text


def test_the_form_is_filled_in_and_nothing_is_saved_until_the_person_saves(
    house: SimpleNamespace, tongue: SimpleNamespace
) -> None:
    page = paste(house, SPANISH)
    html = page.content.decode()
    assert page.status_code == 200
    assert Role.objects.count() == 0
    assert "Pregunta por el encargado de la puerta tres" in html
    assert f'action="/org/{house.organization.slug}/roles/new/"' in html
    initial = page.context["form"].initial
    assert initial["title_es"] == "Soldador MIG"
    assert initial["description_es"] == SPANISH
    assert (initial["english_min"], initial["shifts"], initial["plant"]) == ("B1", ["second"], house.plant.pk)
    assert [(row.skill.code, row.level, row.must) for row in initial["skills"]] == [
        ("mig-welding", 3, True),
        ("blueprint-reading", 2, False),
    ]


def filled(house: SimpleNamespace, **more: Any) -> dict[str, Any]:
    """The form as it was filled in, sent by a browser without JavaScript."""
    return {
        "pasted": SPANISH,
        "title_es": "Soldador MIG",
        "description_es": SPANISH,
        "original_language": "es",
        "plant": house.plant.pk,
        "openings": "1",
        "contract": "permanent",
        "pay_min": "3200",
        "pay_currency": "MXN",
        "pay_period": "week",
        "skill": ["mig-welding"],
        "level-mig-welding": "3",
        "once_key": "k1",
    } | more


def test_what_was_read_stays_in_sight_while_the_form_has_faults(
    house: SimpleNamespace, tongue: SimpleNamespace
) -> None:
    address = f"/org/{house.organization.slug}/roles/new/"
    page = house.client.post(address, filled(house, openings="0"))
    assert Role.objects.count() == 0
    assert "<li>Pregunta por el encargado de la puerta tres</li>" in page.content.decode()
    saved = house.client.post(address, filled(house))
    assert saved.status_code == 302
    role = Role.objects.get()
    assert [need.skill for need in role.role_skills.all()] == [tongue.mig]


@pytest.mark.parametrize(("text", "said"), [("x" * (MAX_PASTED + 1), "6000"), ("", "obligatorio")])
def test_a_text_that_cannot_be_read_is_refused_beside_the_field(
    house: SimpleNamespace, taxonomy: SimpleNamespace, text: str, said: str
) -> None:
    page = paste(house, text)
    assert page.status_code == 200
    assert said in str(page.context["form"].errors["text"])


def test_the_api_gives_the_reading_back_and_saves_nothing(house: SimpleNamespace, tongue: SimpleNamespace) -> None:
    body = {"organization": house.organization.slug, "text": SPANISH}
    answer = house.client.post("/api/v1/roles/read/", body, content_type="application/json")
    assert answer.status_code == 200
    data = answer.json()
    assert data["skills"][0] == {
        "skill": "mig-welding",
        "level": 3,
        "level_said": True,
        "must": True,
        "words": "5 años de experiencia en soldadura MIG",
    }
    assert data["pay"]["low"] == "3200.00"
    assert data["occupation"] == {"value": "welder", "words": "SOLDADOR"}
    assert data["not_understood"] == ["Pregunta por el encargado de la puerta tres"]
    assert Role.objects.count() == 0
    too_long = house.client.post("/api/v1/roles/read/", body | {"text": "x" * 6001}, content_type="application/json")
    assert too_long.status_code == 400
    assert "text" in str(too_long.json())


def test_a_file_whose_skills_are_empty_gets_those_of_its_description_as_suggestions(
    house: SimpleNamespace, tongue: SimpleNamespace
) -> None:
    text = (
        "Puesto,Descripción,Habilidades\n"
        '"Ayudante general","Manejo de montacargas. No se requiere lectura de planos.",\n'
        '"Ayudante de planta","Manejo de montacargas",soldadura MIG\n'
    )
    report = import_roles(organization=house.organization, data=text.encode(), dry_run=True)
    notes = [str(note) for note in report.notes if note.code == "skills_suggested"]
    assert len(notes) == 1
    assert "Suggested from the description: Forklift operation." in notes[0]
    assert Role.objects.count() == 0
    import_roles(organization=house.organization, data=text.encode())
    first, second = Role.objects.order_by("pk")
    assert [need.skill for need in first.role_skills.all()] == [tongue.forklift]
    assert [need.skill for need in second.role_skills.all()] == [tongue.mig]
