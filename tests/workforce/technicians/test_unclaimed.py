"""People without an account: registered once, and seen by nobody but those who registered them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import factories as make
from workforce.accounts.choices import Position, Verification
from workforce.accounts.models import Organization, User
from workforce.core.errors import Conflict, InvalidInput, NotAllowed
from workforce.core.personal import Person, declarations
from workforce.technicians import services
from workforce.technicians.choices import GrantScope, IntakeSource, IntakeState, TechnicianState
from workforce.technicians.models import Grant, Intake, Technician
from workforce.technicians.services import Outcome, SkillEntry, UnclaimedRow
from workforce.technicians.services.unclaimed_rows import TEXTS

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor() -> User:
    """A recruiter of a verified employer."""
    member: Any = make.MembershipFactory(position=Position.RECRUITER)
    found: User = member.user
    return found


@pytest.fixture
def organization(actor: User) -> Organization:
    """The recruiter's employer."""
    found: Organization = actor.organizations.get()
    return found


def rows(count: int, start: int = 0, **more: Any) -> list[UnclaimedRow]:
    """Rows of a list."""
    return [
        UnclaimedRow(given_names=f"Persona {n}", external_id=f"E-{n}", email=f"p{n}@example.test", **more)
        for n in range(start, start + count)
    ]


def test_a_person_is_registered_with_what_is_known(actor: User, organization: Organization) -> None:
    old = make.SkillFactory()
    skill, zone = make.SkillFactory(), make.ZoneFactory()
    type(old).objects.filter(pk=old.pk).update(status="retired", successor=skill)
    intake = services.register_unclaimed(
        actor=actor,
        organization=organization,
        given_names="  Rosa \u200b María ",
        paternal="Núñez",
        phone="656 123 4567",
        email="Rosa@Example.TEST",
        external_id="E-1",
        source=IntakeSource.WALK_IN,
        zone_id=zone.pk,
        skills=(SkillEntry(old.pk, 2), SkillEntry(skill.pk, 3), SkillEntry(None, 1, "soldar con gas")),
    )
    person = intake.technician
    assert (person.full_name, person.zone_id, person.user_id) == ("Rosa María Núñez", zone.pk, None)
    assert (person.phone, person.discoverable) == ("", False), "contact is the organization's, not for employers"
    assert (intake.email, intake.phone, intake.source) == ("rosa@example.test", "656 123 4567", "walk_in")
    found = sorted(person.technician_skills.values_list("skill_id", "level", "raw"), key=str)
    assert found == sorted([(skill.pk, 3, ""), (None, 1, "soldar con gas")], key=str)


def test_the_same_number_is_one_person_of_an_organization(actor: User, organization: Organization) -> None:
    first = services.register_unclaimed(
        actor=actor, organization=organization, given_names="Ana", external_id="E-1", phone="656 123 4567"
    )
    again = services.register_unclaimed(
        actor=actor, organization=organization, given_names="Otra", external_id=" E-1 ", phone="656 765 4321"
    )
    assert again.pk == first.pk
    assert (again.technician.given_names, again.phone) == ("Ana", "656 123 4567")
    other: Any = make.MembershipFactory(position=Position.COUNSELLOR)
    elsewhere = services.register_unclaimed(
        actor=other.user, organization=other.organization, given_names="Ana", external_id="E-1"
    )
    assert elsewhere.pk != first.pk


def test_a_double_click_registers_one_person(actor: User, organization: Organization) -> None:
    made = {
        services.register_unclaimed(actor=actor, organization=organization, given_names="Ana", once_key="k").pk
        for _ in range(2)
    }
    assert len(made) == Technician.objects.count() == 1


def test_a_batch_tells_of_each_row(actor: User, organization: Organization) -> None:
    services.register_unclaimed_batch(actor=actor, organization=organization, rows=rows(1))
    closed = make.IntakeFactory(organization=organization)
    services.register_unclaimed_batch(actor=actor, organization=organization, rows=rows(1, start=7))
    Intake.objects.filter(external_id="E-7").update(external_id="", state=IntakeState.CLAIMED)
    before = Technician.objects.count()
    results = services.register_unclaimed_batch(
        actor=actor,
        organization=organization,
        rows=[
            *rows(2),
            UnclaimedRow(given_names="", email="no", phone="12", source="x", zone_id=0, external_id="E" * 81),
            *rows(1, start=1),
            *rows(1, start=7),
            UnclaimedRow(given_names="Eva", skills=(SkillEntry(0, 2),)),
            UnclaimedRow(given_names="Eva", skills=(SkillEntry(None, 2),)),
        ],
    )
    assert [one.outcome for one in results] == [
        Outcome.KNOWN,
        Outcome.MADE,
        Outcome.INVALID,
        Outcome.KNOWN,
        Outcome.CLOSED,
        Outcome.INVALID,
        Outcome.INVALID,
    ]
    assert set(results[2].errors or {}) == {"given_names", "email", "phone", "source", "zone", "external_id"}
    assert results[3].intake_id == results[1].intake_id
    assert Technician.objects.count() == before + 1
    assert closed.pk not in [one.intake_id for one in results]


