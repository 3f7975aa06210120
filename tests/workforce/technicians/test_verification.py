"""A certificate proves once staff has checked the paper."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tests import factories as make
from workforce.skills.models import CredentialSkill
from workforce.technicians import services
from workforce.technicians.models import Certificate, SkillEvidence, Technician, TechnicianSkill

pytestmark = pytest.mark.django_db
STATED: dict[str, Any] = {
    "issued_on": datetime.date(2026, 1, 10),
    "expires_on": datetime.date(2999, 1, 1),
    "folio": "7",
}


@pytest.fixture
def held() -> Certificate:
    """A stated certificate for one skill at level four."""
    link = CredentialSkill.objects.create(credential=make.CredentialFactory(), skill=make.SkillFactory(), level=4)
    return state(make.TechnicianFactory(), link.credential_id)


@pytest.fixture
def staff() -> Client:
    """A browser of somebody who may do everything in the admin."""
    client = Client()
    client.force_login(make.UserFactory(is_staff=True, is_superuser=True))
    return client


def state(technician: Technician, credential_id: int, **change: Any) -> Certificate:
    return services.add_certificate(
        technician_id=technician.pk, revision=None, credential_id=credential_id, **(STATED | change)
    )


def counts(held: Certificate) -> tuple[int, str]:
    """The level that counts, and the kind of evidence for it."""
    row = TechnicianSkill.objects.with_effective_level().get(technician=held.technician_id)
    return row.effective_level, row.evidence.get().kind


def revision(held: Certificate) -> int:
    return Technician.objects.get(pk=held.technician_id).revision


def act(client: Client, name: str, held: Certificate) -> Any:
    data = {"action": name, "_selected_action": [held.pk]}
    return client.post(reverse("admin:technicians_certificate_changelist"), data, follow=True)


def test_checking_proves_and_withdrawing_states_and_each_is_told_once(held: Certificate, told: list[int]) -> None:
    by, before = make.UserFactory(), revision(held)
    assert counts(held) == (3, "stated")
    assert [services.verify_certificate(certificate_id=held.pk, by=by) for _ in range(2)] == [True, False]
    held.refresh_from_db()
    assert (counts(held), held.is_verified, held.verified_by) == ((4, "certified"), True, by)
    assert (revision(held), told) == (before + 1, [held.technician_id])
    assert [services.withdraw_verification(certificate_id=held.pk) for _ in range(2)] == [True, False]
    held.refresh_from_db()
    assert (counts(held), held.is_verified, held.verified_by) == ((3, "stated"), False, None)
    assert (revision(held), len(told)) == (before + 2, 2)


def test_a_certificate_that_is_gone_is_not_checked(told: list[int]) -> None:
    assert not services.verify_certificate(certificate_id=0, by=make.UserFactory())
    assert told == []


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        ({}, True),
        ({"folio": "8"}, False),
        ({"issued_on": datetime.date(2026, 1, 11)}, False),
        ({"expires_on": datetime.date(2999, 1, 2)}, False),
    ],
)
def test_stating_something_else_needs_a_new_check(held: Certificate, change: dict[str, Any], kept: bool) -> None:
    services.verify_certificate(certificate_id=held.pk, by=make.UserFactory())
    assert state(held.technician, held.credential_id, **change).is_verified is kept
    assert counts(held) == ((4, "certified") if kept else (3, "stated"))


def test_staff_checks_in_the_admin_and_the_log_says_who(
    held: Certificate, staff: Client, told: list[int], django_user_model: Any
) -> None:
    assert "Cambió 1 constancia." in act(staff, "verify", held).content.decode()
    assert counts(held) == (4, "certified")
    held.refresh_from_db()
    assert str(held.verified_by_id) == staff.session["_auth_user_id"]
    assert held.verified_by is not None
    assert held.verified_by.logentry_set.count() == 1
    act(staff, "withdraw", held)
    assert (counts(held), told) == ((3, "stated"), [held.technician_id] * 2)


def test_who_may_only_look_cannot_check(held: Certificate) -> None:
    client = Client()
    client.force_login(make.UserFactory(is_staff=True))
    act(client, "verify", held)
    assert counts(held) == (3, "stated")


def test_the_pages_of_the_admin_open_and_removing_there_is_told(
    held: Certificate, staff: Client, told: list[int]
) -> None:
    one = reverse("admin:technicians_certificate_change", args=[held.pk])
    assert staff.get(one).status_code == 200
    assert staff.get(reverse("admin:technicians_technician_change", args=[held.technician_id])).status_code == 200
    staff.post(reverse("admin:technicians_certificate_delete", args=[held.pk]), {"post": "yes"})
    assert not Certificate.objects.exists()
    assert told == [held.technician_id]


def test_an_edit_in_the_admin_clears_the_check(held: Certificate) -> None:
    services.verify_certificate(certificate_id=held.pk, by=make.UserFactory())
    with transaction.atomic():
        services.recheck_edited(held.technician, [held.pk])
    held.refresh_from_db()
    assert (held.is_verified, counts(held)) == (False, (3, "stated"))


@pytest.mark.parametrize("kind", ["stated", "certified"])
def test_evidence_of_a_certificate_names_it(kind: str) -> None:
    row = make.TechnicianSkillFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        SkillEvidence.objects.create(technician_skill=row, kind=kind, level=4)
