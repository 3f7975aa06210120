"""Our own taxonomy is as large as promised, hangs together and reads well; the checks find what is wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from workforce.skills.checking import check_taxonomy
from workforce.skills.proofreading import english_faults, faults_of, spanish_faults
from workforce.skills.taxonomy_files import FOLDER


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(FOLDER, tmp_path / "taxonomy")
    return tmp_path / "taxonomy"


def append(path: Path, line: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")


def test_the_taxonomy_has_what_was_promised_and_no_fault() -> None:
    checked = check_taxonomy()
    assert checked.faults == []
    counts = checked.counts
    assert counts["skills"] >= 700
    assert counts["occupations"] >= 150
    assert counts["credentials"] >= 70
    assert counts["skills linked to ESCO"] >= 400
    assert counts["occupations with ISCO-08"] == counts["occupations"]


def test_the_command_prints_the_counts(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check_taxonomy")
    said = capsys.readouterr().out
    assert f"{check_taxonomy().counts['skills']:6} skills\n" in said


def test_a_skill_that_nothing_leads_to_is_an_orphan(folder: Path) -> None:
    append(folder / "skills.csv", "lost-skill,welding,,Cosa perdida,Lost thing,Hacer algo.,Do something.,,active,")
    with pytest.raises(CommandError, match="lost-skill: no relation, no broader skill, no occupation"):
        call_command("check_taxonomy", dir=folder)


def test_links_are_held_against_esco_where_it_is_at_hand(folder: Path, tmp_path: Path) -> None:
    esco = tmp_path / "esco"
    esco.mkdir()
    (esco / "skills_en.csv").write_text("conceptUri,preferredLabel\nhttp://example.test/1,weld\n", encoding="utf-8")
    (esco / "occupations_en.csv").write_text("conceptUri\nhttp://example.test/2\n", encoding="utf-8")
    (esco / "ISCOGroups_en.csv").write_text("code\n7212\n", encoding="utf-8")
    faults = check_taxonomy(folder, esco).faults
    for part in ("skill_links: ", "occupation_links: ", "is no group of ISCO-08"):
        assert any(part in fault for fault in faults), part
    assert not any("isco 7212" in fault for fault in faults)


def test_official_codes_are_held_against_mexicos_tables_where_they_are_at_hand(folder: Path, tmp_path: Path) -> None:
    mexico = tmp_path / "mexico"
    mexico.mkdir()
    (mexico / "sinco2011_codes.csv").write_text("codigo,titulo\n8211,Ensambladores\n", encoding="utf-8")
    (mexico / "sinco2011_ciuo08.csv").write_text("sinco,target\n8212,8212\n", encoding="utf-8")
    (mexico / "conocer_standards.csv").write_text("code\nEC0200\n", encoding="utf-8")
    checked = check_taxonomy(folder, mexico=mexico)
    for part in ("is no group of SINCO", "is no standard of CONOCER"):
        assert any(part in fault for fault in checked.faults), part
    assert not any("EC0200 is no standard" in fault or "sinco 8211" in fault for fault in checked.faults)
    assert checked.counts["occupations whose SINCO and ISCO-08 stand as a pair in INEGI's table"] > 0


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Soldar con la maquina en linea.", "“linea” lacks an accent"),
        ("Operacion de torno", "“Operacion” lacks an accent"),
        ("Manejar carretilla elevadora.", "montacargas"),
        ("Dirigir a los operarios.", "operador"),
    ],
)
def test_spanish_is_proofread(text: str, fault: str) -> None:
    assert any(fault in found for found in spanish_faults(text))


def test_right_words_pass() -> None:
    for text in ("Operación de montacargas en línea", "Relaciones públicas", "Fusion 360", "Montaje superficial"):
        assert list(spanish_faults(text)) == []
    for text in ("Supervise a color mold program otherwise", "Exercise precise labor"):
        assert list(english_faults(text)) == []


@pytest.mark.parametrize(
    "word", ["moulding", "colour", "programme", "organises", "optimise", "sterilisation", "labour"]
)
def test_english_is_that_of_the_united_states(word: str) -> None:
    assert list(english_faults(f"Some {word} here.")) == [f"“{word}” is British spelling"]


def test_a_definition_is_a_sentence() -> None:
    assert list(faults_of({"description_en": "Weld metal"})) == ["description_en does not end with a period"]
