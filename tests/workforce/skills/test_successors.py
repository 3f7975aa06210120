"""A retired concept moves whoever holds it to its successor, and nothing that was proven or asked for is lost."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from tests.factories import (
    CertificateFactory,
    CredentialFactory,
    OccupationFactory,
    ProgrammeSkillFactory,
    RoleCredentialFactory,
    RoleFactory,
    RoleSkillFactory,
    SkillFactory,
)
from workforce.employers.models import RoleCredential, RoleSkill
from workforce.skills.models import CredentialSkill
from workforce.skills.services import retire
from workforce.technicians.models import Certificate, SkillEvidence
from workforce.training.models import ProgrammeSkill

pytestmark = pytest.mark.django_db
NEXT_YEAR = datetime.date(2027, 11, 1)
LATER = datetime.date(2029, 1, 1)


def test_roles_of_a_retired_occupation_are_of_its_successor() -> None:
    old, new = OccupationFactory(), OccupationFactory(title_es="Ajustador de moldes", title_en="Mold setter")
    role = RoleFactory(occupation=old)
    before = role.revision
    retire(old, successor=new)
    role.refresh_from_db()
    assert role.occupation == new
    assert role.revision == before  # nobody who is editing it loses their work
    assert "mold setter" in role.search_en


def test_roles_ask_for_the_successor_of_a_retired_credential() -> None:
    old, new = CredentialFactory(), CredentialFactory()
    alone = RoleCredentialFactory(credential=old, must=False)
    both = RoleCredentialFactory(credential=old, must=True)
    RoleCredentialFactory(role=both.role, credential=new, must=False)
    retire(old, successor=new)
    rows = RoleCredential.objects.order_by("role_id").values_list("role_id", "credential_id", "must")
    assert set(rows) == {(alone.role_id, new.pk, False), (both.role_id, new.pk, True)}


def test_a_role_that_asks_for_both_skills_stays_as_demanding() -> None:
    old, new = SkillFactory(), SkillFactory()
    asked = RoleSkillFactory(skill=old, level=4, must=True, weight=None)
    RoleSkillFactory(role=asked.role, skill=new, level=2, must=False, weight=5)
    retire(old, successor=new)
    assert list(RoleSkill.objects.values_list("skill_id", "level", "must", "weight")) == [(new.pk, 4, True, 5)]


def test_programmes_teach_the_successor() -> None:
    old, new = SkillFactory(), SkillFactory()
    alone = ProgrammeSkillFactory(skill=old, level=1)
    both = ProgrammeSkillFactory(skill=old, level=3)
    ProgrammeSkillFactory(programme=both.programme, skill=new, level=2)
    retire(old, successor=new)
    rows = set(ProgrammeSkill.objects.values_list("programme_id", "skill_id", "level"))
    assert rows == {(alone.programme_id, new.pk, 1), (both.programme_id, new.pk, 3)}


def test_certificates_move_with_what_they_prove() -> None:
    skill, old, new = SkillFactory(), CredentialFactory(), CredentialFactory()
    CredentialSkill.objects.create(credential=new, skill=skill, level=2)
    held = CertificateFactory(credential=old, verified_at=timezone.now())
    held.technician.technician_skills.create(skill=skill)
    retire(old, successor=new)
    held.refresh_from_db()
    assert held.credential == new
    assert held.is_verified
    proof = SkillEvidence.objects.get(certificate=held)
    assert (proof.technician_skill.skill, proof.kind) == (skill, "certified")


@pytest.mark.parametrize(
    ("old_end", "new_end", "old_checked", "kept"),
    [
        (NEXT_YEAR, LATER, False, "new"),
        (LATER, NEXT_YEAR, False, "old"),
        (None, LATER, False, "old"),
        (NEXT_YEAR, LATER, True, "old"),
    ],
)
def test_of_two_certificates_the_better_one_stays(
    old_end: datetime.date | None, new_end: datetime.date, old_checked: bool, kept: str
) -> None:
    old, new = CredentialFactory(), CredentialFactory()
    first = CertificateFactory(credential=old, expires_on=old_end, verified_at=timezone.now() if old_checked else None)
    second = CertificateFactory(technician=first.technician, credential=new, expires_on=new_end, verified_at=None)
    retire(old, successor=new)
    left = Certificate.objects.get(technician=first.technician)
    assert left.credential == new
    assert left.pk == (first.pk if kept == "old" else second.pk)


def test_without_a_successor_everybody_keeps_what_they_have() -> None:
    credential, occupation = CredentialFactory(), OccupationFactory()
    held, role = CertificateFactory(credential=credential), RoleFactory(occupation=occupation)
    retire(credential)
    retire(occupation)
    held.refresh_from_db()
    role.refresh_from_db()
    assert (held.credential, role.occupation) == (credential, occupation)


def test_the_successor_must_be_of_the_same_kind() -> None:
    with pytest.raises(ValueError, match="same kind"):
        retire(SkillFactory(), successor=OccupationFactory())
