"""The taxonomy by API: public, both languages by name, ranked when asked by words."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.factories import (
    CategoryFactory,
    CredentialFactory,
    OccupationFactory,
    ProgrammeFactory,
    ProgrammeSkillFactory,
    RoleCredentialFactory,
    RoleFactory,
    RoleSkillFactory,
    SkillFactory,
)
from workforce.skills.models import CredentialSkill, OccupationSkill, Skill, SkillRelation

pytestmark = pytest.mark.django_db


@pytest.fixture
def welding() -> Any:
    return CategoryFactory(code="welding")


@pytest.fixture
def mig(welding: Any) -> Skill:
    return SkillFactory(code="mig", label_es="Soldadura MIG", label_en="MIG welding", category=welding)


@pytest.fixture
def tig(welding: Any) -> Skill:
    return SkillFactory(code="tig", label_es="Soldadura TIG", label_en="TIG welding")


def codes(answer: Any) -> list[str]:
    return [row["code"] for row in answer.json()["results"]]


def test_the_list_is_public_and_goes_by_code(client: Client, tig: Skill, mig: Skill) -> None:
    SkillFactory(code="zzz", status="retired")
    answer = client.get("/api/v1/skills/")
    assert codes(answer) == ["mig", "tig"]
    first = answer.json()["results"][0]
    assert (first["label_es"], first["label_en"], first["matched"]) == ("Soldadura MIG", "MIG welding", None)
    page = client.get("/api/v1/skills/?page_size=1").json()
    assert codes(client.get(page["next"])) == ["tig"]


def test_the_label_follows_the_reader(client: Client, mig: Skill) -> None:
    assert client.get("/api/v1/skills/mig/?lang=en").json()["label"] == "MIG welding"
    assert client.get("/api/v1/skills/mig/?lang=es").json()["label"] == "Soldadura MIG"


def test_words_are_ranked_and_say_why(client: Client, mig: Skill, tig: Skill) -> None:
    answer = client.get("/api/v1/skills/?q=soldadora mig")
    assert codes(answer)[0] == "mig"
    assert answer.json()["results"][0]["matched"]["lang"] == "es"
    assert codes(client.get("/api/v1/skills/?q=soldadura&limit=1")) in (["mig"], ["tig"])
    assert codes(client.get("/api/v1/skills/?q=soldadura&category=welding")) == ["mig"]
    assert codes(client.get("/api/v1/skills/?q=cocina")) == []


@pytest.mark.parametrize(
    "query", ["limit=0&q=x", "limit=51&q=x", "limit=a&q=x", "category=no", "q=" + "a" * 301, "q=%00"]
)
def test_nonsense_is_a_problem_not_a_crash(client: Client, mig: Skill, query: str) -> None:
    answer = client.get(f"/api/v1/skills/?{query}")
    assert answer.status_code == 400
    assert answer.json()["code"] in ("invalid_input", "malformed_request")


def test_a_retired_skill_names_its_successor(client: Client, mig: Skill) -> None:
    SkillFactory(code="old", status="retired", successor=mig)
    answer = client.get("/api/v1/skills/old/").json()
    assert (answer["status"], answer["successor"]) == ("retired", "mig")
    assert client.get("/api/v1/skills/none/").status_code == 404


def test_related_skills_are_directed_and_without_vetoed_ones(client: Client, mig: Skill, tig: Skill) -> None:
    SkillRelation.objects.create(source_skill=mig, target_skill=tig, strength=0.5)
    SkillRelation.objects.create(source_skill=tig, target_skill=mig, strength=0.6, vetoed=True)
    SkillFactory(code="mig-robot", broader=mig)
    answer = client.get("/api/v1/skills/mig/related/").json()
    assert [(r["skill"]["code"], r["strength"]) for r in answer["covers"]] == [("tig", 0.5)]
    assert answer["covered_by"] == []
    assert [row["code"] for row in answer["narrower"]] == ["mig-robot"]


def test_an_occupation_has_its_skills_essential_ones_first(client: Client, mig: Skill, tig: Skill) -> None:
    job = OccupationFactory(code="welder", title_es="Soldador/Soldadora", title_en="Welder", isco="7212")
    OccupationSkill.objects.create(occupation=job, skill=mig, essential=False)
    OccupationSkill.objects.create(occupation=job, skill=tig, essential=True, level=3)
    answer = client.get("/api/v1/occupations/welder/").json()
    assert [(s["skill"]["code"], s["essential"], s["level"]) for s in answer["skills"]] == [
        ("tig", True, 3),
        ("mig", False, 2),
    ]
    assert codes(client.get("/api/v1/occupations/?isco=72")) == ["welder"]
    assert codes(client.get("/api/v1/occupations/?q=weldr")) == ["welder"]
    assert "skills" not in client.get("/api/v1/occupations/").json()["results"][0]


def test_a_credential_says_what_it_proves(client: Client, mig: Skill) -> None:
    paper = CredentialFactory(code="dc3-welding")
    CredentialSkill.objects.create(credential=paper, skill=mig, level=2)
    answer = client.get("/api/v1/credentials/?kind=dc3").json()["results"][0]
    assert (answer["code"], answer["skills"][0]["skill"]["code"]) == ("dc3-welding", "mig")
    assert client.get("/api/v1/credentials/dc3-welding/").json()["skills"][0]["level"] == 2


@pytest.mark.parametrize("path", ["skills", "occupations", "credentials"])
def test_a_longer_list_takes_no_more_queries(client: Client, path: str, django_assert_max_num_queries: Any) -> None:
    for make in (SkillFactory, OccupationFactory, CredentialFactory):
        make.create_batch(8)
    for paper in CredentialFactory.create_batch(3):
        CredentialSkill.objects.create(credential=paper, skill=SkillFactory())
    with django_assert_max_num_queries(4):
        client.get(f"/api/v1/{path}/")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nobody_writes_by_api(client: Client, mig: Skill, method: str) -> None:
    assert getattr(client, method)("/api/v1/skills/mig/").status_code in (401, 403, 405)


def test_occupations_and_credentials_of_a_skill(client: Client, mig: Skill, tig: Skill) -> None:
    welder, paper = OccupationFactory(code="welder"), CredentialFactory(code="aws")
    OccupationFactory(), CredentialFactory()
    OccupationSkill.objects.create(occupation=welder, skill=mig)
    CredentialSkill.objects.create(credential=paper, skill=mig)
    assert codes(client.get("/api/v1/occupations/?skill=mig")) == ["welder"]
    assert codes(client.get("/api/v1/credentials/?skill=mig")) == ["aws"]
    for kind in ("occupations", "credentials"):
        assert codes(client.get(f"/api/v1/{kind}/?skill=tig")) == []
        assert codes(client.get(f"/api/v1/{kind}/?skill=nothing")) == []


def test_credentials_are_found_by_words_and_by_their_standard(client: Client) -> None:
    CredentialFactory(
        code="conocer-ec0200",
        name_es="EC0200 Operación de montacargas",
        name_en="EC0200 Forklift operation",
        kind="conocer",
        standard="EC0200",
    )
    CredentialFactory(code="aws", name_es="Soldador certificado", name_en="Certified welder")
    for words in ("forklift", "operacion montacargas", "ec0200", "EC 0200"):
        answer = client.get("/api/v1/credentials/", {"q": words, "limit": 1})
        assert codes(answer) == ["conocer-ec0200"], words
    assert answer.json()["results"][0]["standard"] == "EC0200"
    assert answer.json()["results"][0]["matched"]["score"] > 0.9


def test_retired_concepts_name_their_successors(client: Client) -> None:
    for kind, make in (("occupations", OccupationFactory), ("credentials", CredentialFactory)):
        heir = make()
        make(code=f"old-{kind}", status="retired", successor=heir)
        told = client.get(f"/api/v1/{kind}/old-{kind}/").json()
        assert (told["status"], told["successor"]) == ("retired", heir.code)


def test_open_roles_by_skill_occupation_and_credential(client: Client, mig: Skill, tig: Skill) -> None:
    role = RoleSkillFactory(skill=mig, role__occupation=OccupationFactory(code="welder")).role
    RoleCredentialFactory(role=role, credential=CredentialFactory(code="aws"))
    RoleFactory()
    for query in ("skill=mig", "occupation=welder", "credential=aws"):
        found = client.get(f"/api/v1/roles/?{query}").json()["results"]
        assert [row["id"] for row in found] == [role.pk], query
    assert client.get("/api/v1/roles/?skill=tig").json()["results"] == []


def test_programmes_of_verified_institutes_by_skill(client: Client, mig: Skill, tig: Skill) -> None:
    taught = ProgrammeSkillFactory(skill=mig).programme
    other = ProgrammeFactory()
    ProgrammeSkillFactory(skill=mig, programme__organization__verification="pending")
    rows = client.get("/api/v1/offered-programmes/").json()["results"]
    assert [row["id"] for row in rows] == [other.pk, taught.pk]
    rows = client.get("/api/v1/offered-programmes/?skill=mig").json()["results"]
    assert [row["id"] for row in rows] == [taught.pk]
    assert client.get("/api/v1/offered-programmes/?skill=nothing").json()["results"] == []
