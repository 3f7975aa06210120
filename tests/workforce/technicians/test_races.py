"""Two at once, on whichever database the suite runs: SQLite lets writers wait in turn, PostgreSQL locks rows."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.threads import at_once_numbered
from workforce.accounts.models import Membership, Organization, User
from workforce.accounts.services import PersonNames, create_organization
from workforce.core.errors import StaleRevision
from workforce.technicians import services
from workforce.technicians.models import Technician, TechnicianSkill
from workforce.technicians.services import SkillEntry

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 4


def test_of_edits_of_one_revision_one_wins() -> None:
    technician = make.TechnicianFactory()

    def edit(number: int) -> Technician:
        values = {"given_names": f"Nombre {number}"}
        return services.save_profile(technician_id=technician.pk, revision=1, values=values)

    results = at_once_numbered(edit, AT_ONCE)
    winners = [result for result in results if isinstance(result, Technician)]
    assert len(winners) == 1
    assert all(isinstance(result, StaleRevision) for result in results if result not in winners), results
    technician.refresh_from_db()
    assert (technician.given_names, technician.revision) == (winners[0].given_names, 2)


def test_skills_added_at_once_are_all_kept() -> None:
    technician = make.TechnicianFactory()
    skills = make.SkillFactory.create_batch(AT_ONCE)

    def add(number: int) -> Technician:
        entry = SkillEntry(skills[number].pk, 2)
        return services.add_skill(technician_id=technician.pk, revision=None, entry=entry)

    assert all(isinstance(result, Technician) for result in at_once_numbered(add, AT_ONCE))
    assert TechnicianSkill.objects.filter(technician=technician).count() == AT_ONCE
    technician.refresh_from_db()
    assert technician.revision == 1 + AT_ONCE


def test_one_person_gets_one_profile() -> None:
    user = make.UserFactory()
    results = at_once_numbered(
        lambda number: services.create_technician(user=user, names=PersonNames(f"Ana {number}")).pk, AT_ONCE
    )
    assert set(results) == {Technician.objects.get().pk}


def test_organizations_of_one_name_made_at_once_get_slugs_of_their_own() -> None:
    users = make.UserFactory.create_batch(AT_ONCE)
    results = at_once_numbered(
        lambda number: create_organization(user=users[number], name="Planta", is_employer=True).slug, AT_ONCE
    )
    assert sorted(results) == ["planta", "planta-2", "planta-3", "planta-4"]
    assert Membership.objects.count() == Organization.objects.count() == AT_ONCE


def test_the_sign_up_form_sent_at_once_makes_one_account() -> None:
    data = {
        "kind": "seeker",
        "given_names": "Ana",
        "paternal": "Ríos",
        "email": "ana@example.test",
        "password1": "una frase corta 1",
    }
    results = at_once_numbered(lambda number: Client().post(reverse("account_signup"), data).status_code, AT_ONCE)
    assert results == [302] * AT_ONCE
    assert User.objects.count() == Technician.objects.count() == 1
