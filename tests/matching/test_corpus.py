"""What the engine is told of people and roles."""

from __future__ import annotations

import datetime

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from matching.corpus.frame import Frame, build_frame
from matching.corpus.roles import load_roles
from matching.corpus.taxonomy import load_taxonomy
from matching.corpus.technicians import PROOF_POINTS, load_technicians
from matching.corpus.weights import default_weights, skill_rarity
from matching.engine.arrays import SkillVocabulary
from matching.engine.explain import explain
from matching.engine.matrix import RelatednessMatrix
from tests.factories import (
    CertificateFactory,
    CredentialFactory,
    OccupationFactory,
    RoleCredentialFactory,
    RoleSkillFactory,
    SkillEvidenceFactory,
    SkillFactory,
    TechnicianFactory,
    TechnicianSkillFactory,
    UserFactory,
    ZoneFactory,
    evidence_of,
)
from tests.matching import world
from workforce.skills.choices import ConceptStatus
from workforce.skills.models import CredentialSkill, OccupationSkill, Skill, SkillRelation
from workforce.technicians.choices import EvidenceKind, UsWork
from workforce.technicians.models import TechnicianSkill
from workforce.technicians.services import add_certificate, verify_certificate, withdraw_verification

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 24)  # a Tuesday


def frame(today: datetime.date = TODAY) -> Frame:
    vocabulary = SkillVocabulary(Skill.objects.values_list("code", flat=True))
    return build_frame(vocabulary, np.full(len(vocabulary), 0.5), today)


def failed(person: object, role: object, today: datetime.date = TODAY) -> tuple[str, ...]:
    """The limits that a pair fails."""
    space = frame(today)
    people, roles = load_technicians(space, [person.pk]).arrays, load_roles(space, [role.pk])  # type: ignore[attr-defined]
    return explain(people, roles, RelatednessMatrix.identity(space.vocabulary.codes)).failed_limits


def level_of(row: TechnicianSkill) -> int:
    return int(load_technicians(frame(), [row.technician_id]).arrays.levels[0])


def test_a_level_counts_as_far_as_somebody_else_stands_behind_it() -> None:
    row = TechnicianSkillFactory(level=4)
    assert level_of(row) == 3
    SkillEvidenceFactory(technician_skill=row, kind=EvidenceKind.DECLARED, level=4)
    assert level_of(row) == 3
    expired = evidence_of(row, EvidenceKind.CERTIFIED, expires_on=TODAY - datetime.timedelta(days=1))
    assert level_of(row) == 3
    expired.expires_on = TODAY
    expired.save()
    assert level_of(row) == 4


def test_a_certificate_lifts_a_level_and_breaks_ties_only_once_it_is_checked() -> None:
    link = CredentialSkill.objects.create(credential=CredentialFactory(), skill=SkillFactory(), level=4)
    row = TechnicianSkillFactory(skill=link.skill, level=4)
    held = add_certificate(technician_id=row.technician_id, revision=None, credential_id=link.credential_id)

    def counts() -> tuple[int, int]:
        arrays = load_technicians(frame(), [row.technician_id]).arrays
        return int(arrays.levels[0]), int(arrays.evidence[0])

    assert counts() == (3, 0)
    verify_certificate(certificate_id=held.pk, by=UserFactory(is_staff=True))
    assert counts() == (4, PROOF_POINTS)
    withdraw_verification(certificate_id=held.pk)
    assert counts() == (3, 0)


def test_the_rule_is_that_of_the_technicians_app() -> None:
    for declared in (1, 2, 3, 4):
        for proven in (0, 2, 4):
            row = TechnicianSkillFactory(level=declared)
            if proven:
                SkillEvidenceFactory(technician_skill=row, kind=EvidenceKind.ASSESSED, level=proven)
            theirs = TechnicianSkill.objects.with_effective_level(TODAY).get(pk=row.pk)  # type: ignore[attr-defined]
            assert level_of(row) == theirs.effective_level


def test_own_words_without_a_concept_are_skipped_and_retired_skills_count_as_their_successors() -> None:
    new = SkillFactory(code="new")
    old = SkillFactory(code="old", status=ConceptStatus.RETIRED, successor=new)
    person = world.technician((old, 3), (new, 1))
    TechnicianSkillFactory(technician=person, skill=None, raw="algo más")
    space = frame()
    arrays = load_technicians(space).arrays
    assert arrays.indices.tolist() == [space.vocabulary.column("new")]
    assert arrays.levels.tolist() == [3]


def test_only_the_eighty_best_skills_of_an_overfull_profile_count() -> None:
    person = TechnicianFactory()
    for n in range(85):
        TechnicianSkillFactory(technician=person, level=1 if n < 5 else 2)
    arrays = load_technicians(frame()).arrays
    assert len(arrays.levels) == 80
    assert set(arrays.levels.tolist()) == {2}


def test_no_shift_named_means_any_and_no_shift_asked_means_none_needed() -> None:
    skill = SkillFactory()
    anybody, second = world.technician((skill, 2), shifts=[]), world.technician((skill, 2), shifts=["second"])
    third = world.role((skill, 2), shifts=["third"], plant__company_bus=True)
    free = world.role((skill, 2), shifts=[], plant__company_bus=True)
    assert failed(anybody, third) == ()
    assert failed(second, third) == ("shift",)
    assert failed(second, free) == ()


@pytest.mark.parametrize(
    ("has", "needs", "result"),
    [("B2", "B1", ()), ("B1", "B1", ()), ("A2", "B1", ("english",)), ("", "A1", ("english",)), ("", "", ())],
)
def test_english_is_enough_from_the_level_asked(has: str, needs: str, result: tuple[str, ...]) -> None:
    skill = SkillFactory()
    person = world.technician((skill, 2), english=has)
    assert failed(person, world.role((skill, 2), english_min=needs, plant__company_bus=True)) == result


