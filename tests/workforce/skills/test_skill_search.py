"""The look-up of a process follows the taxonomy and is never half built."""

from __future__ import annotations

import threading

import pytest

from tests.factories import OccupationFactory, SkillFactory
from workforce.skills import search
from workforce.skills.linker.lookup import ConceptIndex, Row
from workforce.skills.models import Skill, SkillAlias, TaxonomyState
from workforce.skills.phrases import teach_phrase
from workforce.skills.search import CachedIndex, link_skill, search_occupations, search_skills
from workforce.skills.services import bump_taxonomy, note_unlinked, retire, sync_labels

pytestmark = pytest.mark.django_db


def test_a_new_version_is_seen_and_an_unchanged_one_is_not_rebuilt(monkeypatch: pytest.MonkeyPatch) -> None:
    SkillFactory(code="a", label_es="Torneado", label_en="Turning")
    assert [found.concept.code for found in search_skills("torneado")] == ["a"]
    SkillFactory(code="b", label_es="Torneado CNC", label_en="CNC turning")
    assert len(search_skills("torneado")) == 1
    bump_taxonomy()
    assert [found.concept.code for found in search_skills("torneado")] == ["a", "b"]


def test_versions_grow_and_are_never_given_twice() -> None:
    versions = [bump_taxonomy() for _ in range(5)]
    assert versions == sorted(set(versions))
    TaxonomyState.objects.update(version=10**17)
    assert bump_taxonomy() == 10**17 + 1


def test_a_retired_skill_is_not_found_even_before_the_look_up_is_new() -> None:
    skill = SkillFactory(label_es="Torneado")
    heir = SkillFactory(label_es="Maquinado")
    assert search_skills("torneado")
    Skill.objects.filter(pk=skill.pk).update(status="retired")
    assert search_skills("torneado") == []
    assert link_skill("torneado") is None
    retire(skill, successor=heir)
    with pytest.raises(ValueError, match="another concept"):
        retire(heir, successor=heir)


def test_occupations_are_found_too() -> None:
    job = OccupationFactory(title_es="Ajustador de moldes", title_en="Mould fitter")
    assert search_occupations("ajustador")[0].concept == job


def test_a_build_that_fails_leaves_the_one_before(monkeypatch: pytest.MonkeyPatch) -> None:
    indexes = [ConceptIndex([Row(1, "es", "torno", "label")])]
    monkeypatch.setattr(search, "BACKGROUND_FROM", 0)
    cached = CachedIndex(lambda: indexes.pop())
    first = cached.get()
    started: list[threading.Thread] = []
    monkeypatch.setattr(threading.Thread, "start", lambda self: started.append(self))
    bump_taxonomy()
    assert cached.get() is first
    assert len(started) == 1
    monkeypatch.setattr(search, "connections", type("None", (), {"close_all": staticmethod(lambda: None)}))
    started[0].run()  # pops from an empty list: logged, nothing is lost
    assert cached.get() is first


def test_many_threads_build_once() -> None:
    built: list[int] = []
    gate = threading.Barrier(4)

    def build() -> ConceptIndex:
        built.append(1)
        return ConceptIndex([Row(1, "es", "torno", "label")])

    cached = CachedIndex(build)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "taxonomy_version", lambda: 7)

        def ask() -> None:
            gate.wait(timeout=10)
            cached.get()

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=10)
    assert built == [1]


def test_a_rename_keeps_the_old_name_as_an_alias() -> None:
    skill = SkillFactory(label_es="Torneado", label_en="Turning")
    skill.label_es = "Torno"
    skill.save()
    assert sync_labels(skill)
    assert not sync_labels(skill)
    kinds = dict(skill.aliases.filter(lang="es").values_list("norm", "kind"))
    assert kinds == {"torno": "label", "torneado": "alias"}


def test_both_genders_of_a_new_title_are_aliases() -> None:
    job = OccupationFactory(title_es="Tornero/Tornera de banco")
    job.aliases.all().delete()
    sync_labels(job)
    assert set(job.aliases.filter(lang="es").values_list("norm", flat=True)) == {"tornero de banco", "tornera de banco"}


def test_a_saved_alias_is_folded_again() -> None:
    alias = SkillAlias.objects.create(skill=SkillFactory(), lang="es", text="Fresádo")
    alias.text = "Cepilládo"
    alias.save(update_fields=["text"])
    alias.refresh_from_db()
    assert alias.norm == "cepillado"


def test_a_phrase_that_staff_explains_is_understood() -> None:
    skill = SkillFactory()
    phrase = note_unlinked(text="chambear el torno", lang="es")
    assert phrase is not None
    assert link_skill("chambear el torno") is None
    teach_phrase(phrase_id=phrase.pk, skill_code=skill.code, actor=None)
    linked = link_skill("Chambear el torno")
    assert linked is not None
    assert linked.skill == skill