def test_a_batch_costs_the_same_however_long_it_is(actor: User, organization: Organization) -> None:
    skills = tuple(SkillEntry(skill.pk, 2) for skill in make.SkillFactory.create_batch(2))

    def cost(count: int, start: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            services.register_unclaimed_batch(
                actor=actor, organization=organization, rows=rows(count, start, skills=skills)
            )
        return len(queries)

    assert cost(20, 100) == cost(2, 200) <= 12


def test_only_members_who_keep_people_of_a_verified_organization_register(
    actor: User, organization: Organization
) -> None:
    viewer: Any = make.MembershipFactory(organization=organization, position=Position.VIEWER)
    stranger: Any = make.MembershipFactory()
    for other in (viewer.user, stranger.user):
        with pytest.raises(NotAllowed):
            services.register_unclaimed(actor=other, organization=organization, given_names="Ana")
    Organization.objects.filter(pk=organization.pk).update(verification=Verification.PENDING)
    with pytest.raises(Conflict) as refused:
        services.register_unclaimed(actor=actor, organization=organization, given_names="Ana")
    assert refused.value.code == "not_verified"
    assert not Intake.objects.exists()


def test_what_is_too_long_for_its_column_is_told() -> None:
    for name, most in TEXTS.items():
        model = Technician if name in ("given_names", "paternal", "maternal") else Intake
        assert model._meta.get_field(name).max_length == most


def test_what_is_wrong_with_one_person_is_told_by_field(actor: User, organization: Organization) -> None:
    with pytest.raises(InvalidInput) as refused:
        services.register_unclaimed(actor=actor, organization=organization, given_names=" ", email="x")
    assert set(refused.value.errors) == {"given_names", "email"}


def test_nobody_finds_a_person_without_an_account(actor: User, organization: Organization) -> None:
    intake = make.IntakeFactory(organization=organization)
    Technician.objects.filter(pk=intake.technician_id).update(discoverable=True)
    Grant.objects.create(technician=intake.technician, organization=organization, scope=GrantScope.CONTACT, source="x")
    assert not Technician.objects.discoverable().exists()
    assert not Technician.objects.matchable().exists()
    assert not Technician.objects.visible_to(actor).exists()
    assert not Technician.objects.contact_visible_to(actor).exists()


def test_erasure_leaves_only_that_a_list_was_taken() -> None:
    intake = make.IntakeFactory(email="a@example.test", phone="6561234567", external_id="E-1", external_key="k")
    person = Person(technician_id=intake.technician_id)
    for one in declarations():
        if one.label in ("technicians.Intake", "technicians.Technician"):
            for row in one.rows(person):
                for name, value in (one.change or {}).items():
                    setattr(row, name, value(row) if callable(value) else value)
                row.save()
    intake.refresh_from_db()
    assert (intake.technician_id, intake.email, intake.phone, intake.external_id) == (None, "", "", "")
    assert (intake.state, intake.external_key) == (IntakeState.REFUSED, "k")
    assert Technician.objects.get().state == TechnicianState.ERASED


def test_removing_takes_only_those_who_wait_here(actor: User, organization: Organization) -> None:
    made = services.register_unclaimed_batch(actor=actor, organization=organization, rows=rows(3))
    ids = [one.intake_id for one in made if one.intake_id]
    Intake.objects.filter(pk=ids[0]).update(state=IntakeState.CLAIMED)
    elsewhere = make.IntakeFactory()
    removed = services.remove_unclaimed(actor=actor, organization=organization, intake_ids=[*ids, elsewhere.pk])
    assert removed == 2
    assert set(Intake.objects.values_list("pk", flat=True)) == {ids[0], elsewhere.pk}
    assert Technician.objects.count() == 2
    again = services.register_unclaimed_batch(actor=actor, organization=organization, rows=rows(3))
    assert [one.outcome for one in again] == [Outcome.CLOSED, Outcome.MADE, Outcome.MADE]


def test_removing_is_for_those_who_keep_people(actor: User, organization: Organization) -> None:
    intake = make.IntakeFactory(organization=organization)
    viewer: Any = make.MembershipFactory(organization=organization, position=Position.VIEWER)
    with pytest.raises(NotAllowed):
        services.remove_unclaimed(actor=viewer.user, organization=organization, intake_ids=[intake.pk])
    assert Intake.objects.count() == 1


def test_removing_costs_the_same_however_many_they_are(actor: User, organization: Organization) -> None:
    def cost(count: int) -> int:
        made = services.register_unclaimed_batch(actor=actor, organization=organization, rows=rows(count))
        ids = [one.intake_id for one in made if one.intake_id]
        with CaptureQueriesContext(connection) as queries:
            assert services.remove_unclaimed(actor=actor, organization=organization, intake_ids=ids) == count
        return len(queries)

    assert cost(20) == cost(2)


def test_what_others_recorded_of_a_person_outlives_them_without_a_name(actor: User, organization: Organization) -> None:
    intake = make.IntakeFactory(organization=organization)
    enrolment = make.EnrolmentFactory(technician=intake.technician)
    services.remove_unclaimed(actor=actor, organization=organization, intake_ids=[intake.pk])
    enrolment.refresh_from_db()
    assert enrolment.technician.state == TechnicianState.ERASED
    person = enrolment.technician
    assert (person.given_names, person.paternal, person.maternal) == ("", "", "")
    assert person.full_name == person.blind_name
    assert not Intake.objects.exists()


def test_those_who_waited_too_long_are_erased() -> None:
    overdue = make.IntakeFactory(erase_at=timezone.now() - timedelta(seconds=1))
    waits = make.IntakeFactory()
    claimed = make.IntakeFactory(
        technician=make.TechnicianFactory(), state=IntakeState.CLAIMED, erase_at=timezone.now() - timedelta(days=1)
    )
    assert services.erase_overdue() == 1
    assert services.erase_overdue() == 0
    assert set(Intake.objects.all()) == {waits, claimed}
    assert not Technician.objects.filter(pk=overdue.technician_id).exists()
    assert Technician.objects.count() == 2
