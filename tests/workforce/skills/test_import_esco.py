"""import_esco: ESCO's layout, in both languages, repeatable, and what does not join is counted."""

from __future__ import annotations

import csv
import os
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.factories import SkillFactory, TechnicianSkillFactory
from workforce.skills.esco.files import COLUMNS, check_files
from workforce.skills.esco.importing import import_esco
from workforce.skills.esco.report import EscoReport
from workforce.skills.models import (
    Occupation,
    OccupationAlias,
    OccupationSkill,
    Skill,
    SkillAlias,
    SkillRelation,
)
from workforce.skills.search import link_occupation, link_skill, taxonomy_version

pytestmark = pytest.mark.django_db
SKILL = "http://data.europa.eu/esco/skill/00000000-0000-4000-8000-00000000000{}"
JOB = "http://data.europa.eu/esco/occupation/00000000-0000-4000-8000-00000000000{}"
TYPE = "KnowledgeSkillCompetence"
ESCO_DIR = Path(os.environ.get("PUENTE_ESCO_DIR", "/no/such/folder"))
HEADERS = {name: list(columns) for name, columns in COLUMNS.items()}
for _name in ("skills_en", "occupations_en", "occupations_es"):
    HEADERS[_name] += ["hiddenLabels", "status"]

# Invented rows in ESCO's layout.
ROWS: dict[str, list[dict[str, str]]] = {
    "skills_en": [
        {
            "conceptUri": SKILL.format(1),
            "preferredLabel": "join wires",
            "altLabels": "connect wires\nwire joining",
            "description": "Join wires.",
            "hiddenLabels": "wirejoin",
            "status": "released",
        },
        {"conceptUri": SKILL.format(2), "preferredLabel": "electricity", "altLabels": "", "description": "Knowing it."},
        {"conceptUri": SKILL.format(3), "preferredLabel": "crimp things", "altLabels": "x" * 251, "status": "released"},
        {"conceptUri": SKILL.format(4), "preferredLabel": "withdrawn", "status": "obsolete"},
    ],
    "skills_es": [
        {
            "conceptUri": SKILL.format(1),
            "preferredLabel": "unir cables",
            "altLabels": "conectar cables\nConectar  Cables",
        },
        {"conceptUri": SKILL.format(2), "preferredLabel": "electricidad"},
        {"conceptUri": SKILL.format(9), "preferredLabel": "sola en español"},
    ],
    "occupations_en": [
        {
            "conceptUri": JOB.format(1),
            "preferredLabel": "cable fitter",
            "altLabels": "cable joiner",
            "description": "Fits.",
            "iscoGroup": "7413",
            "status": "released",
        },
        {"conceptUri": JOB.format(2), "preferredLabel": "odd jobber", "iscoGroup": "0000"},
    ],
    "occupations_es": [
        {
            "conceptUri": JOB.format(1),
            "preferredLabel": "instalador de cables/instaladora de cables",
            "altLabels": "cableador/cableadora",
        },
        {"conceptUri": JOB.format(2), "preferredLabel": f"{'operador de algo ' * 7}/{'operadora de algo ' * 7}"},
    ],
    "ISCOGroups_en": [{"code": "7413"}, {"code": "74"}],
    "broaderRelationsSkillPillar": [
        {"conceptType": TYPE, "conceptUri": SKILL.format(1), "broaderType": TYPE, "broaderUri": SKILL.format(3)},
        {"conceptType": TYPE, "conceptUri": SKILL.format(1), "broaderType": TYPE, "broaderUri": SKILL.format(2)},
        {"conceptType": TYPE, "conceptUri": SKILL.format(1), "broaderType": "SkillGroup", "broaderUri": "S1"},
        {"conceptType": TYPE, "conceptUri": SKILL.format(8), "broaderType": TYPE, "broaderUri": SKILL.format(2)},
    ],
    "occupationSkillRelations": [
        {"occupationUri": JOB.format(1), "relationType": "optional", "skillUri": SKILL.format(1)},
        {"occupationUri": JOB.format(1), "relationType": "essential", "skillUri": SKILL.format(1)},
        {"occupationUri": JOB.format(1), "relationType": "optional", "skillUri": SKILL.format(2)},
        {"occupationUri": JOB.format(7), "relationType": "essential", "skillUri": SKILL.format(1)},
        {"occupationUri": JOB.format(1), "relationType": "essential", "skillUri": SKILL.format(4)},
    ],
    "skillSkillRelations": [
        {"originalSkillUri": SKILL.format(1), "relationType": "essential", "relatedSkillUri": SKILL.format(2)},
        {"originalSkillUri": SKILL.format(3), "relationType": "optional", "relatedSkillUri": SKILL.format(2)},
        {"originalSkillUri": SKILL.format(3), "relationType": "optional", "relatedSkillUri": SKILL.format(8)},
        {"originalSkillUri": SKILL.format(3), "relationType": "friendly", "relatedSkillUri": SKILL.format(1)},
    ],
}


