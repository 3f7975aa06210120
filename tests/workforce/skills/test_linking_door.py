"""The door: from the database to a linker that follows the taxonomy, on disk once and in each process."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.workforce.skills.linker_world import concepts
from workforce.skills import linking
from workforce.skills.choices import ConceptStatus
from workforce.skills.concepts import occupation_concepts, skill_concepts
from workforce.skills.linker.linking import ConceptLinker, LinkedConcept
from workforce.skills.linking import forget_linkers, link, linker_of, similarity
from workforce.skills.models import Category, Occupation, OccupationAlias, OccupationSkill, Skill, SkillAlias
from workforce.skills.services import bump_taxonomy

pytestmark = pytest.mark.django_db


@pytest.fixture
def taxonomy(tmp_path: Path, settings: Any) -> None:
    """The invented occupations in the database, each calling for one skill, and a folder of its own for linkers."""
    settings.LINKER_DIR = tmp_path / "linker"
    sector = Category.objects.create(code="crafts", name_es="Oficios", name_en="Crafts")
    for one in concepts():
        row = Occupation.objects.create(
            code=one.code, title_es=one.preferred("es"), title_en=one.preferred("en"), isco=one.group
        )
        OccupationAlias.objects.filter(occupation=row).delete()
        for label in one.labels:
            OccupationAlias.objects.create(
                occupation=row, lang=label.lang, text=label.text, kind="label" if label.preferred else "alias"
            )
        skill = Skill.objects.create(code=f"do-{one.code}", label_es=f"Oficio {one.code}", category=sector)
        SkillAlias.objects.get_or_create(
            skill=skill, lang="en", norm=f"craft of {one.code}", defaults={"text": f"craft of {one.code}"}
        )
        OccupationSkill.objects.create(occupation=row, skill=skill)
    bump_taxonomy()


def test_rows_become_plain_concepts(taxonomy: None) -> None:
    steel = next(one for one in occupation_concepts() if one.code == "welder-steel")
    assert steel.preferred("es") == "Soldador/Soldadora de acero"
    assert (steel.group, steel.related) == ("7212", ("do-welder-steel",))
    skill = next(one for one in skill_concepts() if one.code == "do-welder-steel")
    assert (skill.group, skill.related) == ("crafts", ("welder-steel",))


def test_what_is_retired_is_no_concept(taxonomy: None) -> None:
    Occupation.objects.filter(code="welder-steel").update(status=ConceptStatus.RETIRED)
    assert "welder-steel" not in [one.code for one in occupation_concepts()]
    assert next(one for one in skill_concepts() if one.code == "do-welder-steel").related == ()


def test_link_and_none_of_them(taxonomy: None) -> None:
    found = link("SOLDADORA DE ACERO", "occupation", top=2)
    assert isinstance(found[0], LinkedConcept)
    assert (found[0].code, found[0].language) == ("welder-steel", "es")
    assert link("mousse de chocolate", "occupation") == []
    assert len(link("mousse de chocolate", "occupation", top=2, include_uncertain=True)) == 2
    assert similarity(["soldadora de acero"], ["Wood cutter", "Steel welder"]).argmax() == 1


def test_another_process_reads_what_was_saved(taxonomy: None, monkeypatch: pytest.MonkeyPatch) -> None:
    before = link("glass cutter", "occupation")
    forget_linkers()
    monkeypatch.setattr(ConceptLinker, "fit", lambda *_args, **_kwargs: pytest.fail("fitted again"))
    assert link("glass cutter", "occupation") == before


def test_a_saved_linker_that_was_altered_is_fitted_anew(taxonomy: None, caplog: pytest.LogCaptureFixture) -> None:
    place = linker_of("occupation").fit()
    data = next(place.glob("*.npz"))
    data.write_bytes(data.read_bytes()[:-50])
    forget_linkers()
    assert link("glass cutter", "occupation")[0].code == "cutter-glass"
    assert "cut short" in caplog.text


def test_a_change_of_the_taxonomy_is_followed(taxonomy: None, monkeypatch: pytest.MonkeyPatch) -> None:
    link("glass cutter", "occupation")
    row = Occupation.objects.get(code="welder-steel")
    OccupationAlias.objects.create(occupation=row, lang="es", text="fundidor de rieles")
    bump_taxonomy()

    class AtOnce:
        """A thread that has already run when it is started, so that the test need not wait."""

        def __init__(self, target: Any, **_how: Any) -> None:
            self.start = target

    monkeypatch.setattr(linking.threading, "Thread", AtOnce)
    monkeypatch.setattr(linking.connections, "close_all", lambda: None)
    link("fundidor de rieles", "occupation")  # answered by the old one, while the new one is fitted
    assert link("fundidor de rieles", "occupation")[0].code == "welder-steel"


def test_old_versions_leave_the_disk(taxonomy: None) -> None:
    places = []
    for _time in range(4):
        bump_taxonomy()
        places.append(linker_of("occupation").fit())
    assert [place.exists() for place in places] == [False, False, True, True]
