"""Who may see what of whom, and what a blind card holds."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone, translation

from tests import factories as make
from workforce.accounts.choices import Verification
from workforce.accounts.models import Organization
from workforce.hiring.models import Application
from workforce.technicians import access
from workforce.technicians.cards import BlindCard, blind_card
from workforce.technicians.choices import EvidenceKind, TechnicianState, UsWork
from workforce.technicians.models import Technician

pytestmark = pytest.mark.django_db


def card_of(technician: Technician) -> BlindCard:
    return blind_card(Technician.objects.for_cards().get(pk=technician.pk))


def test_only_the_person_edits() -> None:
    technician, member = make.TechnicianFactory(), make.MembershipFactory()
    assert access.can_edit_technician(technician.user, technician)
    assert not access.can_edit_technician(member.user, technician)
    assert not access.can_edit_technician(AnonymousUser(), technician)
    assert not access.can_edit_technician(member.user, make.TechnicianFactory(user=None))


def test_verified_employers_see_the_discoverable_and_nobody_else_does() -> None:
    technician = make.TechnicianFactory()
    see = access.can_see_technician
    assert see(make.MembershipFactory().user, technician)
    assert see(technician.user, technician)
    assert not see(AnonymousUser(), technician)
    assert not see(make.TechnicianFactory().user, technician)
    assert not see(make.MembershipFactory(organization__verification=Verification.PENDING).user, technician)
    assert not see(make.MembershipFactory(organization=make.OrganizationFactory(institute=True)).user, technician)


@pytest.mark.parametrize(
    "change",
    [{"discoverable": False}, {"user": None}, {"state": TechnicianState.PAUSED}, {"state": TechnicianState.ERASED}],
)
def test_who_does_not_take_part_is_not_seen(change: dict[str, object]) -> None:
    assert not access.can_see_technician(make.MembershipFactory().user, make.TechnicianFactory(**change))


def test_contact_needs_a_grant_in_force_for_an_organization_of_the_user() -> None:
    technician, member, other = make.TechnicianFactory(), make.MembershipFactory(), make.MembershipFactory()
    assert not access.can_see_contact(member.user, technician)
    grant = make.GrantFactory(technician=technician, organization=member.organization)
    assert access.can_see_contact(member.user, technician)
    assert not access.can_see_contact(other.user, technician)
    assert access.can_see_contact(technician.user, technician)
    grant.revoked_at = timezone.now()
    grant.save()
    assert not access.can_see_contact(member.user, technician)


def test_an_organization_that_is_not_verified_any_more_knows_no_name() -> None:
    grant: Any = make.GrantFactory()
    role = make.RoleFactory(organization=grant.organization)
    application: Any = make.ApplicationFactory(technician=grant.technician, role=role)

    def named() -> tuple[set[int], bool]:
        row = Application.objects.with_named().get(pk=application.pk)
        return access.known_to(grant.organization_id, [grant.technician_id]), row.is_named

    assert named() == ({grant.technician_id}, True)
    Organization.objects.update(verification=Verification.REFUSED)
    assert named() == (set(), False)


def test_leave_to_see_outcomes_is_no_leave_to_see_the_contact() -> None:
    member = make.MembershipFactory()
    grant = make.GrantFactory(organization=member.organization, scope="outcomes")
    assert not access.can_see_contact(member.user, grant.technician)


def test_an_erased_person_is_seen_by_nobody() -> None:
    member = make.MembershipFactory()
    technician = make.TechnicianFactory(state=TechnicianState.ERASED)
    make.GrantFactory(technician=technician, organization=member.organization)
    assert not Technician.objects.visible_to(member.user).exists()
    assert not Technician.objects.contact_visible_to(member.user).exists()


def test_a_blind_card_names_nobody() -> None:
    secret = "Zacarías"
    user = make.UserFactory(email=f"{secret}@example.test".lower())
    technician = make.TechnicianFactory(
        user=user,
        given_names=secret,
        paternal=secret,
        maternal=secret,
        phone="656 123 4567",
        summary_es=secret,
        summary_en=secret,
    )
    make.TechnicianSkillFactory(technician=technician)
    make.TechnicianSkillFactory(technician=technician, skill=None, raw=f"{secret} en Foxconn")
    make.ExperienceFactory(technician=technician, title_es=secret, employer=secret)
    text = repr(dataclasses.asdict(card_of(technician)))
    assert secret.casefold() not in text.casefold()
    assert "656" not in text.replace(str(technician.ref), "").replace(technician.blind_name, "")
    assert "Foxconn" not in text


@pytest.mark.parametrize(
    ("us_work", "shown"), [*((kind, True) for kind in UsWork.values[:4]), ("none", False), ("unstated", False)]
)
def test_us_work_is_authorized_or_not_stated(us_work: str, shown: bool) -> None:
    card = card_of(make.TechnicianFactory(us_work=us_work))
    assert card.us_authorized is shown
    assert us_work not in {str(value) for value in dataclasses.asdict(card).values()}


def test_a_card_shows_the_level_that_counts_and_how_it_is_known() -> None:
    row = make.TechnicianSkillFactory(level=4)
    make.SkillEvidenceFactory(technician_skill=row)
    assert [(s.level, s.evidence_labels) for s in card_of(row.technician).skills] == [(3, [])]
    make.evidence_of(row, EvidenceKind.STATED, level=3)
    assert [(s.level, s.evidence_badges) for s in card_of(row.technician).skills] == [
        (3, [("Constancia (declarada)", False)])
    ]
    make.SkillEvidenceFactory(technician_skill=row, kind=EvidenceKind.EMPLOYER, level=4)
    assert [(s.level, s.evidence_labels) for s in card_of(row.technician).skills] == [
        (4, ["Confirmada por una empresa", "Constancia (declarada)"])
    ]


def test_cards_cost_the_same_for_many(django_assert_num_queries) -> None:
    for _ in range(5):
        for _ in range(3):
            row = make.TechnicianSkillFactory()
            make.SkillEvidenceFactory(technician_skill=row)
    with django_assert_num_queries(3):
        assert len([blind_card(one) for one in Technician.objects.for_cards()]) == 15


@pytest.mark.parametrize(
    ("texts", "reader", "lang"), [(("a", None), "en", "es"), ((None, "b"), "es", "en"), (("a", "b"), "en", "")]
)
def test_a_label_in_the_other_language_says_so(texts: tuple[str | None, str | None], reader: str, lang: str) -> None:
    row = make.TechnicianSkillFactory(skill=make.SkillFactory(label_es=texts[0], label_en=texts[1], aliases=[]))
    with translation.override(reader):
        (skill,) = card_of(row.technician).skills
        assert (skill.lang, skill.label) == (lang, texts[0] if lang == "es" else texts[1])
