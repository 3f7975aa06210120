"""Organizations and their verification."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from tests import factories as make
from workforce.accounts import services
from workforce.accounts.choices import Position, Verification
from workforce.accounts.events import organization_changed
from workforce.accounts.models import Membership, Organization

pytestmark = pytest.mark.django_db


def test_a_new_organization_waits_for_verification_and_has_an_owner() -> None:
    user = make.UserFactory()
    made = services.create_organization(user=user, name=" Arneses del Río ", is_employer=True)
    assert (made.name, made.slug, made.verification) == ("Arneses del Río", "arneses-del-rio", Verification.PENDING)
    assert Membership.objects.get(organization=made).user == user
    assert Membership.objects.get(organization=made).position == Position.OWNER


def test_two_organizations_of_one_name_get_different_slugs() -> None:
    user = make.UserFactory()
    slugs = [services.create_organization(user=user, name="Planta", is_employer=True).slug for _ in range(3)]
    assert slugs == ["planta", "planta-2", "planta-3"]


@pytest.mark.parametrize(("name", "slug"), [("日本", "org"), ("New", "new-2"), ("x" * 160, "x" * 72)])
def test_odd_names_still_get_a_slug(name: str, slug: str) -> None:
    assert services.create_organization(user=make.UserFactory(), name=name, is_employer=True).slug == slug


def test_a_slug_taken_at_the_last_moment_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    make.OrganizationFactory(slug="planta")
    looks = iter([False])  # the look says "free", the write finds it taken
    real = Organization.objects.filter

    class Blind:
        def __init__(self, found: bool) -> None:
            self.found = found

        def exists(self) -> bool:
            return self.found

    def look(**lookup: str) -> object:
        answer = next(looks, None)
        return Blind(answer) if answer is not None else real(**lookup)

    monkeypatch.setattr(Organization.objects, "filter", look)
    made = services.create_organization(user=make.UserFactory(), name="Planta", is_employer=True)
    assert made.slug == "planta-2"


def test_an_organization_without_a_capability_is_refused_and_leaves_nothing() -> None:
    with pytest.raises(IntegrityError):
        services.create_organization(user=make.UserFactory(), name="Nada")
    assert not Organization.objects.exists()


def test_verification_is_dated_and_told_once() -> None:
    organization = make.OrganizationFactory(verification=Verification.PENDING, verified_at=None)
    told: list[int] = []

    def listen(sender: object, *, organization_id: int, **kwargs: object) -> None:
        told.append(organization_id)

    organization_changed.connect(listen)
    try:
        verified = Verification.VERIFIED
        assert services.set_verification(organization_id=organization.pk, verification=verified)
        assert not services.set_verification(organization_id=organization.pk, verification=verified)
    finally:
        organization_changed.disconnect(listen)
    organization.refresh_from_db()
    assert organization.is_verified
    assert organization.verified_at is not None
    assert told == [organization.pk]


def test_a_refused_organization_loses_its_date() -> None:
    organization = make.OrganizationFactory()
    services.set_verification(organization_id=organization.pk, verification=Verification.REFUSED)
    organization.refresh_from_db()
    assert organization.verified_at is None


def test_a_twin_is_only_found_with_the_password_and_only_at_once() -> None:
    user = make.UserFactory(email="ana@example.test")
    assert services.find_twin(email="ANA@example.test", password=make.PASSWORD) == user
    assert services.find_twin(email="ana@example.test", password="otra") is None
    type(user).objects.filter(pk=user.pk).update(created_at=user.created_at - 2 * services.TWIN_AGE)
    assert services.find_twin(email="ana@example.test", password=make.PASSWORD) is None
