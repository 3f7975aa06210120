"""Positions, removing people and leaving; there is always an owner."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import factories as make
from tests.threads import at_once
from workforce.accounts import access, members
from workforce.accounts.access import MAY, Act
from workforce.accounts.choices import Position
from workforce.accounts.events import member_left
from workforce.accounts.models import Invitation, Membership
from workforce.core.errors import Conflict, DomainError, InvalidInput, NotAllowed, NotThere

pytestmark = pytest.mark.django_db


def change(actor: Membership, member: Membership, position: str) -> Membership:
    return members.change_position(
        actor=actor.user, organization_id=actor.organization_id, membership_id=member.pk, position=position
    )


def remove(actor: Membership, member: Membership) -> None:
    members.remove_member(actor=actor.user, organization_id=actor.organization_id, membership_id=member.pk)


@pytest.fixture
def owner() -> Membership:
    """The one owner of an employer."""
    return make.MembershipFactory()


@pytest.fixture
def viewer(owner: Membership) -> Membership:
    """A colleague."""
    return make.MembershipFactory(organization=owner.organization, position=Position.VIEWER)


def test_an_owner_changes_a_position(owner: Membership, viewer: Membership) -> None:
    change(owner, viewer, Position.RECRUITER)
    viewer.refresh_from_db()
    assert viewer.position == Position.RECRUITER
    assert access.can_edit_roles(viewer.user, owner.organization)


@pytest.mark.parametrize("position", [Position.VIEWER, Position.RECRUITER])
def test_nobody_but_an_owner_changes_or_removes(owner: Membership, viewer: Membership, position: str) -> None:
    Membership.objects.filter(pk=viewer.pk).update(position=position)
    with pytest.raises(NotAllowed):
        change(viewer, viewer, Position.OWNER)
    with pytest.raises(NotAllowed):
        remove(viewer, owner)
    assert Membership.objects.get(pk=owner.pk).position == Position.OWNER


def test_an_owner_elsewhere_is_nobody_here(owner: Membership, viewer: Membership) -> None:
    stranger = make.MembershipFactory()
    with pytest.raises(NotAllowed):
        members.remove_member(actor=stranger.user, organization_id=owner.organization_id, membership_id=viewer.pk)
    with pytest.raises(NotThere):
        remove(stranger, viewer)
    assert Membership.objects.filter(pk=viewer.pk).exists()


def test_the_last_owner_neither_leaves_nor_becomes_less(owner: Membership, viewer: Membership) -> None:
    for attempt in (lambda: remove(owner, owner), lambda: change(owner, owner, Position.VIEWER)):
        with pytest.raises(Conflict) as refused:
            attempt()
        assert refused.value.code == "last_owner"
    change(owner, viewer, Position.OWNER)
    remove(owner, owner)
    assert list(owner.organization.memberships.values_list("pk", flat=True)) == [viewer.pk]


def test_an_owner_who_cannot_log_in_does_not_count(owner: Membership) -> None:
    make.MembershipFactory(organization=owner.organization, user=make.UserFactory(is_active=False))
    with pytest.raises(Conflict):
        remove(owner, owner)


def test_anybody_leaves_by_themselves_and_others_hear_of_it(owner: Membership, viewer: Membership) -> None:
    heard: list[dict[str, Any]] = []

    def listen(**told: Any) -> None:
        heard.append({name: told[name] for name in ("organization_id", "user_id", "by_id")})

    member_left.connect(listen)
    remove(viewer, viewer)
    member_left.disconnect(listen)
    assert heard == [{"organization_id": owner.organization_id, "user_id": viewer.user_id, "by_id": viewer.user_id}]


def test_open_invitations_of_an_owner_end_with_the_position(owner: Membership) -> None:
    second = make.MembershipFactory(organization=owner.organization)
    soon = timezone.now() + timedelta(days=1)
    for number, member in enumerate((owner, second)):
        Invitation.objects.create(
            organization=owner.organization, token_hash=str(number), invited_by=member.user, expires_at=soon
        )
    change(owner, second, Position.VIEWER)
    assert [row.invited_by for row in Invitation.objects.open()] == [owner.user]


def test_positions_that_mean_nothing_there_are_refused(owner: Membership, viewer: Membership) -> None:
    with pytest.raises(InvalidInput):
        change(owner, viewer, Position.COUNSELLOR)
    school = make.MembershipFactory(organization=make.OrganizationFactory(institute=True))
    colleague = make.MembershipFactory(organization=school.organization, position=Position.VIEWER)
    with pytest.raises(InvalidInput):
        change(school, colleague, Position.RECRUITER)
    assert change(school, colleague, Position.COUNSELLOR).position == Position.COUNSELLOR


def test_the_table_says_what_each_position_may_do() -> None:
    assert set(MAY) == set(Act)
    told = {position: {act.value for act in Act if position in MAY[act]} for position in Position}
    assert told[Position.OWNER] == {act.value for act in Act}
    assert told[Position.RECRUITER] == {"look", "edit_roles", "keep_people"}
    assert told[Position.COUNSELLOR] == {"look", "edit_training", "keep_people"}
    assert told[Position.VIEWER] == {"look"}


def test_the_page_shows_everybody_and_only_owners_change(client: Client, owner: Membership, viewer: Membership) -> None:
    address = reverse("members", args=[owner.organization.slug])
    client.force_login(viewer.user)
    page = client.get(address).content.decode()
    assert owner.user.email in page
    assert reverse("member-edit", args=[owner.organization.slug, owner.pk]) not in page
    client.force_login(owner.user)
    page = client.get(address).content.decode()
    assert reverse("member-edit", args=[owner.organization.slug, viewer.pk]) in page


def test_the_form_says_why_there_is_no_counsellor(client: Client, owner: Membership, viewer: Membership) -> None:
    client.force_login(owner.user)
    address = reverse("member-edit", args=[owner.organization.slug, viewer.pk])
    page = client.get(address).content.decode()
    assert "donde una organización forma personas" in page
    assert 'value="counsellor"' not in page
    assert client.post(address, {"position": "counsellor"}).status_code == 400
    client.post(address, {"position": "recruiter"})
    viewer.refresh_from_db()
    assert viewer.position == Position.RECRUITER


def test_members_of_another_organization_cannot_be_reached_by_number(client: Client, owner: Membership) -> None:
    elsewhere = make.MembershipFactory()
    client.force_login(owner.user)
    slug = owner.organization.slug
    for name in ("member-edit", "member-remove"):
        assert client.post(reverse(name, args=[slug, elsewhere.pk]), {"position": "viewer"}).status_code == 404
    for method in (client.patch, client.delete):
        answer = method(
            f"/api/v1/organizations/{slug}/members/{elsewhere.pk}/", {"position": "viewer"}, "application/json"
        )
        assert answer.status_code == 404
    elsewhere.refresh_from_db()
    assert elsewhere.position == Position.OWNER


def test_the_last_owner_is_told_on_the_page_and_by_api(client: Client, owner: Membership) -> None:
    client.force_login(owner.user)
    slug = owner.organization.slug
    response = client.post(reverse("member-remove", args=[slug, owner.pk]), follow=True)
    assert "necesita quien la administre" in response.content.decode()
    answer = client.delete(f"/api/v1/organizations/{slug}/members/{owner.pk}/")
    assert (answer.status_code, answer.json()["code"]) == (409, "last_owner")


def test_members_cost_the_same_however_many_there_are(client: Client, owner: Membership, query_budget: Any) -> None:
    make.MembershipFactory.create_batch(26, organization=owner.organization, position=Position.VIEWER)
    client.force_login(owner.user)
    query_budget(client, "members", reverse("members", args=[owner.organization.slug]))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["leave", "demote each other", "remove each other", "step down"])
def test_two_owners_at_once_leave_one(how: str) -> None:
    one = make.MembershipFactory()
    two = make.MembershipFactory(organization=one.organization)
    attempts: dict[str, Callable[[Membership, Membership], object]] = {
        "leave": lambda me, other: remove(me, me),
        "demote each other": lambda me, other: change(me, other, Position.VIEWER),
        "remove each other": remove,
        "step down": lambda me, other: change(me, me, Position.VIEWER),
    }

    def attempt(pair: tuple[Membership, Membership]) -> str:
        try:
            attempts[how](*pair)
        except DomainError as error:
            return error.code
        return "done"

    results = sorted(at_once([lambda: attempt((one, two)), lambda: attempt((two, one))]))
    assert results[0] == "done"
    assert results[1] in {"last_owner", "not_owner"}
    assert one.organization.memberships.filter(position=Position.OWNER).count() == 1
