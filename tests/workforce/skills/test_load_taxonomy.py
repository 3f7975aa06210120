"""load_taxonomy: checked first, repeatable, and nobody loses a skill."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from tests.factories import RoleSkillFactory, SkillFactory, TechnicianSkillFactory
from workforce.skills.csvfiles import DataFileError
from workforce.skills.esco.files import code_of
from workforce.skills.events import skill_retired, taxonomy_changed
from workforce.skills.loading import load_taxonomy
from workforce.skills.models import (
    Occupation,
    OccupationAlias,
    OccupationSkill,
    Skill,
    SkillAlias,
    SkillRelation,
)
from workforce.skills.search import link_occupation, link_skill, taxonomy_version
from workforce.skills.taxonomy_files import FOLDER, read_taxonomy

pytestmark = pytest.mark.django_db
FILES = {
    "categories.csv": "code,name_es,name_en\nwelding,Soldadura,Welding\n",
    "skills.csv": (
        "code,category,broader,label_es,label_en,description_es,description_en,esco_uri,status,successor\n"
        "welding-all,welding,,Soldadura de metales,Metal welding,Unir metales.,Join metals.,,active,\n"
        "mig,welding,welding-all,Soldadura MIG,MIG welding,Con alambre.,With wire.,,active,\n"
        "tig,welding,welding-all,Soldadura TIG,TIG welding,Con tungsteno.,With tungsten.,,active,\n"
    ),
    "aliases.csv": "skill,lang,text,ambiguous\nmig,es,microalambre,\nmig,en,GMAW,\n",
    "wordings.csv": "skill,lang,text\nmig,es,soldar con micro\n",
    "relations.csv": "from,to,strength\nmig,welding-all,0.85\n",
    "skill_links.csv": "skill,uri,match\nmig,http://example.test/skill/2,close\ntig,http://example.test/skill/3,broad\n",
    "occupations.csv": (
        "code,title_es,title_en,description_es,description_en,isco,sinco,soc,level,status,successor\n"
        "welder,Soldador/Soldadora,Welder,Une metales.,Joins metals.,7212,7212,51-4121,2,active,\n"
    ),
    "occupation_aliases.csv": "occupation,lang,text,ambiguous\nwelder,es,soldador MIG,\nwelder,es,soldadora MIG,\n",
    "occupation_links.csv": "occupation,uri,match\nwelder,http://example.test/occupation/1,exact\n",
    "occupation_skills.csv": "occupation,skill,essential,level\nwelder,mig,1,2\nwelder,tig,0,2\n",
    "credentials.csv": (
        "code,name_es,name_en,description_es,description_en,kind,issuer,valid_months,standard,status,successor\n"
        "dc3,DC-3 Soldadura,DC-3 Welding,Un curso.,A course.,dc3,STPS,24,,active,\n"
    ),
    "credential_skills.csv": "credential,skill,level\ndc3,mig,2\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def edit(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def heard() -> Any:
    events: list[tuple[str, Any]] = []

    def changed(**kwargs: Any) -> None:
        events.append(("changed", None))

    def retired(skill_id: int, successor_id: int | None, **kwargs: Any) -> None:
        events.append(("retired", (skill_id, successor_id)))

    taxonomy_changed.connect(changed)
    skill_retired.connect(retired)
    yield events
    taxonomy_changed.disconnect(changed)
    skill_retired.disconnect(retired)


def test_the_repositorys_own_files_are_sound_and_large_enough() -> None:
    taxonomy = read_taxonomy()
    assert len(taxonomy.skills) >= 150
    assert len(taxonomy.occupations) >= 30
    assert all(row["label_es"] and row["label_en"] for row in taxonomy.skills.values())
    assert all(row["title_es"] and row["title_en"] for row in taxonomy.occupations.values())
    for aliases in (*taxonomy.skill_aliases.values(), *taxonomy.occupation_aliases.values()):
        assert {"es", "en"} <= {lang for lang, _norm in aliases}


def test_loading_twice_changes_nothing_the_second_time(heard: list[Any]) -> None:
    first = load_taxonomy()
    version = taxonomy_version()
    assert heard.count(("changed", None)) == 1
    second = load_taxonomy()
    assert all(tally.added for tally in first.values())
    assert not any(tally.touched for tally in second.values())
    assert taxonomy_version() == version
    assert heard.count(("changed", None)) == 1
    assert [str(tally.unchanged) for tally in second.values()] == [str(tally.added) for tally in first.values()]


def test_what_people_say_is_linked_after_loading(folder: Path) -> None:
    load_taxonomy(folder)
    for title in ("Soldador", "soldadora", "SOLDADOR(A)", "Soldador/a", "Soldadora MIG c/licencia", "welder"):
        linked = link_occupation(title)
        assert linked is not None, title
        assert linked.occupation.code == "welder"
    skill = link_skill("micro alambre")
    assert skill is not None
    assert (skill.skill.code, skill.confidence) == ("mig", 1.0)


def test_both_forms_of_a_title_are_aliases_of_one_occupation(folder: Path) -> None:
    load_taxonomy(folder)
    texts = OccupationAlias.objects.filter(lang="es", kind="label").values_list("norm", flat=True)
    assert set(texts) == {"soldador", "soldadora"}


def test_a_rename_keeps_peoples_skills(folder: Path) -> None:
    load_taxonomy(folder)
    held = TechnicianSkillFactory(skill=Skill.objects.get(code="mig"))
    edit(folder, "skills.csv", "Soldadura MIG,", "Soldadura con microalambre,")
    report = load_taxonomy(folder)
    held.refresh_from_db()
    assert held.skill.label_es == "Soldadura con microalambre"
    assert report["skills"].changed == 1
    assert report["skills"].unchanged == 2


def test_a_retired_skill_tells_its_successor(folder: Path, heard: list[Any]) -> None:
    load_taxonomy(folder)
    edit(folder, "skills.csv", "With wire.,,active,", "With wire.,,retired,welding-all")
    load_taxonomy(folder)
    mig, welding = Skill.objects.get(code="mig"), Skill.objects.get(code="welding-all")
    assert (mig.status, mig.successor) == ("retired", welding)
    assert ("retired", (mig.pk, welding.pk)) in heard
    heard.clear()
    load_taxonomy(folder)
    assert heard == []


def test_a_skill_that_is_no_longer_listed_is_retired_not_removed(folder: Path) -> None:
    load_taxonomy(folder)
    edit(
        folder,
        "skills.csv",
        "tig,welding,welding-all,Soldadura TIG,TIG welding,Con tungsteno.,With tungsten.,,active,\n",
        "",
    )
    edit(folder, "occupation_skills.csv", "welder,tig,0,2\n", "")
    edit(folder, "skill_links.csv", "tig,http://example.test/skill/3,broad\n", "")
    report = load_taxonomy(folder)
    assert report["skills"].removed == 1
    assert Skill.objects.get(code="tig").status == "retired"
    assert link_skill("Soldadura TIG") is None
    assert OccupationSkill.objects.count() == 1


def test_what_staff_wrote_stays(folder: Path) -> None:
    load_taxonomy(folder)
    mig = Skill.objects.get(code="mig")
    SkillAlias.objects.create(skill=mig, lang="es", text="Soldar con máquina")
    SkillRelation.objects.filter(source_skill=mig).update(vetoed=True)
    load_taxonomy(folder)
    assert mig.aliases.filter(norm="soldar con maquina").exists()
    assert SkillRelation.objects.get().vetoed


def test_a_skill_of_esco_gives_way_to_ours_with_its_address(folder: Path, heard: list[Any]) -> None:
    uri = "http://example.test/skill/2"
    theirs = SkillFactory(code=code_of(uri), esco_uri=uri, source="esco")
    edit(folder, "skills.csv", "With wire.,,", f"With wire.,{uri},")
    load_taxonomy(folder)
    theirs.refresh_from_db()
    mig = Skill.objects.get(code="mig")
    assert (theirs.status, theirs.successor, mig.esco_uri) == ("retired", mig, uri)
    assert ("retired", (theirs.pk, mig.pk)) in heard
    assert not any(tally.touched for tally in load_taxonomy(folder).values())


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (
            "skills.csv",
            "mig,welding,welding-all",
            "mig,painting,welding-all",
            "skills.csv, line 3: category “painting”",
        ),
        ("skills.csv", "mig,welding,welding-all", "mig,welding,nothing", "skills.csv, line 3: broader “nothing”"),
        ("skills.csv", "tig,welding", "mig,welding", "skills.csv, line 4: the code “mig” is there twice"),
        ("skills.csv", "welding-all,welding,,", "welding-all,welding,mig,", "in a circle"),
        ("skills.csv", "Soldadura MIG,", ",", "skills.csv, line 3: label_es of “mig” is empty"),
        ("skills.csv", "wire.,,active", "wire.,,gone", "skills.csv, line 3: status “gone”"),
        ("skills.csv", ",status,", ",state,", "skills.csv lacks the column(s) status"),
        ("skills.csv", "With wire.,,active,", "With wire.,,active", "skills.csv, line 3: 9 values"),
        ("aliases.csv", "mig,en,GMAW", "tug,en,GMAW", "aliases.csv, line 3: skill “tug” is not known"),
        ("aliases.csv", "mig,en", "mig,fr", "aliases.csv, line 3: lang “fr”"),
        ("aliases.csv", "mig,en,GMAW", "tig,es,Microalambre", "aliases.csv, line 3: “Microalambre” leads to “mig”"),
        ("aliases.csv", "mig,en,GMAW", "mig,es,Microálambre", "is there already in line 2"),
        ("wordings.csv", "mig,es,soldar con micro", "tug,es,x", "wordings.csv, line 2: skill “tug” is not known"),
        ("wordings.csv", "soldar con micro", "microalambre", "is there already in line 2 of aliases.csv"),
        ("wordings.csv", "soldar con micro", "soldadura mig", "“soldadura mig” is the label or an alias already"),
        ("wordings.csv", "soldar con micro", "Soldadura TIG", "“Soldadura TIG” leads to “mig” already"),
        ("relations.csv", "0.85", "1.85", "relations.csv, line 2: strength “1.85”"),
        ("relations.csv", "mig,welding-all", "mig,mig", "relations.csv, line 2:"),
        ("skill_links.csv", ",close", ",near", "skill_links.csv, line 2: match “near”"),
        ("skill_links.csv", "skill/3,broad", "skill/2,exact", "skill_links.csv, line 3: “mig” is linked as the same"),
        ("skill_links.csv", "tig,", "tug,", "skill_links.csv, line 3: skill “tug” is not known"),
        (
            "skills.csv",
            "With wire.,,",
            "With wire.,http://example.test/9,",
            "esco_uri of “mig” is no exact or close link",
        ),
        ("occupation_links.csv", ",exact", ",same", "occupation_links.csv, line 2: match “same”"),
        ("occupations.csv", ",active,", ",gone,", "occupations.csv, line 2: status “gone”"),
        ("occupations.csv", ",active,", ",retired,welder", "“welder” is its own successor"),
        ("credentials.csv", "24,,", "24,EC12,", "credentials.csv, line 2: standard “EC12”"),
        ("credentials.csv", "A course.,dc3", "A course.,conocer", "“dc3” is of CONOCER and names no standard"),
        ("credentials.csv", ",active,", ",active,other", "successor “other” is not known"),
        ("aliases.csv", "mig,en,GMAW,", "mig,en,GMAW,yes", "aliases.csv, line 3: ambiguous “yes”"),
        ("aliases.csv", "mig,en,GMAW,", "mig,en,GMAW,1", "aliases.csv, line 3: “GMAW” is ambiguous with nothing"),
        ("occupations.csv", "51-4121,2", "51-4121,7", "occupations.csv, line 2: level “7”"),
        (
            "occupation_skills.csv",
            "welder,mig,1,2",
            "welder,mig,yes,2",
            "occupation_skills.csv, line 2: essential “yes”",
        ),
        ("credentials.csv", ",dc3,STPS", ",paper,STPS", "credentials.csv, line 2: kind “paper”"),
        ("credential_skills.csv", "dc3,mig", "dc9,mig", "credential_skills.csv, line 2: credential “dc9”"),
    ],
)
def test_a_bad_file_is_refused_with_its_line_and_nothing_is_written(
    folder: Path, name: str, old: str, new: str, said: str
) -> None:
    edit(folder, name, old, new)
    with pytest.raises(DataFileError, match=r"line|column") as refused:
        load_taxonomy(folder)
    assert said in str(refused.value)
    assert not Skill.objects.exists()


def test_a_file_that_is_not_what_its_name_says_is_refused(folder: Path) -> None:
    for content in (b"%PDF-1.7\x00\x01", "código,ñ".encode("latin-1"), "code\n".encode("utf-16")):
        (folder / "categories.csv").write_bytes(content)
        with pytest.raises(CommandError, match=r"categories\.csv"):
            call_command("load_taxonomy", dir=folder, verbosity=0)
    (folder / "categories.csv").unlink()
    with pytest.raises(CommandError, match="is not in"):
        call_command("load_taxonomy", dir=folder, verbosity=0)


def test_the_command_reports_by_kind(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_taxonomy", dir=folder)
    assert "skills: 3 added, 0 changed, 0 retired, 0 unchanged" in capsys.readouterr().out
    assert Occupation.objects.get().level == 2


def test_the_copied_repository_files_load_from_elsewhere(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "taxonomy")
    assert load_taxonomy(tmp_path / "taxonomy")["skills"].added >= 150


def test_links_to_esco_are_loaded_graded_and_told_by_the_api(folder: Path, client: Client) -> None:
    load_taxonomy(folder)
    told = client.get("/api/v1/skills/tig/").json()
    assert told["links"] == [{"uri": "http://example.test/skill/3", "match": "broad"}]
    edit(folder, "skill_links.csv", "skill/3,broad", "skill/3,exact")
    report = load_taxonomy(folder)["links to ESCO"]
    assert (report.added, report.removed) == (1, 1)
    assert not any(tally.touched for tally in load_taxonomy(folder).values())


def test_a_retired_skill_moves_people_and_roles_to_its_successor(folder: Path) -> None:
    load_taxonomy(folder)
    held, asked = (make(skill=Skill.objects.get(code="tig")) for make in (TechnicianSkillFactory, RoleSkillFactory))
    edit(folder, "skills.csv", "With tungsten.,,active,", "With tungsten.,,retired,mig")
    load_taxonomy(folder)
    for row in (held, asked):
        row.refresh_from_db()
        assert row.skill.code == "mig"


def test_wordings_of_vacancies_find_a_skill_and_are_not_shown(folder: Path, client: Client) -> None:
    load_taxonomy(folder)
    linked = link_skill("Soldar con micro")
    assert linked is not None
    assert linked.skill.code == "mig"
    assert SkillAlias.objects.get(norm="soldar con micro").kind == "hidden"
    assert "soldar con micro" not in client.get("/es/skills/mig/").content.decode()
