"""What the extractor finds in vacancies and CVs, with our own taxonomy and without a database."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workforce.skills.extracting import extractor_of
from workforce.skills.linker.extraction import Extractor, Mention
from workforce.skills.taxonomy_files import read_taxonomy

EXTRACTOR = extractor_of(read_taxonomy())
VACANCY = """Técnico de mantenimiento

Requisitos:
- 3 años de experiencia en mantenimiento preventivo y correctivo
- Neumática básica
- PLC Siemens y Allen Bradley
- Inglés: no indispensable

Deseable:
- Excel intermedio

Actividades:
- Bloqueo y etiquetado

Ofrecemos:
- Clases de inglés y cursos de montacargas"""


def skills(text: str) -> dict[str, Mention]:
    """The skills of ``text`` by code; a mention that is not denied goes before one that is."""
    found = sorted(EXTRACTOR.extract(text), key=lambda one: one.negated, reverse=True)
    return {one.code: one for one in found if one.kind == "skill"}


def asked(text: str) -> set[str]:
    return {code for code, one in skills(text).items() if not one.negated}


def test_a_vacancy_is_read_by_its_headings() -> None:
    found = skills(VACANCY)
    assert {code: one.must for code, one in found.items() if not one.negated} == {
        "preventive-maintenance": True,
        "corrective-maintenance": True,
        "pneumatics": True,
        "siemens-plc": True,
        "allen-bradley": True,
        "excel": False,
        "lockout-tagout": None,
    }
    assert found["english"].negated
    assert [found[code].years for code in ("preventive-maintenance", "corrective-maintenance", "pneumatics")] == [
        3,
        3,
        None,
    ]
    assert (found["pneumatics"].level, found["excel"].level, found["lockout-tagout"].level) == (1, 2, None)
    assert "forklift-operation" not in found


def test_each_mention_has_its_sentence_and_its_place() -> None:
    for one in EXTRACTOR.extract(VACANCY):
        assert VACANCY[one.start : one.end] == one.text
        assert one.text in one.sentence
        assert "\n" not in one.sentence


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Sin experiencia en soldadura MIG", "mig-welding"),
        ("No se requiere inglés", "english"),
        ("No experience in TIG welding needed", "tig-welding"),
        ("Forklift driver not required", "forklift-operation"),
        ("Montacargas: no indispensable", "forklift-operation"),
        ("No Excel, no English", "excel"),
        ("No manejo Excel", "excel"),
        ("SAP: ninguno", "sap-erp"),
        ("You don't need to know SolidWorks", "solidworks"),
        ("Nunca he usado SolidWorks", "solidworks"),
        ("No piden inglés ni Excel", "excel"),
        ("Inglés y Excel no indispensables", "excel"),
        ("Not required: SolidWorks, Excel or SAP", "sap-erp"),
    ],
)
def test_what_a_text_denies_comes_back_denied(text: str, code: str) -> None:
    assert skills(text)[code].negated
    assert (skills(text)[code].must, skills(text)[code].level, skills(text)[code].years) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "code", "must"),
    [
        ("No solo inglés: también Excel", "excel", None),
        ("Con o sin experiencia en montacargas", "forklift-operation", True),
        ("No menos de 3 años en montacargas", "forklift-operation", True),
        ("Excel no es necesario, pero ayuda", "excel", False),
        ("Forklift helpful, not required", "forklift-operation", False),
        ("No se requiere inglés, pero sí Excel", "excel", None),
        ("Sin escolaridad, con manejo de montacargas", "forklift-operation", True),
    ],
)
def test_a_no_about_something_else_denies_nothing(text: str, code: str, must: bool | None) -> None:
    assert not skills(text)[code].negated
    assert skills(text)[code].must is must


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("soldadura MIG/TIG", {"mig-welding", "tig-welding"}),
        ("soldadora mig", {"mig-welding"}),
        ("mantenimiento a prensas hidraulicas preventivo", {"preventive-maintenance"}),
        ("preventive and corrective maintenance", {"preventive-maintenance", "corrective-maintenance"}),
        ("inspección visual y dimensional", {"visual-inspection", "metrology"}),
        ("programming PLC's in ladder", {"plc-programming"}),
        ("mantenimeinto preventivo", {"preventive-maintenance"}),
        ("mtto. preventivo", {"preventive-maintenance"}),
        ("manejo de montacargas y forklift reach truck", {"forklift-operation", "reach-truck"}),
        ("lectura e interpretación de planos", {"blueprint-reading"}),
    ],
)
def test_other_forms_orders_lists_slips_and_mixed_languages_are_found(text: str, codes: set[str]) -> None:
    assert codes <= asked(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Software engineer", "cad-3d"),
        ("AWS D1.1 certification", "cloud-platforms"),
        ("Certificación IPC vigente", "ipc-620-knowledge"),
        ("Oficinas con control de acceso", "security-guarding"),
        ("$3,200 al mes", "mes-traceability"),
        ("What does it take?", "design-of-experiments"),
        ("Calle Hidráulica 220", "hydraulics"),
        ("Soldaduras del Norte, S.A. de C.V. busca gente", "welding-general"),
        ("Correo: montacargas@planta.example.test", "forklift-operation"),
        ("Horario de 8 am a 5 pm", "preventive-maintenance"),
    ],
)
def test_words_that_only_look_like_a_skill_name_none(text: str, code: str) -> None:
    assert code not in skills(text)


@pytest.mark.parametrize(
    ("text", "code", "years"),
    [
        ("5+ years of MIG welding", "mig-welding", 5),
        ("De 3 a 5 años en montacargas", "forklift-operation", 3),
        ("Montacargas: 2 años", "forklift-operation", 2),
        ("seis meses de experiencia en costura", "industrial-sewing", 0.5),
        ("Soldador MIG, 4 años", "mig-welding", 4),
        ("Edad de 18 a 35 años, montacargas", "forklift-operation", None),
        ("SolidWorks, Mastercam 2 years", "solidworks", None),
    ],
)
def test_years_are_those_said_of_the_skill(text: str, code: str, years: float | None) -> None:
    assert skills(text)[code].years == years


@pytest.mark.parametrize(
    ("text", "code", "level"),
    [
        ("Excel básico", "excel", 1),
        ("nivel avanzado de Excel", "excel", 3),
        ("Inglés 60%", "english", 2),
        ("inglés intermedio-avanzado", "english", 2),
        ("SolidWorks (intermedio), AutoCAD", "solidworks", 2),
        ("SolidWorks (intermedio), AutoCAD", "cad-2d", None),
        ("español nativo, inglés básico", "english", 1),
        ("expert in Minitab", "minitab", 4),
    ],
)
def test_levels_are_those_said_of_the_skill(text: str, code: str, level: int | None) -> None:
    assert skills(text)[code].level == level


def test_titles_and_certificates_are_found_beside_skills() -> None:
    found = {(one.kind, one.code) for one in EXTRACTOR.extract("Montacarguista con licencia federal y Green Belt")}
    assert {("credential", "federal-driver-licence"), ("credential", "six-sigma-green")} <= found
    assert any(kind == "occupation" for kind, _code in found)


@pytest.mark.parametrize("text", ["DC-3 de montacargas", "DC3 Montacargas", "dc-3 en operación de montacargas"])
def test_a_dc3_is_known_by_what_it_proves(text: str) -> None:
    found = {(one.kind, one.code) for one in EXTRACTOR.extract(text)}
    assert {("credential", "dc3-forklift"), ("skill", "forklift-operation")} <= found


def test_a_cv_has_no_musts() -> None:
    text = "Curriculum\nTengo 3 años de experiencia en montacargas.\nHabilidades: Excel indispensable para mí, SAP"
    assert {one.must for one in EXTRACTOR.extract(text)} == {None}


def test_accents_and_case_do_not_matter() -> None:
    def codes(text: str) -> list[tuple[str, bool, int | None, float | None]]:
        return [(one.code, one.negated, one.level, one.years) for one in EXTRACTOR.extract(text)]

    bare = "".join(c for c in unicodedata.normalize("NFD", VACANCY) if not unicodedata.combining(c))
    assert codes(VACANCY) == codes(VACANCY.upper()) == codes(bare) == codes(unicodedata.normalize("NFD", VACANCY))
    assert codes(VACANCY)


SAMPLE = (
    "soldadura MIG TIG y, de sin no experiencia en 3 años inglés básico : ; . \n ( ) PLC Siemens Ofrecemos: 🛠 ñandú"
    " ﬁn ß"
)
WORDS = st.sampled_from(SAMPLE.split(" "))


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=60).map(" ".join)))
def test_places_always_point_into_the_text_given(text: str) -> None:
    for one in EXTRACTOR.extract(text):
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.text
        assert 0 < one.confidence <= 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a" * 1_000_000,
        "(" * 1_000_000,
        " " * 1_000_000,
        "plus:\n" * 170_000,
        "soldadura MIG y mantenimiento preventivo, 3 años; " * 20_000,
        "no " * 330_000,
        "3 años (de) " * 80_000,
        "é" * 500_000 + "🛠" * 250_000,
        "gratis " * 140_000,
        "manufactures " * 77_000,
        "S.A. de C.V. " * 77_000,
    ],
    ids=range(12),
)
def test_a_megabyte_of_anything_takes_a_bounded_time(text: str) -> None:
    began = time.process_time()
    EXTRACTOR.extract(text)
    assert time.process_time() - began < 60


def test_an_extractor_without_names_finds_nothing() -> None:
    assert Extractor([]).extract(VACANCY) == []
