"""Staff's changes in the admin are told, folded, and never taken back by a later load."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.factories import OccupationFactory, SkillFactory, UserFactory
from workforce.skills.events import skill_retired
from workforce.skills.models import Skill, UnlinkedPhrase
from workforce.skills.search import link_skill, taxonomy_version
from workforce.skills.services import note_unlinked

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


def posted(skill: Skill, **changes: Any) -> dict[str, Any]:
    """What the form of a skill posts as it stands, without inline rows."""
    data = {
        "code": skill.code,
        "label_es": skill.label_es,
        "label_en": skill.label_en,
        "description_es": "",
        "description_en": "",
        "category": "",
        "broader": "",
        "successor": "",
        "esco_uri": "",
        "status": skill.status,
    }
    for inline in ("aliases", "covers", "links"):
        data |= {f"{inline}-TOTAL_FORMS": "0", f"{inline}-INITIAL_FORMS": "0"}
    return data | changes


def url(skill: Skill) -> str:
    return f"/staff/admin/skills/skill/{skill.pk}/change/"


def test_the_pages_of_the_taxonomy_open(staff: Client) -> None:
    skill, job = SkillFactory(), OccupationFactory()
    note_unlinked(text="algo", lang="es")
    for path in ("skill", "occupation", "credential", "category", "unlinkedphrase"):
        assert staff.get(f"/staff/admin/skills/{path}/?q=a").status_code == 200
    assert staff.get(url(skill)).status_code == 200
    assert staff.get(f"/staff/admin/skills/occupation/{job.pk}/change/").status_code == 200


def test_both_languages_stand_side_by_side(staff: Client) -> None:
    shown = staff.get(url(SkillFactory())).content.decode()
    for field in ("label", "description"):
        row = shown[: shown.index(f'name="{field}_en"')].rsplit('<div class="form-row', 1)[1]
        assert f'name="{field}_es"' in row


def test_a_rename_is_found_told_and_belongs_to_staff(staff: Client) -> None:
    skill = SkillFactory(label_es="Torneado")
    before = taxonomy_version()
    assert staff.post(url(skill), posted(skill, label_es="Torno Básico")).status_code == 302
    skill.refresh_from_db()
    assert (skill.label_es, skill.source) == ("Torno Básico", "staff")
    assert taxonomy_version() > before
    for said in ("torno basico", "torneado"):
        linked = link_skill(said)
        assert linked is not None
        assert linked.skill == skill


def test_a_new_alias_is_folded_and_one_that_is_there_twice_is_refused(staff: Client) -> None:
    skill = SkillFactory()
    texts = {"aliases-TOTAL_FORMS": "2", "aliases-0-lang": "es", "aliases-0-text": "Fresádo", "aliases-0-kind": "alias"}
    twice = {"aliases-1-lang": "es", "aliases-1-text": "fresado", "aliases-1-kind": "alias"}
    assert staff.post(url(skill), posted(skill, **texts, **twice)).status_code == 200
    answer = staff.post(url(skill), posted(skill, **texts | {"aliases-TOTAL_FORMS": "1"}))
    assert answer.status_code == 302
    assert skill.aliases.get(norm="fresado").source == "staff"
    texts["aliases-TOTAL_FORMS"] = "1"
    assert staff.post(url(skill), posted(skill, **texts)).status_code == 200


def test_retiring_is_told_to_who_listens(staff: Client) -> None:
    skill, heir = SkillFactory(), SkillFactory()
    heard: list[tuple[int, int | None]] = []

    def listen(skill_id: int, successor_id: int | None, **kwargs: Any) -> None:
        heard.append((skill_id, successor_id))

    skill_retired.connect(listen)
    try:
        staff.post(url(skill), posted(skill, status="retired", successor=str(heir.pk)))
    finally:
        skill_retired.disconnect(listen)
    assert heard == [(skill.pk, heir.pk)]


def test_nothing_is_deleted(staff: Client) -> None:
    skill = SkillFactory()
    assert staff.post(f"/staff/admin/skills/skill/{skill.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Skill.objects.filter(pk=skill.pk).exists()


def test_a_phrase_is_taught_to_a_skill(staff: Client) -> None:
    skill = SkillFactory()
    note_unlinked(text="Chambear el torno", lang="es")
    phrase = UnlinkedPhrase.objects.get()
    assert staff.get(f"/staff/admin/skills/unlinkedphrase/{phrase.pk}/change/").status_code == 302  # one person's words
    UnlinkedPhrase.objects.update(people=3)
    answer = staff.post(f"/staff/admin/skills/unlinkedphrase/{phrase.pk}/change/", {"resolved_to": str(skill.pk)})
    assert answer.status_code == 302
    linked = link_skill("chambear el torno")
    assert linked is not None
    assert linked.skill == skill
