"""ESCO and our own taxonomy become one: (nearly) the same is one concept, wider ones are relations."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.factories import OccupationFactory, RoleFactory, SkillFactory, TechnicianSkillFactory
from tests.workforce.skills.test_import_esco import JOB, SKILL, folder, run  # noqa: F401
from workforce.skills.models import Occupation, OccupationLink, OccupationSkill, Skill, SkillLink, SkillRelation
from workforce.skills.search import link_occupation, link_skill, search_skills
from workforce.skills.services import bump_taxonomy

pytestmark = pytest.mark.django_db


def linked(skill: Skill, *links: tuple[int, str]) -> None:
    for number, match in links:
        SkillLink.objects.create(skill=skill, uri=SKILL.format(number), match=match, source="puente")


def meant(text: str) -> Skill | None:
    found = link_skill(text)
    return found.skill if found else None


def test_several_concepts_of_esco_merge_into_one_of_ours(folder: Path) -> None:  # noqa: F811
    ours = SkillFactory(code="wiring", label_es="Cableado", label_en="Wiring")
    linked(ours, (1, "close"), (3, "exact"))
    report = run(folder)
    assert list(Skill.objects.filter(source="esco").values_list("label_en", flat=True)) == ["electricity"]
    for text in ("join wires", "unir cables", "crimp things", "Cableado"):
        assert meant(text) == ours, text
    ours.refresh_from_db()
    assert (ours.label_es, ours.label_en, ours.source) == ("Cableado", "Wiring", "puente")
    assert ours.aliases.filter(kind="label").count() == 2
    assert report.left_out["skills merged into our own"] == 2
    assert not run(folder).touched


def test_esco_rows_of_an_earlier_import_give_way_and_people_move(folder: Path) -> None:  # noqa: F811
    run(folder)
    theirs = Skill.objects.get(esco_uri=SKILL.format(1))
    held = TechnicianSkillFactory(skill=theirs)
    ours = SkillFactory(code="wiring", label_es="Cableado", label_en="Wiring")
    linked(ours, (1, "close"))
    run(folder)
    theirs.refresh_from_db()
    held.refresh_from_db()
    assert (theirs.status, theirs.successor, theirs.esco_uri, held.skill) == ("retired", ours, None, ours)
    assert meant("join wires") == ours
    assert not run(folder).touched


def test_a_link_that_is_given_up_brings_escos_concept_back(folder: Path) -> None:  # noqa: F811
    run(folder)
    ours = SkillFactory(code="wiring", label_es="Cableado", label_en="Wiring")
    linked(ours, (1, "close"))
    run(folder)
    SkillLink.objects.all().delete()
    run(folder)
    theirs = Skill.objects.get(esco_uri=SKILL.format(1))
    assert (theirs.status, theirs.successor, meant("join wires")) == ("active", None, theirs)
    assert not ours.aliases.filter(source="esco").exists()
    assert not run(folder).touched


def test_a_wider_concept_becomes_a_relation_that_is_weaker_on_the_way_back(folder: Path) -> None:  # noqa: F811
    ours = SkillFactory(code="butt-splicing", label_es="Empalme", label_en="Butt splicing")
    linked(ours, (1, "broad"))
    run(folder)
    wide = Skill.objects.get(esco_uri=SKILL.format(1))
    relations = SkillRelation.objects.filter(source="esco")
    assert relations.get(source_skill=ours, target_skill=wide).strength == 0.8
    assert relations.get(source_skill=wide, target_skill=ours).strength == 0.4
    assert meant("join wires") == wide
    assert not run(folder).touched


def test_between_two_of_our_own_only_our_own_relations_count(folder: Path) -> None:  # noqa: F811
    joining, electricity = SkillFactory(label_en="Wiring"), SkillFactory(label_en="Power")
    linked(joining, (1, "exact"))
    linked(electricity, (2, "exact"))
    report = run(folder)
    pair = SkillRelation.objects.filter(source_skill=joining, target_skill=electricity)
    assert not pair.exists()
    assert report.left_out["relations between skills of our own, which have their own"] == 1


def test_occupations_merge_with_both_sets_of_titles_and_our_list_of_skills(folder: Path) -> None:  # noqa: F811
    run(folder)
    theirs = Occupation.objects.get(esco_uri=JOB.format(1))
    role = RoleFactory(occupation=theirs)
    ours = OccupationFactory(title_es="Cablista", title_en="Harness hand")
    OccupationLink.objects.create(occupation=ours, uri=JOB.format(1), match="close", source="puente")
    own = OccupationSkill.objects.create(occupation=ours, skill=SkillFactory())
    run(folder)
    role.refresh_from_db()
    theirs.refresh_from_db()
    assert (theirs.status, theirs.successor, role.occupation) == ("retired", ours, ours)
    for title in ("cable fitter", "Cableadora", "Harness hand"):
        found = link_occupation(title)
        assert found is not None
        assert found.occupation == ours
    assert list(ours.occupation_skills.all()) == [own]
    assert not run(folder).touched


def test_a_retired_skill_of_ours_gives_its_address_back(folder: Path) -> None:  # noqa: F811
    ours = SkillFactory(code="wiring", label_en="Wiring", esco_uri=SKILL.format(1))
    run(folder)
    Skill.objects.filter(pk=ours.pk).update(status="retired")
    run(folder)
    theirs = Skill.objects.get(esco_uri=SKILL.format(1))
    assert (theirs.source, theirs.status) == ("esco", "active")


def test_an_ambiguous_text_is_shown_for_both_and_never_guessed() -> None:
    brazing = SkillFactory(label_es="Soldadura de metales", label_en="Metal welding", aliases=[("es", "soldadura")])
    soldering = SkillFactory(label_es="Soldadura electrónica", label_en="Soldering", aliases=[("es", "soldadura")])
    assert link_skill("soldadura") is None
    assert {found.concept for found in search_skills("soldadura")} == {brazing, soldering}
    SkillFactory(label_es="Masa", label_en="Paste", aliases=[("en", "solder")])
    fourth = SkillFactory(label_es="Otra", label_en="Other", aliases=[("es", "solder")])
    bump_taxonomy()
    assert link_skill("solder") is None
    found = link_skill("solder", "es")
    assert found is not None
    assert found.skill == fourth