def write(folder: Path, name: str, rows: list[dict[str, str]]) -> None:
    with (folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, HEADERS[name], restval="")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, rows in ROWS.items():
        write(tmp_path, name, rows)
    return tmp_path


def run(folder: Path) -> EscoReport:
    return import_esco(folder, lambda title, total: nullcontext(lambda count: None))


def test_concepts_come_in_both_languages(folder: Path) -> None:
    run(folder)
    skill = Skill.objects.get(esco_uri=SKILL.format(1))
    assert (skill.label_es, skill.label_en, skill.source) == ("unir cables", "join wires", "esco")
    assert skill.code == "esco:00000000-0000-4000-8000-000000000001"
    job = Occupation.objects.get(esco_uri=JOB.format(1))
    assert (job.title_en, job.isco) == ("cable fitter", "7413")
    assert Skill.objects.count() == 3


def test_texts_become_aliases_in_both_languages_and_genders(folder: Path) -> None:
    run(folder)
    texts = set(SkillAlias.objects.filter(skill__esco_uri=SKILL.format(1)).values_list("lang", "norm", "kind"))
    assert texts == {
        ("en", "join wires", "label"),
        ("en", "connect wires", "alias"),
        ("en", "wire joining", "alias"),
        ("en", "wirejoin", "hidden"),
        ("es", "unir cables", "label"),
        ("es", "conectar cables", "alias"),
    }
    titles = OccupationAlias.objects.filter(occupation__esco_uri=JOB.format(1), lang="es").values_list(
        "norm", flat=True
    )
    assert set(titles) == {"instalador de cables", "instaladora de cables", "cableador", "cableadora"}
    for said in ("Cableadora", "cable joiner", "instaladora de cables"):
        linked = link_occupation(said)
        assert linked is not None
        assert linked.occupation.esco_uri == JOB.format(1)


def test_relations_are_directed_from_doing_to_knowing(folder: Path) -> None:
    run(folder)
    found = set(SkillRelation.objects.values_list("source_skill__label_en", "target_skill__label_en", "strength"))
    assert found == {("join wires", "electricity", 0.7), ("crimp things", "electricity", 0.4)}
    assert Skill.objects.get(esco_uri=SKILL.format(1)).broader == Skill.objects.get(esco_uri=SKILL.format(2))


def test_essential_wins_where_a_pair_stands_twice(folder: Path) -> None:
    run(folder)
    needs = set(OccupationSkill.objects.values_list("skill__label_en", "essential"))
    assert needs == {("join wires", True), ("electricity", False)}


def test_what_does_not_join_is_counted(folder: Path) -> None:
    counts = {why: count for why, count in run(folder).left_out.items() if count}
    assert counts == {
        "skills without Spanish (imported with English alone)": 1,
        "skills that stand in the Spanish file alone": 1,
        "skill aliases that are too long": 1,
        "ISCO codes of occupations that are no ISCO group": 1,
        "occupations whose name was shortened": 1,
        "broader relations to groups, which are not skills": 1,
        "broader relations whose skill is not there": 1,
        "skills of occupations whose occupation is not there": 1,
        "skills of occupations whose skill is not there": 1,
        "relations between skills whose skill is not there": 1,
        "relations between skills of an unknown type": 1,
    }


def test_a_second_run_changes_nothing(folder: Path) -> None:
    assert run(folder).touched
    version = taxonomy_version()
    assert not run(folder).touched
    assert taxonomy_version() == version


