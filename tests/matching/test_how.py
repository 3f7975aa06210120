"""The public page on how matching works: its numbers are the engine's, and its example is computed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from matching import how, rebuilds
from matching.engine import constants
from matching.engine.matrix import RelatednessMatrix
from matching.engine.neighbors import CoverageNeighbors
from matching.engine.oracle import coverage
from matching.engines import load_engine
from matching.models import RebuildRun
from tests.factories import MembershipFactory, SkillFactory
from tests.matching import world
from workforce.employers.models import Role
from workforce.skills.models import Skill, SkillRelation
from workforce.technicians.models import Technician

pytestmark = pytest.mark.django_db

SPANISH, ENGLISH = "/es/how-matching-works/", "/en/how-matching-works/"


@pytest.fixture
def computed(client: Client) -> RebuildRun:
    """The example's skills, TIG covering MIG by 0.6; one person and one role; everything computed."""
    codes = dict.fromkeys([*(code for code, *_rest in how.NEEDS), *how.HELD])
    made = {code: SkillFactory(code=code, label_es=f"{code} es", label_en=f"{code} en") for code in codes}
    SkillRelation.objects.create(source_skill=made["tig-welding"], target_skill=made["mig-welding"], strength=0.6)
    mig = made["mig-welding"]
    world.technician((mig, 2))
    world.role((mig, 2))
    rebuilds.rebuild_now()
    run: RebuildRun = RebuildRun.objects.done().latest("pk")
    return run


def text(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return str(response.content.decode())


def test_before_anything_is_computed_the_rules_stand_there_without_numbers(client: Client) -> None:
    page = text(client, ENGLISH)
    assert "Nothing has been computed yet" in page
    assert 'id="how-example"' not in page
    assert 'id="how-figures"' not in page
    assert f"at least {constants.REACHABLE_PERCENT}" in page


def test_numbers_are_those_of_the_engine_in_force(client: Client, computed: RebuildRun) -> None:
    context = client.get(ENGLISH).context
    engine = load_engine(computed.version)
    figures = context["figures"]
    assert (figures.version, figures.rebuilt_at) == (computed.version, computed.finished_at)
    assert (figures.people, figures.roles, figures.skills) == (1, 1, 6)
    related = engine.matrix.relatedness.toarray() > 0
    assert figures.relations == related.sum() - len(engine.matrix.codes) > 0
    page = text(client, ENGLISH)
    assert computed.version in page
    for number in (constants.TECHNICIAN_LIST, constants.ROLE_LIST, constants.NEAR_LIST, constants.MAX_SKILLS):
        assert f" {number} " in page


def test_lists_are_as_long_as_the_page_says() -> None:
    nearest = CoverageNeighbors()
    assert (nearest.n_neighbors, nearest.n_near) == (constants.TECHNICIAN_LIST, constants.NEAR_LIST)
    assert (nearest.min_neighbors_role, nearest.neighbors_per_opening) == (
        constants.ROLE_LIST,
        constants.LIST_PER_OPENING,
    )


def test_the_example_adds_up_by_the_formula_on_the_page(client: Client, computed: RebuildRun) -> None:
    example = client.get(ENGLISH).context["example"]
    total = sum(weight for _code, _level, weight, _must in how.NEEDS)
    asked = {code: (level, weight) for code, level, weight, _must in how.NEEDS}
    points = 0.0
    for line in example.lines:
        level, weight = asked[line.reason.code]
        assert line.reason.coverage == coverage(line.relatedness, line.reason.by_level, level)
        points += weight * line.reason.coverage / total
    assert example.reasons.exact_score == pytest.approx(points)
    assert {line.reason.code: line.reason.coverage for line in example.lines} == {
        "mig-welding": 60,
        "blueprint-reading": 100,
        "grinding-welds": 100,
        "welding-symbols": 50,
        "weld-inspection": 0,
    }
    assert (example.reasons.exact_score, example.score_then) == (69, 79)


def test_the_documentation_has_the_same_example(computed: RebuildRun) -> None:
    document = (Path(__file__).parents[2] / "docs/matching.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\|[^|]+, (\d+) \|[^|]+\| (\d+) \| (\d+) \| ([\d,]+) \|$", document, re.MULTILINE)
    told = sorted(tuple(int(number.replace(",", "")) for number in row) for row in rows)
    found = how.explained(load_engine(computed.version).matrix, how.HELD)
    assert told == sorted((need.weight, need.relatedness, need.coverage, need.contribution) for need in found.needs)
    assert f"Sum {found.total:,}, shown as {found.score}" in document
    assert f"= {found.key:,}." in document


def test_the_example_changes_with_the_relations(client: Client, computed: RebuildRun) -> None:
    before = client.get(ENGLISH).context["example"].reasons.exact_score
    skills = Skill.objects.in_bulk(field_name="code")
    SkillRelation.objects.create(
        source_skill=skills["welding-symbols"], target_skill=skills["weld-inspection"], strength=0.5
    )
    rebuilds.rebuild_now()
    assert client.get(ENGLISH).context["example"].reasons.exact_score > before


def test_without_those_skills_there_is_no_example() -> None:
    assert how.example(RelatednessMatrix.identity(["one", "two"])) is None


def test_a_machine_without_the_engines_files_shows_the_rest(
    client: Client, computed: RebuildRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(version: str) -> Any:
        raise FileNotFoundError(version)

    monkeypatch.setattr(how, "load_engine", missing)
    context = client.get(ENGLISH).context
    assert context["example"] is None
    assert context["figures"].relations is None
    assert context["figures"].people == 1


def test_both_languages_say_it_in_theirs(client: Client, computed: RebuildRun) -> None:
    english, spanish = text(client, ENGLISH), text(client, SPANISH)
    assert "How matching works" in english
    assert "mig-welding en" in english
    assert "mig-welding es" in spanish
    assert "How matching works" not in spanish
    assert "What never counts" not in spanish


def test_numbers_are_written_as_in_mexico_in_both_languages(client: Client, computed: RebuildRun) -> None:
    RebuildRun.objects.update(technicians=12_345)
    for url in (ENGLISH, SPANISH):
        page = text(client, url)
        assert "12,345" in page
        assert "<strong>69.0</strong>" in page


def test_it_keeps_to_its_budget(client: Client, computed: RebuildRun, query_budget: Any) -> None:
    query_budget(client, "how-matching-works", SPANISH)


def test_footer_lists_and_explanations_lead_there(computed: RebuildRun, logged_in: Any) -> None:

    role, person = Role.objects.latest("pk"), Technician.objects.latest("pk")
    for user in (person.user, MembershipFactory(organization=role.organization).user):
        user.language = "en"
        user.save()
    link = f'href="{ENGLISH}"'
    assert text(Client(), "/en/").count(link) == 1
    assert text(logged_in(person.user), reverse("my-matches")).count(link) == len(("footer", "lead", "reasons"))
    assert text(logged_in(person.user), reverse("role-fit", args=[role.pk])).count(link) == 1
    candidates = reverse("role-candidates", args=[role.organization.slug, role.pk])
    assert text(logged_in(user), candidates).count(link) == len(("footer", "lead", "reasons"))
