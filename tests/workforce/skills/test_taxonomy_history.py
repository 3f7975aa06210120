"""Every value that was changed can be read later: before, after, who, and how."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from tests.factories import SkillFactory, UserFactory
from tests.workforce.skills.test_load_taxonomy import edit, folder  # noqa: F401
from tests.workforce.skills.test_taxonomy_admin import posted, staff, url  # noqa: F401
from workforce.accounts.models import User
from workforce.skills.loading import load_taxonomy
from workforce.skills.models import ConceptChange, Skill, SkillLink, SkillRelation

pytestmark = pytest.mark.django_db


def told() -> set[tuple[str, str, str, str]]:
    return set(ConceptChange.objects.values_list("code", "part", "before", "after"))


def test_a_first_load_has_no_history_and_a_second_one_none(folder: Path) -> None:  # noqa: F811
    load_taxonomy(folder)
    load_taxonomy(folder)
    assert told() == set()


def test_a_load_tells_every_value_that_it_changed(folder: Path) -> None:  # noqa: F811
    load_taxonomy(folder)
    edit(folder, "skills.csv", "tig,welding,welding-all,Soldadura TIG", "tig,welding,mig,Soldadura con TIG")
    edit(folder, "aliases.csv", "mig,en,GMAW,\n", "tig,en,GTAW,\n")
    edit(folder, "relations.csv", "mig,welding-all,0.85", "mig,welding-all,0.9")
    edit(folder, "skill_links.csv", "skill/3,broad", "skill/3,exact")
    edit(folder, "occupations.csv", "51-4121", "51-4122")
    edit(folder, "occupation_skills.csv", "welder,tig,0,2\n", "welder,tig,1,3\n")
    edit(folder, "credentials.csv", "STPS,24", "STPS,36")
    edit(folder, "credential_skills.csv", "dc3,mig,2", "dc3,mig,1")
    load_taxonomy(folder)
    link = "link:http://example.test/skill/3"
    assert told() == {
        ("tig", "label_es", "Soldadura TIG", "Soldadura con TIG"),
        ("tig", "broader", "welding-all", "mig"),
        ("tig", "alias:es", "Soldadura TIG", ""),
        ("tig", "alias:es", "", "Soldadura con TIG"),
        ("mig", "alias:en", "GMAW", ""),
        ("tig", "alias:en", "", "GTAW"),
        ("mig", "covers:welding-all", "0.85", "0.90"),
        ("tig", link, "broad", ""),
        ("tig", link, "", "exact"),
        ("welder", "soc", "51-4121", "51-4122"),
        ("welder", "skill:tig", "essential 0, level 2", "essential 1, level 3"),
        ("dc3", "valid_months", "24", "36"),
        ("dc3", "skill:mig", "level 2", "level 1"),
    }
    assert set(ConceptChange.objects.values_list("cause", "actor")) == {("load", None)}


def test_a_concept_that_falls_out_of_the_files_is_told(folder: Path) -> None:  # noqa: F811
    load_taxonomy(folder)
    text = (folder / "credentials.csv").read_text(encoding="utf-8")
    (folder / "credentials.csv").write_text(text.splitlines()[0] + "\n", encoding="utf-8")
    edit(folder, "credential_skills.csv", "dc3,mig,2\n", "")
    load_taxonomy(folder)
    assert ("dc3", "status", "active", "retired") in told()


def test_a_uri_goes_from_one_skill_to_another_in_one_load(folder: Path) -> None:  # noqa: F811
    load_taxonomy(folder)
    edit(folder, "skill_links.csv", "mig,http://example.test/skill/2,close", "mig,http://example.test/skill/2,broad")
    edit(folder, "skill_links.csv", "tig,http://example.test/skill/3", "tig,http://example.test/skill/2,exact\ntig,3")
    load_taxonomy(folder)
    rows = SkillLink.objects.filter(uri__endswith="/2").values_list("skill__code", "match")
    assert set(rows) == {("mig", "broad"), ("tig", "exact")}


def test_a_link_that_staff_made_is_neither_taken_nor_in_the_way(folder: Path) -> None:  # noqa: F811
    load_taxonomy(folder)
    SkillLink.objects.filter(skill__code="mig").delete()
    welding = Skill.objects.get(code="welding-all")
    SkillLink.objects.create(skill=welding, uri="http://example.test/skill/2", match="exact")
    assert not load_taxonomy(folder)["links to ESCO"].touched
    assert SkillLink.objects.get(uri="http://example.test/skill/2").skill == welding


def test_staffs_changes_are_told_with_their_name_in_both_languages(staff: Client) -> None:  # noqa: F811
    skill, other = SkillFactory(label_es="Torneado"), SkillFactory(code="milling")
    relation = SkillRelation.objects.create(source_skill=skill, target_skill=other, strength=0.5)
    rows = {
        "aliases-TOTAL_FORMS": "1",
        "aliases-0-lang": "es",
        "aliases-0-text": "tornear",
        "aliases-0-kind": "alias",
        "covers-TOTAL_FORMS": "1",
        "covers-INITIAL_FORMS": "1",
        "covers-0-id": relation.pk,
        "covers-0-source_skill": skill.pk,
        "covers-0-target_skill": other.pk,
        "covers-0-strength": "0.5",
        "covers-0-vetoed": "on",
    }
    changed = posted(skill, label_es="Torno", broader=other.pk, **rows)
    assert staff.post(url(skill), changed).status_code == 302
    assert told() == {
        (skill.code, "label_es", "Torneado", "Torno"),
        (skill.code, "broader", "", "milling"),
        (skill.code, "alias:es", "", "tornear"),
        (skill.code, "covers:milling", "0.50", "0.50 (veto)"),
    }
    who = User.objects.get(is_superuser=True)
    assert set(ConceptChange.objects.values_list("cause", "actor")) == {("admin", who.pk)}
    page = url(skill).replace("/change/", "/history/")
    shown = staff.get(page, headers={"accept-language": "es"}).content.decode()
    assert "Torneado" in shown
    assert str(who) in shown
    for language, heading in (("es", "Valores antes y después"), ("en", "Values before and after")):
        User.objects.update(language=language)
        assert heading in staff.get(page).content.decode()


def test_removing_an_alias_is_told(staff: Client) -> None:  # noqa: F811
    skill = SkillFactory(aliases=[("es", "tornear")])
    row = skill.aliases.get(norm="tornear")
    rows = {
        "aliases-TOTAL_FORMS": "1",
        "aliases-INITIAL_FORMS": "1",
        "aliases-0-id": row.pk,
        "aliases-0-skill": skill.pk,
        "aliases-0-lang": "es",
        "aliases-0-text": "tornear",
        "aliases-0-kind": "alias",
        "aliases-0-DELETE": "on",
    }
    assert staff.post(url(skill), posted(skill, **rows)).status_code == 302
    assert (skill.code, "alias:es", "tornear", "") in told()


def test_the_history_of_a_new_concept_says_that_there_is_none(staff: Client) -> None:  # noqa: F811
    UserFactory()
    shown = staff.get(url(SkillFactory()).replace("/change/", "/history/")).content.decode()
    assert "<table>" not in shown.split('id="concept-changes"')[1].split("</div>")[0]