@pytest.mark.parametrize(
    ("status", "result"),
    [(UsWork.TN, ()), (UsWork.NONE, ("work_authorization",)), (UsWork.UNSTATED, ("work_authorization",))],
)
def test_us_work_counts_when_it_is_stated(status: str, result: tuple[str, ...]) -> None:
    skill = SkillFactory()
    person = world.technician((skill, 2), us_work=status)
    assert failed(person, world.role((skill, 2), needs_us_work=True, plant__company_bus=True)) == result


@pytest.mark.parametrize(
    ("free_in", "starts_in", "result"),
    [
        (None, 0, ()),
        (0, 0, ()),
        (3, 0, ()),
        (14, 7, ("start",)),
        (14, 14, ()),
        (14, None, ()),
        (2000, 900, ()),  # both beyond the 63 weeks that are told apart
        (-30, -60, ()),
    ],
)
def test_who_is_free_by_the_week_of_the_start_is_in_time(
    free_in: int | None, starts_in: int | None, result: tuple[str, ...]
) -> None:
    def day(days: int | None) -> datetime.date | None:
        return None if days is None else TODAY + datetime.timedelta(days=days)

    skill = SkillFactory()
    person = world.technician((skill, 2), available_from=day(free_in))
    role = world.role((skill, 2), starts_on=day(starts_in), plant__company_bus=True)
    assert failed(person, role) == result


def test_the_way_is_too_long_without_a_bus_or_transport_of_ones_own() -> None:
    near = ZoneFactory(latitude=31.69, longitude=-106.42)
    far = ZoneFactory(latitude=31.20, longitude=-106.00)
    skill = SkillFactory()
    walks = world.technician((skill, 2), zone=near)
    unknown = world.technician((skill, 2), zone=None)
    there, by_bus = (
        world.role((skill, 2), plant__zone=far),
        world.role((skill, 2), plant__zone=far, plant__company_bus=True),
    )
    assert failed(walks, there) == ("commute",)
    assert failed(walks, by_bus) == ()
    assert failed(walks, world.role((skill, 2), plant__zone=near)) == ()
    assert failed(unknown, there) == ()


def test_a_must_credential_counts_while_it_is_valid() -> None:
    skill, licence = SkillFactory(), CredentialFactory()
    person = world.technician((skill, 2))
    role = world.role((skill, 2), plant__company_bus=True)
    need = RoleCredentialFactory(role=role, credential=licence, must=True)
    assert failed(person, role) == ("credential",)
    held = CertificateFactory(technician=person, credential=licence, expires_on=TODAY)
    assert failed(person, role) == ()
    held.expires_on = TODAY - datetime.timedelta(days=1)
    held.save()
    assert failed(person, role) == ("credential",)
    need.must = False
    need.save()
    assert failed(person, role) == ()


def test_weights_that_are_stated_win_and_essential_skills_weigh_more() -> None:
    first, second, third = SkillFactory(code="a"), SkillFactory(code="b"), SkillFactory(code="c")
    occupation = OccupationFactory()
    OccupationSkill.objects.create(occupation=occupation, skill=first, essential=True)
    role = world.role((first, 2), (second, 2), occupation=occupation)
    RoleSkillFactory(role=role, skill=third, weight=10)
    weights = load_roles(frame()).weights.tolist()
    assert sum(weights) == 650
    assert weights[2] > weights[0] > weights[1]


def test_rarity_comes_from_occupations_and_is_middling_where_nothing_is_known() -> None:
    world.skills(12)
    SkillFactory(code="unheard-of")
    taxonomy = load_taxonomy()
    vocabulary = SkillVocabulary(taxonomy.codes)
    rarity = skill_rarity(taxonomy, vocabulary)
    assert rarity[vocabulary.column("craft-03")] < rarity[vocabulary.column("craft-01")]  # in two occupations, in one
    assert rarity[vocabulary.column("unheard-of")] == 0.5
    assert default_weights(np.array([0.0, 1.0, 1.0]), np.array([False, False, True])).tolist() == [3, 7, 10]


def test_the_taxonomy_is_read_in_both_languages_without_fallback() -> None:
    skill = SkillFactory(
        code="weld", label_es="Soldar", label_en=None, aliases=[("es", "soldadura"), ("en", "welding")]
    )
    other = SkillFactory(code="cut")
    SkillRelation.objects.create(source_skill=skill, target_skill=other, strength=0.7)
    SkillRelation.objects.create(source_skill=other, target_skill=skill, strength=0.4, vetoed=True)
    taxonomy = load_taxonomy()
    assert taxonomy.texts["es"]["weld"].label == "Soldar"
    assert taxonomy.texts["en"]["weld"].label == ""
    assert taxonomy.texts["en"]["weld"].aliases == ("welding",)
    assert list(taxonomy.declared) == [("weld", "cut", 0.7)]
    assert list(taxonomy.vetoes) == [("cut", "weld")]


def test_loading_takes_the_same_queries_for_one_and_for_many() -> None:
    def queries() -> int:
        space = frame(timezone.localdate())
        with CaptureQueriesContext(connection) as captured:
            load_technicians(space)
            load_roles(space)
        return len(captured)

    world.town(people=1, roles=1)
    few = queries()
    for _ in range(5):
        world.technician(*((skill, 2) for skill in Skill.objects.all()[:4]))
        world.role(*((skill, 2) for skill in Skill.objects.all()[:4]))
    assert queries() == few
