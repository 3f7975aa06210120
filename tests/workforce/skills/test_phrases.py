"""Words that no skill is called: counted by whose they are, decided by staff, linked again where they are held."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.budgets import QueryBudget
from workforce.core.errors import Conflict, InvalidInput, NotThere
from workforce.skills import phrases
from workforce.skills.choices import ChangeCause, PhraseState
from workforce.skills.models import ConceptChange, Skill, SkillAlias, UnlinkedPhrase
from workforce.skills.search import link_skill
from workforce.skills.services import note_unlinked
from workforce.technicians import services
from workforce.technicians.models import TechnicianSkill

pytestmark = pytest.mark.django_db


def say(words: str, times: int = 1, level: int = 2) -> list[TechnicianSkill]:
    """Have so many people say these words of themselves."""
    return [
        make.TechnicianSkillFactory(technician=make.TechnicianFactory(), skill=None, raw=words, level=level)
        for _time in range(times)
    ]


@pytest.fixture
def staff(client: Client) -> Client:
    """Staff, logged in, reading Spanish."""
    user = make.UserFactory(is_staff=True, is_superuser=True, language="es")
    client.force_login(user)
    return client


@pytest.fixture
def phrase() -> UnlinkedPhrase:
    """Words that three people say."""
    note_unlinked(text="Rotulado a pincel", lang="es")
    say("rotulado a pincel", 3)
    phrases.recount_phrases()
    return UnlinkedPhrase.objects.get()


def test_people_are_counted_and_not_how_often_they_say_it() -> None:
    for _time in range(9):
        note_unlinked(text="chambear el torno", lang="es")
    say("Chambear  el TORNO", 2)
    assert phrases.recount_phrases() == 0
    row = UnlinkedPhrase.objects.get()
    assert (row.count, row.people) == (9, 2)
    say("chambear el torno")
    assert phrases.recount_phrases() == 1
    row.refresh_from_db()
    assert row.people == 3


def test_words_that_nobody_noted_are_found_once_enough_people_hold_them() -> None:
    say("amarre de cargas", 2)
    phrases.recount_phrases()
    assert not UnlinkedPhrase.objects.exists()
    say("Amarre de cargas")
    phrases.recount_phrases()
    assert (UnlinkedPhrase.objects.get().text, UnlinkedPhrase.objects.get().people) == ("amarre de cargas", 3)


def test_imports_of_one_organization_count_once() -> None:
    say("amarre de cargas", 1)
    one = make.ImportJobFactory(kind="roles")
    for job in (one, one, make.ImportJobFactory(kind="roles")):
        make.RowErrorFactory(job=job, code="unknown_skill", params={"words": "Amarre de cargas"})
    phrases.recount_phrases()
    assert UnlinkedPhrase.objects.get().people == 3


def test_words_of_few_are_shown_to_nobody(staff: Client, phrase: UnlinkedPhrase) -> None:
    note_unlinked(text="mi primo sabe", lang="es")
    say("mi primo sabe", 2)
    phrases.recount_phrases()
    few = UnlinkedPhrase.objects.get(norm="mi primo sabe")
    shown = staff.get(reverse("phrase-list")).content.decode()
    assert "Rotulado a pincel" in shown
    assert "mi primo sabe" not in shown
    assert staff.get(reverse("phrase-detail", args=[few.pk])).status_code == 404
    assert staff.post(reverse("phrase-dismiss", args=[few.pk])).status_code == 404
    assert "mi primo sabe" not in staff.get("/staff/admin/skills/unlinkedphrase/").content.decode()


def test_one_click_makes_them_another_word_for_a_skill(staff: Client, phrase: UnlinkedPhrase) -> None:
    skill = make.SkillFactory(code="sign-painting", label_es="Rotulación a pincel", label_en="Sign painting")
    assert 'value="sign-painting"' in staff.get(reverse("phrase-list")).content.decode()
    answer = staff.post(reverse("phrase-teach", args=[phrase.pk]), {"skill": "sign-painting"})
    assert answer.url == reverse("phrase-list")
    phrase.refresh_from_db()
    assert (phrase.state, phrase.resolved_to) == (PhraseState.LINKED, skill)
    assert phrase.decided_by is not None
    linked = link_skill("rotulado a pincel")
    assert linked is not None
    assert linked.skill == skill
    change = ConceptChange.objects.get()
    assert (change.code, change.part, change.after) == ("sign-painting", "alias:es", "Rotulado a pincel")
    assert (change.cause, change.actor) == (ChangeCause.ADMIN, phrase.decided_by)


def test_own_words_are_linked_again_and_stay(phrase: UnlinkedPhrase) -> None:
    skill = make.SkillFactory(code="sign-painting")
    [held, other] = [row.technician for row in TechnicianSkill.objects.order_by("pk")[:2]]
    make.TechnicianSkillFactory(technician=other, skill=skill, level=1)
    revision = held.revision
    assert services.relink_own_words() == 0
    phrases.teach_phrase(phrase_id=phrase.pk, skill_code="sign-painting", actor=None)
    assert services.relink_own_words() == 3
    assert services.relink_own_words() == 0
    row = TechnicianSkill.objects.get(technician=held)
    assert (row.skill, row.raw, row.level) == (skill, "rotulado a pincel", 2)
    joined = TechnicianSkill.objects.get(technician=other)
    assert (joined.skill, joined.raw, joined.level) == (skill, "rotulado a pincel", 2)
    held.refresh_from_db()
    assert held.revision == revision + 1
    services.save_skills(  # as the page of skills sends it: without the words
        technician_id=held.pk, revision=None, entries=[services.SkillEntry(skill.pk, 3)]
    )
    row.refresh_from_db()
    assert (row.raw, row.level) == ("rotulado a pincel", 3)


def test_a_change_of_the_taxonomy_wakes_who_links_again(
    phrase: UnlinkedPhrase, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[str] = []
    monkeypatch.setattr("workforce.technicians.receivers.kick", lambda name: woken.append(name))
    make.SkillFactory(code="sign-painting")
    with django_capture_on_commit_callbacks(execute=True):
        phrases.teach_phrase(phrase_id=phrase.pk, skill_code="sign-painting", actor=None)
    assert woken == ["workforce.technicians.tasks.relink_own_words"]


def test_a_new_skill_needs_both_languages_and_a_name_of_its_own(staff: Client, phrase: UnlinkedPhrase) -> None:
    make.SkillFactory(label_es="Soldadura", label_en="Welding")
    address = reverse("phrase-detail", args=[phrase.pk])
    for labels in ({"label_es": "Rotulación"}, {"label_es": "Rotulación", "label_en": "welding"}):
        assert staff.post(address, labels).status_code == 400
    assert Skill.objects.count() == 1
    assert staff.post(address, {"label_es": "Rotulación", "label_en": "Sign painting"}).url == reverse("phrase-list")
    skill = Skill.objects.get(code="sign-painting")
    assert set(skill.aliases.values_list("lang", "norm")) == {
        ("es", "rotulacion"),
        ("en", "sign painting"),
        ("es", "rotulado a pincel"),
    }
    assert set(ConceptChange.objects.filter(code="sign-painting").values_list("part", flat=True)) == {
        "label_es",
        "label_en",
        "alias:es",
    }
    phrase.refresh_from_db()
    assert phrase.resolved_to == skill


def test_services_refuse_a_skill_without_a_name(phrase: UnlinkedPhrase) -> None:
    with pytest.raises(InvalidInput):
        phrases.make_skill_of(phrase_id=phrase.pk, labels={"es": "Rotulación", "en": " "}, category=None, actor=None)
    assert not Skill.objects.exists()


def test_what_is_dismissed_stays_so(staff: Client, phrase: UnlinkedPhrase) -> None:
    staff.post(reverse("phrase-dismiss", args=[phrase.pk]))
    note_unlinked(text="Rotulado a pincel", lang="es")
    say("rotulado a pincel", 4)
    assert phrases.recount_phrases() == 0
    assert "Rotulado a pincel" not in staff.get(reverse("phrase-list")).content.decode()
    assert "Rotulado a pincel" in staff.get(reverse("phrase-list") + "?state=dismissed").content.decode()
    staff.post(reverse("phrase-reopen", args=[phrase.pk]))
    assert "Rotulado a pincel" in staff.get(reverse("phrase-list")).content.decode()


def test_a_second_click_changes_nothing_and_a_colleague_is_told(staff: Client, phrase: UnlinkedPhrase) -> None:
    make.SkillFactory(code="sign-painting")
    make.SkillFactory(code="other")
    for _click in range(2):
        phrases.teach_phrase(phrase_id=phrase.pk, skill_code="sign-painting", actor=None)
    assert SkillAlias.objects.filter(norm=phrase.norm).count() == 1
    assert ConceptChange.objects.count() == 1
    for act in (
        lambda: phrases.teach_phrase(phrase_id=phrase.pk, skill_code="other", actor=None),
        lambda: phrases.dismiss_phrase(phrase_id=phrase.pk, actor=None),
        lambda: phrases.reopen_phrase(phrase_id=phrase.pk, actor=None),
        lambda: phrases.make_skill_of(phrase_id=phrase.pk, labels={"es": "a", "en": "b"}, category=None, actor=None),
    ):
        with pytest.raises(Conflict):
            act()
    answer = staff.post(reverse("phrase-dismiss", args=[phrase.pk]), follow=True)
    assert "Alguien más ya decidió" in answer.content.decode()


def test_words_of_another_skill_and_skills_not_in_use_are_refused(phrase: UnlinkedPhrase) -> None:
    make.SkillFactory(code="sign-painting")
    make.SkillFactory(code="other", aliases=[("en", "rotulado a pincel")])
    make.SkillFactory(code="old", status="retired")
    with pytest.raises(Conflict):
        phrases.teach_phrase(phrase_id=phrase.pk, skill_code="sign-painting", actor=None)
    with pytest.raises(InvalidInput):
        phrases.teach_phrase(phrase_id=phrase.pk, skill_code="old", actor=None)
    with pytest.raises(NotThere):
        phrases.teach_phrase(phrase_id=phrase.pk + 99, skill_code="other", actor=None)


def test_words_that_the_taxonomy_learnt_elsewhere_leave_the_list(phrase: UnlinkedPhrase) -> None:
    skill = make.SkillFactory(aliases=[("es", "Rotulado a Pincel")])
    assert phrases.recount_phrases() == 0
    phrase.refresh_from_db()
    assert (phrase.state, phrase.resolved_to, phrase.decided_by) == (PhraseState.LINKED, skill, None)
    assert phrase.decided_at is not None


def test_a_long_list_takes_as_many_queries_as_a_short_one(
    staff: Client, phrase: UnlinkedPhrase, query_budget: QueryBudget
) -> None:
    make.SkillFactory.create_batch(3)
    for number in range(20):
        UnlinkedPhrase.objects.create(text=f"palabra {number}", people=5)
    query_budget(staff, "phrase-list", reverse("phrase-list"))
