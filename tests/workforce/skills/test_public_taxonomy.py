"""Anybody browses skills and occupations, in both languages, and takes them as CSV."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from tests import factories as make
from tests.budgets import QueryBudget
from workforce.skills.models import CredentialSkill, OccupationSkill, Skill, SkillRelation
from workforce.skills.panels import panels_for
from workforce.skills.services import retire

pytestmark = pytest.mark.django_db


@pytest.fixture
def mig() -> Skill:
    return make.SkillFactory(
        code="mig-welding",
        category=make.CategoryFactory(),
        label_es="Soldadura MIG",
        label_en="MIG welding",
        description_es="Soldar con alambre continuo.",
        description_en="Weld with continuous wire.",
        aliases=[("es", "microalambre"), ("en", "wire feed welding")],
    )


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_words_of_either_language_find_the_skill_in_the_readers(client: Client, mig: Skill) -> None:
    for path, label in (
        ("/es/skills/?q=wire+feed+welding", "Soldadura MIG"),
        ("/en/skills/?q=microalambre", "MIG welding"),
    ):
        shown = page(client, path)
        assert f">{label}</a>" in shown
        assert 'href="/' + path[1:3] + '/skills/mig-welding/"' in shown


def test_a_search_finds_occupations_too_and_says_when_it_finds_nothing(client: Client) -> None:
    make.OccupationFactory(code="welder", title_es="Soldador/Soldadora", title_en="Welder")
    assert "/es/occupations/welder/" in page(client, "/es/skills/?q=soldadora")
    assert "Nothing goes by that name here" in page(client, "/en/skills/?q=zzzzqqq")


def test_hostile_searches_are_only_text(client: Client) -> None:
    assert "<script>alert" not in page(client, "/es/skills/?q=%3Cscript%3Ealert(1)%3C/script%3E")
    page(client, "/es/skills/?q=" + "x" * 2000)
    page(client, "/es/skills/?q=%20%20")
    assert client.get("/es/skills/?category=none").status_code == 404
    assert client.get("/es/skills/nothing-here/").status_code == 404
    assert client.get("/es/taxonomy/users.csv").status_code == 404


def test_a_sector_lists_its_skills_in_use(client: Client, mig: Skill) -> None:
    assert mig.category is not None
    gone = make.SkillFactory(category=mig.category, status="retired", label_en="Gone away")
    shown = page(client, f"/en/skills/?category={mig.category.code}")
    assert "MIG welding" in shown
    assert gone.label_en not in shown
    assert f"?category={mig.category.code}" in page(client, "/en/skills/")


def test_a_skill_shows_meaning_words_relatives_occupations_roles_and_programmes(client: Client, mig: Skill) -> None:
    tig = make.SkillFactory(code="tig-welding", label_es="Soldadura TIG", label_en="TIG welding")
    vetoed = make.SkillFactory(label_es="Pintura", label_en="Painting")
    SkillRelation.objects.create(source_skill=tig, target_skill=mig, strength=0.6)
    SkillRelation.objects.create(source_skill=vetoed, target_skill=mig, strength=0.6, vetoed=True)
    welder = make.OccupationFactory(code="welder", title_es="Soldador/Soldadora", title_en="Welder")
    OccupationSkill.objects.create(occupation=welder, skill=mig, level=3)
    asks = make.RoleSkillFactory(skill=mig, role__title_es="Soldador de noche")
    teaches = make.ProgrammeSkillFactory(skill=mig, programme__name_es="Técnico soldador")
    shown = page(client, "/es/skills/mig-welding/")
    for text in (
        *("Soldar con alambre continuo.", "microalambre", "wire feed welding", "Soldadura TIG", "Soldador/Soldadora"),
        *("Soldador de noche", asks.role.get_absolute_url(), "Técnico soldador", teaches.programme.organization.name),
    ):
        assert text in shown, text
    assert "Pintura" not in shown


def test_closed_roles_and_unverified_institutes_stay_unseen(client: Client, mig: Skill) -> None:
    make.RoleSkillFactory(skill=mig, role__title_es="Vacante cerrada", role__state="closed")
    make.ProgrammeSkillFactory(
        skill=mig, programme__name_es="Curso oculto", programme__organization__verification="pending"
    )
    shown = page(client, "/es/skills/mig-welding/")
    assert "Vacante cerrada" not in shown
    assert "Curso oculto" not in shown
    assert [panel.total for panel in panels_for(mig)] == [0, 0]


def test_a_retired_skill_leads_to_its_successor_and_without_one_says_so(client: Client, mig: Skill) -> None:
    make.SkillFactory(code="old-mig", status="retired", successor=mig)
    make.SkillFactory(code="lost", status="retired")
    assert client.get("/es/skills/old-mig/").headers["Location"] == "/es/skills/mig-welding/"
    assert "no longer used" in page(client, "/en/skills/lost/")


def test_a_text_of_the_other_language_says_which_it_is(client: Client) -> None:
    make.SkillFactory(code="only-en", label_es=None, label_en="Flux stuff", description_es=None)
    assert '<span lang="en">Flux stuff</span>' in page(client, "/es/skills/only-en/")


def test_an_occupation_shows_skills_codes_and_open_roles(client: Client, mig: Skill) -> None:
    welder = make.OccupationFactory(code="welder", title_es="Soldador/Soldadora", title_en="Welder", isco="7212")
    OccupationSkill.objects.create(occupation=welder, skill=mig, level=3)
    make.RoleFactory(occupation=welder, title_en="Night welder")
    shown = page(client, "/en/occupations/welder/")
    for text in ("MIG welding", "7212", "Night welder"):
        assert text in shown, text
    assert "/en/occupations/welder/" in page(client, "/en/occupations/")


def test_the_pages_cost_the_same_however_much_there_is(client: Client, mig: Skill, query_budget: QueryBudget) -> None:
    welder = make.OccupationFactory(code="welder")
    for _n in range(60):
        other = make.SkillFactory(category=mig.category, broader=mig)
        SkillRelation.objects.create(source_skill=other, target_skill=mig, strength=0.5)
        OccupationSkill.objects.create(occupation=welder, skill=other)
        OccupationSkill.objects.create(occupation=make.OccupationFactory(), skill=mig)
    for _n in range(12):
        make.RoleSkillFactory(skill=mig)
        make.ProgrammeSkillFactory(skill=mig)
    client.get("/es/skills/?q=warm")
    assert mig.category is not None
    query_budget(client, "skill-search", "/es/skills/?q=soldadura")
    query_budget(client, "skill-search", f"/es/skills/?category={mig.category.code}")
    query_budget(client, "skill-detail", "/es/skills/mig-welding/")
    query_budget(client, "occupation-list", "/es/occupations/")
    query_budget(client, "occupation-detail", "/es/occupations/welder/")


def rows_of(response: Any) -> list[dict[str, str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


def test_csv_has_both_languages_and_no_formula(client: Client, mig: Skill) -> None:
    make.SkillFactory(code="risky", label_es="=1+1", label_en="-2")
    make.SkillFactory(code="gone", status="retired")
    response = client.get("/es/taxonomy/skills.csv")
    rows = {row["code"]: row for row in rows_of(response)}
    assert rows["mig-welding"]["label_es"] == "Soldadura MIG"
    assert rows["mig-welding"]["label_en"] == "MIG welding"
    assert (rows["risky"]["label_es"], rows["risky"]["label_en"]) == ("'=1+1", "'-2")
    assert "gone" not in rows
    assert response.headers["Content-Disposition"] == 'attachment; filename="puente-skills.csv"'
    for kind in ("occupations", "credentials"):
        assert client.get(f"/en/taxonomy/{kind}.csv").status_code == 200


def test_a_certificate_is_found_shown_and_followed_in_both_languages(client: Client, mig: Skill) -> None:
    old = make.CredentialFactory(code="old")
    paper = make.CredentialFactory(
        code="aws-d1",
        name_es="Soldador certificado D1.1",
        name_en="Certified welder D1.1",
        description_es="Comprueba soldadura en acero.",
        description_en="Proves welding of steel.",
        issuer="AWS",
        valid_months=6,
    )
    CredentialSkill.objects.create(credential=paper, skill=mig, level=3)
    role = make.RoleCredentialFactory(credential=paper).role
    retire(old, successor=paper)
    for lang, name, valid in (
        ("es", "Soldador certificado D1.1", "Vigente por 6 meses"),
        ("en", "Certified welder D1.1", "Valid for 6 months"),
    ):
        address = f"/{lang}/credentials/aws-d1/"
        assert f'href="{address}"' in page(client, f"/{lang}/skills/?q=certified+welder")
        assert f'href="{address}"' in page(client, f"/{lang}/skills/mig-welding/")
        assert name in page(client, f"/{lang}/credentials/")
        shown = page(client, address)
        assert (valid in shown, "AWS" in shown) == (True, True)
        assert f"/{lang}/skills/mig-welding/" in shown
        assert f"{role.pk}" in shown
        assert client.get(f"/{lang}/credentials/old/").headers["Location"] == address


def test_a_retired_occupation_leads_to_its_successor(client: Client) -> None:
    old, new = make.OccupationFactory(code="old-job"), make.OccupationFactory(code="new-job")
    retire(old, successor=new)
    assert client.get("/es/occupations/old-job/").headers["Location"] == "/es/occupations/new-job/"


@pytest.mark.parametrize("kind", ["skills", "occupations", "credentials", "aliases", "relations", "occupation-skills"])
def test_every_table_can_be_taken_and_has_only_what_is_in_use(client: Client, mig: Skill, kind: str) -> None:
    gone = make.SkillFactory(code="gone-skill", status="retired")
    job = make.OccupationFactory()
    OccupationSkill.objects.create(occupation=job, skill=gone)
    OccupationSkill.objects.create(occupation=job, skill=mig)
    CredentialSkill.objects.create(credential=make.CredentialFactory(), skill=mig)
    SkillRelation.objects.create(source_skill=mig, target_skill=gone, strength=0.5)
    SkillRelation.objects.create(source_skill=mig, target_skill=make.SkillFactory(), strength=0.5)
    response = client.get(f"/es/taxonomy/{kind}.csv")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text)))
    assert len(rows) > 1
    assert {len(row) for row in rows} == {len(rows[0])}
    assert "gone-skill" not in text