def test_a_new_release_changes_adds_and_retires(folder: Path) -> None:
    run(folder)
    held = TechnicianSkillFactory(skill=Skill.objects.get(esco_uri=SKILL.format(3)))
    renamed = [ROWS["skills_en"][0] | {"preferredLabel": "splice wires"}, ROWS["skills_en"][1]]
    write(folder, "skills_en", renamed)
    report = run(folder)
    held.skill.refresh_from_db()
    assert held.skill.status == "retired"
    assert Skill.objects.get(esco_uri=SKILL.format(1)).label_en == "splice wires"
    assert (report.rows["skills"].changed, report.rows["skills"].removed) == (1, 1)
    write(folder, "skills_en", ROWS["skills_en"])
    run(folder)
    held.skill.refresh_from_db()
    assert held.skill.status == "active"
    assert not run(folder).touched


def test_our_own_skill_with_the_address_stays_ours(folder: Path) -> None:
    ours = SkillFactory(
        code="wire-joining", label_es="Empalme", label_en="Splicing", esco_uri=SKILL.format(1), source="puente"
    )
    other = SkillFactory(code="wires", label_es="Cables", label_en="Wires", aliases=[("es", "conectar cables")])
    report = run(folder)
    ours.refresh_from_db()
    assert (ours.code, ours.label_es, ours.source, ours.broader) == ("wire-joining", "Empalme", "puente", None)
    assert Skill.objects.filter(source="esco").count() == 2
    linked = link_skill("unir cables")
    assert linked is not None
    assert linked.skill == ours
    again = link_skill("conectar cables")
    assert again is not None
    assert again.skill == other
    assert report.left_out["skill aliases that our own taxonomy gives to another"] == 1
    assert SkillAlias.objects.filter(skill=ours, kind="label").count() == 2
    assert not run(folder).touched


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_a_missing_file_or_column_is_named_and_nothing_is_written(folder: Path, name: str) -> None:
    (folder / f"{name}.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(CommandError, match=rf"{name}\.csv lacks the column"):
        call_command("import_esco", folder, verbosity=0)
    (folder / f"{name}.csv").unlink()
    with pytest.raises(CommandError, match=rf"{name}\.csv is not in"):
        call_command("import_esco", folder, verbosity=0)
    assert not Skill.objects.exists()


def test_what_is_no_folder_or_no_csv_is_refused(folder: Path) -> None:
    with pytest.raises(CommandError, match="is not a folder"):
        call_command("import_esco", folder / "skills_en.csv", verbosity=0)
    (folder / "skills_en.csv").write_bytes(b"%PDF-1.7\n\xff\xfe\x00")
    with pytest.raises(CommandError, match=r"not UTF-8|not a CSV"):
        call_command("import_esco", folder, verbosity=0)
    (folder / "skills_en.csv").write_text('a,"b\n1,2\n', encoding="utf-8")
    with pytest.raises(CommandError, match=r"skills_en\.csv"):
        call_command("import_esco", folder, verbosity=0)


def test_a_stop_in_the_middle_leaves_what_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*args: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("workforce.skills.esco.relations.import_skill_relations", stop)
    with pytest.raises(KeyboardInterrupt):
        run(folder)
    assert not Skill.objects.exists()


def test_the_command_prints_counts_time_and_memory(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_esco", folder)
    out = capsys.readouterr().out
    assert "skills: 3 added" in out
    assert "counted: 1 skills that stand in the Spanish file alone" in out
    assert "peak memory:" in out


@pytest.mark.skipif(not ESCO_DIR.is_dir(), reason="PUENTE_ESCO_DIR names no folder with ESCO's files")
def test_the_real_files_can_be_read() -> None:
    counts = check_files(ESCO_DIR)
    assert counts["skills_en"] > 10_000


@pytest.mark.skipif(not ESCO_DIR.is_dir(), reason="PUENTE_ESCO_DIR names no folder with ESCO's files")
def test_the_real_files_are_imported_once() -> None:
    first = run(ESCO_DIR)
    assert first.rows["skills"].added > 10_000
    assert not run(ESCO_DIR).touched
