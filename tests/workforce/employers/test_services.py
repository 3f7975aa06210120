"""What saving, publishing and closing do, and refuse."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests import factories as make
from workforce.accounts.events import organization_changed
from workforce.core.errors import StaleRevision
from workforce.employers import services
from workforce.employers.models import Role
from workforce.employers.rules import SkillNeed, pay_warning
from workforce.employers.tasks import close_expired_roles, reindex_roles
from workforce.skills.models import SkillAlias
from workforce.skills.services import bump_taxonomy, retire

pytestmark = pytest.mark.django_db


def save(house: SimpleNamespace, skills: list[SkillNeed] | None = None, **values: Any) -> Role:
    """Save a new role."""
    values = {"plant": house.plant, "title_es": "Soldador MIG"} | values
    return services.save_role(actor=house.user, organization=house.organization, values=values, skills=skills or [])


def test_a_saved_role_is_a_draft_and_is_told(house: SimpleNamespace, told: list[int]) -> None:
    role = save(house)
    assert (role.state, role.revision, told) == ("draft", 1, [role.pk])


def test_the_language_of_the_only_title_is_the_original_one(house: SimpleNamespace) -> None:
    role = save(house, title_es="", title_en="MIG welder")
    assert (role.original_language, role.title_es, role.title_en) == ("en", None, "MIG welder")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title_es": "  "}, "title_es"),
        ({"title_es": "x" * 161}, "title_es"),
        ({"description_en": "x" * 6001}, "description_en"),
        ({"pay_min": Decimal(-1)}, "pay_min"),
        ({"bonuses": Decimal(-5)}, "bonuses"),
        ({"pay_min": Decimal(3000), "pay_max": Decimal(2000)}, "pay_max"),
        ({"weekly_hours": Decimal(85)}, "weekly_hours"),
        ({"openings": 0}, "openings"),
        ({"openings": 2001}, "openings"),
        ({"shifts": ["fourth"]}, "shifts"),
        ({"benefits": "all"}, "benefits"),
    ],
)
def test_unsound_values_are_refused_by_field(house: SimpleNamespace, values: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        save(house, **values)
    assert field in refused.value.error_dict
    assert not Role.objects.exists()


@pytest.mark.parametrize("field", ["starts_on", "closes_at"])
def test_a_date_in_the_past_is_refused_when_entered_and_kept_when_it_passed_since(
    house: SimpleNamespace, field: str
) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    with pytest.raises(ValidationError):
        save(house, **{field: yesterday})
    role = save(house)
    Role.objects.filter(pk=role.pk).update(**{field: yesterday})
    services.save_role(actor=None, organization=house.organization, role=role, values={field: yesterday, "openings": 3})
    role.refresh_from_db()
    assert role.openings == 3


def test_another_organizations_plant_is_refused(house: SimpleNamespace) -> None:
    with pytest.raises(ValidationError):
        save(house, plant=make.PlantFactory())


def test_eighty_skills_fit_and_one_more_does_not(house: SimpleNamespace) -> None:
    needs = [SkillNeed(make.SkillFactory().pk) for _ in range(81)]
    assert save(house, needs[:80]).role_skills.count() == 80
    with pytest.raises(ValidationError):
        save(house, needs)


def test_skills_are_replaced_and_rows_that_stay_keep_their_key(
    house: SimpleNamespace, taxonomy: SimpleNamespace
) -> None:
    role = save(house, [SkillNeed(taxonomy.mig.pk, 2), SkillNeed(taxonomy.planos.pk, 2)])
    before = role.role_skills.get(skill=taxonomy.mig).pk
    services.save_role(
        actor=None,
        organization=house.organization,
        role=role,
        values={},
        skills=[SkillNeed(taxonomy.mig.pk, 3, True, 9)],
    )
    kept = role.role_skills.get()
    assert (kept.pk, kept.level, kept.must, kept.weight) == (before, 3, True, 9)


def test_an_edit_of_an_old_copy_is_refused_and_changes_nothing(house: SimpleNamespace) -> None:
    role = save(house)
    services.save_role(actor=None, organization=house.organization, role=role, values={"openings": 5}, revision=1)
    with pytest.raises(StaleRevision):
        services.save_role(actor=None, organization=house.organization, role=role, values={"openings": 9}, revision=1)
    role.refresh_from_db()
    assert (role.openings, role.revision) == (5, 2)


def test_the_same_key_twice_makes_one_role(house: SimpleNamespace) -> None:
    values = {"plant": house.plant, "title_en": "Welder"}
    made = [
        services.save_role(actor=None, organization=house.organization, values=values, once_key="abc") for _ in range(2)
    ]
    assert made[0] == made[1]
    assert Role.objects.count() == 1


def test_a_reference_is_used_once_in_an_organization(house: SimpleNamespace) -> None:
    save(house, external_ref="R-1")
    with pytest.raises(ValidationError) as refused:
        save(house, external_ref="R-1")
    assert "external_ref" in refused.value.error_dict


def test_a_role_in_the_united_states_needs_a_work_permit_unless_said(house: SimpleNamespace) -> None:
    north = make.PlantFactory(organization=house.organization, zone=make.ZoneFactory(country="US", city="El Paso"))
    assert save(house, plant=north).needs_us_work
    assert not save(house, plant=north, needs_us_work=False).needs_us_work
    assert not save(house).needs_us_work


def test_publishing_needs_a_skill(house: SimpleNamespace) -> None:
    role = save(house)
    with pytest.raises(ValidationError) as refused:
        services.publish_role(role=role)
    assert "skills" in refused.value.error_dict


def test_publishing_twice_publishes_once(house: SimpleNamespace, taxonomy: SimpleNamespace, told: list[int]) -> None:
    role = save(house, [SkillNeed(taxonomy.mig.pk)])
    first, second = services.publish_role(role=role), services.publish_role(role=role)
    assert first.published_at == second.published_at
    assert told == [role.pk, role.pk]  # saved, published
    assert list(Role.objects.open()) == [role]


def test_a_role_of_an_unverified_organization_waits_and_opens_with_the_verification(
    house: SimpleNamespace, taxonomy: SimpleNamespace, told: list[int]
) -> None:
    house.organization.verification = "pending"
    house.organization.save()
    role = services.publish_role(role=save(house, [SkillNeed(taxonomy.mig.pk)]))
    assert (role.state, role.is_open, Role.objects.open().count()) == ("published", False, 0)
    house.organization.verification = "verified"
    house.organization.save()
    told.clear()
    organization_changed.send(sender=None, organization_id=house.organization.pk)
    assert told == [role.pk]
    assert list(Role.objects.open()) == [role]


def test_a_role_whose_closing_date_passed_is_not_published(house: SimpleNamespace, taxonomy: SimpleNamespace) -> None:
    role = save(house, [SkillNeed(taxonomy.mig.pk)])
    Role.objects.filter(pk=role.pk).update(closes_at=timezone.localdate() - timedelta(days=1))
    with pytest.raises(ValidationError):
        services.publish_role(role=role)


def test_the_clock_closes_expired_roles_once(house: SimpleNamespace, told: list[int]) -> None:
    today = timezone.localdate()
    expired = make.RoleFactory(plant=house.plant, closes_at=today - timedelta(days=1))
    last_day = make.RoleFactory(plant=house.plant, closes_at=today)
    assert (close_expired_roles(), close_expired_roles()) == (1, 0)
    expired.refresh_from_db()
    last_day.refresh_from_db()
    assert (expired.state, last_day.state, told) == ("closed", "published", [expired.pk])


def test_a_retired_skill_is_followed_by_its_successor(
    house: SimpleNamespace, taxonomy: SimpleNamespace, told: list[int]
) -> None:
    both = save(house, [SkillNeed(taxonomy.mig.pk, 2), SkillNeed(taxonomy.planos.pk, 4)])
    one = save(house, [SkillNeed(taxonomy.mig.pk, 3, must=True)])
    told.clear()
    retire(taxonomy.mig, successor=taxonomy.planos)
    assert [need.skill for need in both.role_skills.all()] == [taxonomy.planos]
    assert one.role_skills.get().skill == taxonomy.planos
    assert sorted(told) == [both.pk, one.pk]


@pytest.mark.parametrize(
    ("amount", "period", "warned"),
    [("3086.09", "week", False), ("3086.08", "week", True), ("13000", "month", True), ("14000", "month", False)],
)
def test_pay_below_the_border_minimum_is_a_warning(
    house: SimpleNamespace, amount: str, period: str, warned: bool
) -> None:
    role = save(house, pay_min=Decimal(amount), pay_period=period)
    assert bool(pay_warning(role)) is warned


def test_there_is_no_border_warning_for_dollars(house: SimpleNamespace) -> None:
    assert pay_warning(save(house, pay_min=Decimal(20), pay_currency="USD", pay_period="hour")) == ""


def test_a_moved_plant_files_its_roles_anew(house: SimpleNamespace, told: list[int]) -> None:
    role = save(house)
    told.clear()
    house.plant.name = "Planta Salvárcar"
    services.save_plant(plant=house.plant)
    role.refresh_from_db()
    assert " salvarcar " in role.search_es
    assert told == [role.pk]


def test_a_new_alias_is_found_once_the_roles_are_filed_anew(house: SimpleNamespace, taxonomy: SimpleNamespace) -> None:
    role = save(house, [SkillNeed(taxonomy.mig.pk)])
    assert reindex_roles() == 0
    SkillAlias.objects.create(skill=taxonomy.mig, lang="en", text="gas metal arc", norm="gas metal arc")
    bump_taxonomy()
    assert (reindex_roles(), reindex_roles()) == (1, 0)
    role.refresh_from_db()
    assert " arc " in role.search_en
