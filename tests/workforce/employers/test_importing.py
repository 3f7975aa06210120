"""Vacancies from files: what is saved, what is reported, and that nothing is doubled."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from tests import factories as make
from workforce.employers.importing import ImportReport, import_roles
from workforce.employers.models import Role
from workforce.skills.models import UnlinkedPhrase

pytestmark = pytest.mark.django_db
HEAD = "Req,Puesto,Vacantes,Turno,Sueldo,Habilidades,Cierre\n"


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


def bring(house: SimpleNamespace, text: str, **options: Any) -> ImportReport:
    """Import ``text`` for the house."""
    return import_roles(organization=house.organization, data=text.encode(), **options)


def told(problems: list[Any]) -> list[str]:
    """Problems as people read them."""
    return [str(problem) for problem in problems]


def test_a_row_becomes_a_role_with_linked_skills(house: SimpleNamespace, taxonomy: SimpleNamespace) -> None:
    row = (
        'R-1,SOLDADOR(A) URGENTE,6,2do,"$3,200 - 3,800 semanales",'
        '"indispensable: soldadura MIG (avanzado), lectura de planos",31/12/2099\n'
    )
    report = bring(house, HEAD + row, publish=True)
    role = Role.objects.get()
    assert report.created == [role.pk]
    assert (role.title_es, role.occupation, role.openings, role.shifts) == (
        "Soldador(a) urgente",
        taxonomy.welder,
        6,
        ["second"],
    )
    assert (role.pay_min, role.pay_max, role.pay_period, role.state) == (3200, 3800, "week", "published")
    needs = {need.skill: (need.level, need.must) for need in role.role_skills.all()}
    assert needs == {taxonomy.mig: (3, True), taxonomy.planos: (2, True)}


def test_both_languages_and_genders_come_to_the_same_role(house: SimpleNamespace, taxonomy: SimpleNamespace) -> None:
    bring(house, HEAD + "A,Soldador,1,1ro,3000 sem,soldadura MIG deseable,\n")
    bring(house, "Req #,Job title,Openings,Shift,Pay,Skills\nB,Welder,1,1st,3000/week,MIG welding nice to have\n")
    bring(house, HEAD + "C,SOLDADORA,1,matutino,3000 x semana,soldar con micro,\n")
    seen = {
        (
            role.occupation,
            tuple(role.shifts),
            role.pay_min,
            tuple(role.role_skills.order_by("skill").values_list("skill", "level", "must")),
        )
        for role in Role.objects.all()
    }
    assert len(seen) == 1


def test_few_skills_are_completed_from_the_occupation(house: SimpleNamespace, taxonomy: SimpleNamespace) -> None:
    report = bring(house, HEAD + "A,Soldadora,1,,,,\n")
    assert {need.skill for need in Role.objects.get().role_skills.all()} == {taxonomy.mig, taxonomy.planos}
    assert any(note.code == "skills_added" for note in report.notes)


def test_unknown_skills_are_reported_and_kept(house: SimpleNamespace, taxonomy: SimpleNamespace) -> None:
    report = bring(house, HEAD + "A,Soldador,1,,,ganas de trabajar,\n")
    assert any("ganas de trabajar" in text for text in told(report.notes))
    assert UnlinkedPhrase.objects.get().text == "ganas de trabajar"


def test_the_same_file_twice_changes_nothing(house: SimpleNamespace, taxonomy: SimpleNamespace) -> None:
    text = HEAD + "R-1,Soldador,1,1ro,3000 sem,soldadura MIG,\n,Montacarguista,2,2do,2500 sem,montacargas,\n"
    first, second = bring(house, text), bring(house, text)
    assert (len(first.created), len(second.created), len(second.unchanged)) == (2, 0, 2)
    assert list(Role.objects.values_list("revision", flat=True)) == [1, 1]
    assert not UnlinkedPhrase.objects.filter(count__gt=1).exists()


def test_a_changed_row_changes_its_role(house: SimpleNamespace, taxonomy: SimpleNamespace) -> None:
    bring(house, HEAD + "R-1,Soldador,1,1ro,3000 sem,soldadura MIG,\n")
    report = bring(house, HEAD + "R-1,Soldador,4,1ro,3100 sem,soldadura MIG,\n")
    assert len(report.updated) == 1
    assert (Role.objects.get().openings, Role.objects.get().pay_min) == (4, 3100)


def test_an_edit_made_on_the_page_survives_the_same_file(house: SimpleNamespace, taxonomy: SimpleNamespace) -> None:
    text = HEAD + "R-1,Soldador,1,1ro,3000 sem,soldadura MIG,\n"
    bring(house, text)
    Role.objects.update(openings=9)
    bring(house, text)
    assert Role.objects.get().openings == 9


def test_duplicate_rows_of_a_file_are_reported(house: SimpleNamespace, taxonomy: SimpleNamespace) -> None:
    row = ",Soldador,1,1ro,3000 sem,soldadura MIG,\n"
    report = bring(house, HEAD + row + row)
    assert (len(report.created), told(report.problems)) == (
        1,
        ["Row 3: The same role is already in row 2. Give each a reference of its own if they differ."],
    )


def test_a_bad_row_is_named_with_its_column_and_the_others_are_saved(
    house: SimpleNamespace, taxonomy: SimpleNamespace
) -> None:
    rows = (
        "1,Soldador,1,1ro,-2500,soldadura MIG,\n"
        "2,Soldador,1,1ro,2500 sem,soldadura MIG,01/01/2020\n"
        "3,Soldador,1,1ro,2500 sem,soldadura MIG,pronto mañana\n"
        "4,Soldador,0,1ro,2500 sem,soldadura MIG,\n"
        "5,,1,1ro,2500 sem,soldadura MIG,\n"
        "6,Soldador,1,1ro,3000-2000 sem,soldadura MIG,\n"
        "7,Soldador,1,1ro,2500 sem,soldadura MIG,\n"
    )
    report = bring(house, HEAD + rows)
    assert [problem.row for problem in report.problems] == [2, 3, 4, 5, 6, 7]
    assert {problem.column for problem in report.problems} == {"Sueldo", "Cierre", "Vacantes", "Puesto"}
    assert "Row 2, Sueldo: Pay cannot be less than zero." in told(report.problems)
    assert [role.external_ref for role in Role.objects.all()] == ["7"]


def test_a_trial_run_keeps_nothing(house: SimpleNamespace, taxonomy: SimpleNamespace) -> None:
    report = bring(house, HEAD + "1,Soldador,1,,,xyz,\n", dry_run=True, publish=True)
    assert len(report.created) == 1
    assert not Role.objects.exists()
    assert not UnlinkedPhrase.objects.exists()


def test_without_a_plant_every_row_says_so(house: SimpleNamespace, taxonomy: SimpleNamespace) -> None:
    make.PlantFactory(organization=house.organization, name="Planta Dos")
    assert [p.code for p in bring(house, HEAD + "1,Soldador,1,,,,\n").problems] == ["plant_missing"]
    assert len(bring(house, HEAD + "1,Soldador,1,,,,\n", plant=house.plant).created) == 1
    assert [p.code for p in bring(house, "puesto,planta\nSoldador,Marte\n").problems] == ["unknown_plant"]


def test_html_stays_text(house: SimpleNamespace, taxonomy: SimpleNamespace) -> None:
    bring(house, HEAD + "<b>1</b>,<script>alert(1)</script> soldador,1,<i>,,<img src=x>,\n")
    assert Role.objects.get().title_es == "<script>alert(1)</script> soldador"


def test_a_file_without_a_title_column_is_refused(house: SimpleNamespace) -> None:
    with pytest.raises(Exception, match=r"no_title_column|title of the role"):
        bring(house, "a,b\n1,2\n")


def command(path: Path, house: SimpleNamespace, *more: str) -> tuple[str, str]:
    """Run the command and return what it wrote."""
    out, err = StringIO(), StringIO()
    call_command("import_roles", str(path), "--organization", house.organization.slug, *more, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_command_reports_in_the_chosen_language(
    house: SimpleNamespace, taxonomy: SimpleNamespace, tmp_path: Path
) -> None:
    path = tmp_path / "vacantes.csv"
    path.write_bytes((HEAD + "1,Soldador,1,,,soldadura MIG,\n2,,1,,,,\n").encode("latin-1"))
    out, err = command(path, house, "--language", "en", "--publish")
    assert "2 rows: 1 new roles, 0 changed, 0 as they were, 1 published, 1 refused." in out
    assert "Row 3, Puesto: The title of the role is missing." in err


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4 x", b"puesto\n\n", b"puesto,turno\n,1ro\n", b"x" * 10_000_000])
def test_the_command_fails_when_nothing_could_be_read(house: SimpleNamespace, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "vacantes.csv"
    path.write_bytes(data)
    with pytest.raises(CommandError):
        command(path, house)


def test_the_command_names_an_unknown_organization_plant_or_file(house: SimpleNamespace, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"cannot be opened|No se puede abrir"):
        command(tmp_path / "x.csv", house)
    with pytest.raises(CommandError, match="Marte"):
        command(tmp_path / "x.csv", house, "--plant", "Marte")


def test_the_vacancies_of_the_benchmark_are_all_read(house: SimpleNamespace, taxonomy: SimpleNamespace) -> None:
    make.PlantFactory(organization=house.organization, name="El Paso DC", zone=make.ZoneFactory(country="US"))
    path = Path(__file__).resolve().parents[3] / "benchmarks" / "data" / "vacancies_juarez.csv"
    report = import_roles(organization=house.organization, data=path.read_bytes())
    assert report.rows >= 45
    # Closing dates pass with the calendar; nothing else may keep a row out.
    assert {problem.code for problem in report.problems} <= {"date_in_past"}
