"""Edits of a profile: one transaction, told inside it, never on an old copy."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from tests import factories as make
from workforce.accounts.services import PersonNames
from workforce.core.errors import InvalidInput, StaleRevision
from workforce.skills.choices import ConceptStatus
from workforce.skills.models import CredentialSkill
from workforce.technicians import services
from workforce.technicians.choices import EvidenceKind
from workforce.technicians.models import Certificate, SkillEvidence, Technician, TechnicianSkill
from workforce.technicians.services import SkillEntry
from workforce.technicians.services.certificates import usual_end

pytestmark = pytest.mark.django_db


def save(technician: Technician, *entries: SkillEntry, revision: int | None = None) -> Technician:
    return services.save_skills(technician_id=technician.pk, revision=revision, entries=list(entries))


def held(technician: Technician) -> dict[Any, int]:
    rows = TechnicianSkill.objects.filter(technician=technician).order_by("pk")
    return {row.skill_id or row.raw: row.level for row in rows}


def certify(technician: Technician, level: int = 4, **kwargs: Any) -> tuple[Any, Certificate]:
    """Add a certificate for one new skill."""
    link = CredentialSkill.objects.create(credential=make.CredentialFactory(), skill=make.SkillFactory(), level=level)
    certificate = services.add_certificate(
        technician_id=technician.pk, revision=None, credential_id=link.credential_id, **kwargs
    )
    return link.skill, certificate


def test_a_profile_is_made_once_and_told(told: list[int]) -> None:
    user = make.UserFactory(language="en")
    made = services.create_technician(user=user, names=PersonNames("Ana", "Ríos"))
    again = services.create_technician(user=user, names=PersonNames("Otra", "Persona"))
    assert made == again
    assert (made.full_name, made.original_language) == ("Ana Ríos", "en")
    assert told == [made.pk]


def test_saving_counts_the_revision_up_and_tells(told: list[int]) -> None:
    technician = make.TechnicianFactory()
    saved = services.save_profile(technician_id=technician.pk, revision=1, values={"english": "B1"})
    assert (saved.english, saved.revision) == ("B1", 2)
    assert told == [technician.pk]


def test_an_edit_of_an_old_copy_is_refused_and_changes_nothing(told: list[int]) -> None:
    technician = make.TechnicianFactory()
    services.save_profile(technician_id=technician.pk, revision=1, values={"english": "B1"})
    with pytest.raises(StaleRevision) as stale:
        services.save_profile(technician_id=technician.pk, revision=1, values={"english": "C1"})
    technician.refresh_from_db()
    assert (technician.english, technician.revision, stale.value.current) == ("B1", 2, 2)
    assert told == [technician.pk]


def test_only_fields_of_a_profile_are_saved() -> None:
    technician = make.TechnicianFactory()
    with pytest.raises(ValueError, match="user_id"):
        services.save_profile(technician_id=technician.pk, revision=None, values={"user_id": 1})


def test_the_list_of_skills_is_replaced_and_what_stays_keeps_its_evidence() -> None:
    stays = make.TechnicianSkillFactory(level=2)
    technician = stays.technician
    goes = make.TechnicianSkillFactory(technician=technician)
    evidence = make.SkillEvidenceFactory(technician_skill=stays, kind=EvidenceKind.ASSESSED)
    new = make.SkillFactory()
    save(technician, SkillEntry(stays.skill_id, 3), SkillEntry(new.pk, 1), SkillEntry(None, 2, "pailería fina"))
    assert held(technician) == {stays.skill_id: 3, new.pk: 1, "pailería fina": 2}
    assert SkillEvidence.objects.get().pk == evidence.pk
    assert not TechnicianSkill.objects.filter(pk=goes.pk).exists()


def test_a_skill_given_twice_counts_once_with_its_better_level() -> None:
    technician, skill = make.TechnicianFactory(), make.SkillFactory()
    save(
        technician,
        SkillEntry(skill.pk, 3),
        SkillEntry(skill.pk, 1),
        SkillEntry(None, 1, "Pailería"),
        SkillEntry(None, 2, "paileria "),
    )
    assert held(technician) == {skill.pk: 3, "paileria ": 2}


def test_a_retired_skill_becomes_its_successor() -> None:
    technician, heir = make.TechnicianFactory(), make.SkillFactory()
    old = make.SkillFactory(status=ConceptStatus.RETIRED, successor=heir)
    save(technician, SkillEntry(old.pk, 3), SkillEntry(heir.pk, 2))
    assert held(technician) == {heir.pk: 3}


def test_eighty_skills_fit_and_one_more_does_not() -> None:
    technician = make.TechnicianFactory()
    entries = [SkillEntry(None, 1, f"habilidad {n}") for n in range(81)]
    save(technician, *entries[:80])
    with pytest.raises(InvalidInput):
        save(technician, *entries)
    with pytest.raises(InvalidInput):
        services.add_skill(technician_id=technician.pk, revision=None, entry=entries[80])
    assert len(held(technician)) == 80


def test_an_unknown_skill_is_refused_and_nothing_is_lost() -> None:
    row = make.TechnicianSkillFactory()
    with pytest.raises(InvalidInput):
        save(row.technician, SkillEntry(999_999, 2))
    assert held(row.technician) == {row.skill_id: row.level}


def test_adding_a_skill_again_changes_its_level() -> None:
    row = make.TechnicianSkillFactory(level=2)
    entry = SkillEntry(row.skill_id, 4)
    services.add_skill(technician_id=row.technician_id, revision=None, entry=entry)
    services.add_skill(technician_id=row.technician_id, revision=None, entry=entry)
    assert held(row.technician) == {row.skill_id: 4}


def test_the_skill_of_another_person_cannot_be_removed() -> None:
    row, stranger = make.TechnicianSkillFactory(), make.TechnicianFactory()
    with pytest.raises(TechnicianSkill.DoesNotExist):
        services.remove_skill(technician_id=stranger.pk, revision=None, technician_skill_id=row.pk)
    stranger.refresh_from_db()
    assert stranger.revision == 1


def test_a_certificate_adds_its_skills_and_only_states_their_level(told: list[int]) -> None:
    technician = make.TechnicianFactory()
    skill, certificate = certify(technician, level=4, issued_on=datetime.date(2026, 1, 31))
    row = TechnicianSkill.objects.with_effective_level().get(technician=technician, skill=skill)
    evidence = row.evidence.get()
    assert (row.level, row.effective_level, evidence.kind, evidence.certificate) == (4, 3, "stated", certificate)
    assert told == [technician.pk]


def test_the_same_certificate_again_renews_its_dates_without_doubling() -> None:
    technician = make.TechnicianFactory()
    skill, certificate = certify(technician, expires_on=datetime.date(2026, 1, 1))
    later = datetime.date(2030, 1, 1)
    again = services.add_certificate(
        technician_id=technician.pk, revision=None, credential_id=certificate.credential_id, expires_on=later
    )
    assert again.pk == certificate.pk
    assert SkillEvidence.objects.get(technician_skill__skill=skill).expires_on == later


def test_an_expired_certificate_proves_nothing() -> None:
    technician = make.TechnicianFactory()
    skill, certificate = certify(technician, level=4, expires_on=datetime.date(2020, 1, 1))
    assert certificate.is_expired
    services.verify_certificate(certificate_id=certificate.pk, by=make.UserFactory())
    assert TechnicianSkill.objects.with_effective_level().get(skill=skill).effective_level == 3


def test_a_removed_certificate_leaves_the_skill_as_declared() -> None:
    technician = make.TechnicianFactory()
    skill, certificate = certify(technician, level=4)
    services.verify_certificate(certificate_id=certificate.pk, by=make.UserFactory())
    services.remove_certificate(technician_id=technician.pk, revision=None, certificate_id=certificate.pk)
    row = TechnicianSkill.objects.with_effective_level().get(skill=skill)
    assert (row.level, row.effective_level, row.evidence.count()) == (4, 3, 0)


def test_a_skill_that_comes_back_is_proven_again() -> None:
    technician = make.TechnicianFactory()
    skill, certificate = certify(technician, level=4)
    services.verify_certificate(certificate_id=certificate.pk, by=make.UserFactory())
    save(technician)
    assert not SkillEvidence.objects.exists()
    save(technician, SkillEntry(skill.pk, 2))
    assert TechnicianSkill.objects.with_effective_level().get(skill=skill).effective_level == 4


def test_a_certificate_cannot_end_before_it_begins() -> None:
    dates = {"issued_on": datetime.date(2026, 5, 1), "expires_on": datetime.date(2026, 4, 1)}
    with pytest.raises(InvalidInput):
        certify(make.TechnicianFactory(), **dates)


@pytest.mark.parametrize(
    ("months", "issued", "end"),
    [
        (12, (2026, 2, 1), (2027, 2, 1)),
        (1, (2026, 1, 31), (2026, 2, 28)),
        (24, (2024, 2, 29), (2026, 2, 28)),
        (11, (2026, 12, 15), (2027, 11, 15)),
    ],
)
def test_a_certificate_lasts_as_long_as_its_kind_usually_does(
    months: int, issued: tuple[int, int, int], end: tuple[int, int, int]
) -> None:
    credential = make.CredentialFactory(valid_months=months)
    assert usual_end(credential, datetime.date(*issued)) == datetime.date(*end)
    technician = make.TechnicianFactory()
    made = services.add_certificate(
        technician_id=technician.pk, revision=None, credential_id=credential.pk, issued_on=datetime.date(*issued)
    )
    assert made.expires_on == datetime.date(*end)


def test_the_same_job_sent_twice_is_one(told: list[int]) -> None:
    technician = make.TechnicianFactory()
    values = {
        "title_es": "Soldadora",
        "employer": "",
        "started_on": datetime.date(2020, 1, 1),
        "ended_on": None,
        "informal": True,
    }
    first = services.add_experience(technician_id=technician.pk, revision=None, values=values)
    assert services.add_experience(technician_id=technician.pk, revision=None, values=values) == first
    assert technician.experience.count() == 1


def test_a_retired_skill_moves_to_its_successor_with_level_and_evidence(told: list[int]) -> None:
    old, heir = make.SkillFactory(), make.SkillFactory()
    both = make.TechnicianSkillFactory(skill=old, level=4)
    make.TechnicianSkillFactory(technician=both.technician, skill=heir, level=2)
    make.SkillEvidenceFactory(technician_skill=both, kind=EvidenceKind.ASSESSED, level=4)
    only = make.TechnicianSkillFactory(skill=old, level=1)
    assert services.replace_skill(skill_id=old.pk, successor_id=heir.pk) == 2
    assert held(both.technician) == {heir.pk: 4}
    assert SkillEvidence.objects.get().technician_skill.skill == heir
    assert held(only.technician) == {heir.pk: 1}
    assert sorted(told) == sorted([both.technician_id, only.technician_id])
