"""Invitation links: used once, for a week, by whom they are for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import factories as make
from tests.threads import at_once
from workforce.accounts import invitations, members
from workforce.accounts.choices import InvitationState, Position, Verification
from workforce.accounts.events import invitation_made, member_joined
from workforce.accounts.models import Invitation, Membership, Organization, User
from workforce.core.errors import Conflict, DomainError, InvalidInput, NotAllowed, NotThere

pytestmark = pytest.mark.django_db
ADDRESS = "https://puente.example/invitations/{token}/"


@pytest.fixture
def owner() -> Membership:
    """The owner of an employer."""
    return make.MembershipFactory(organization__name="Arneses Prueba")


def invite(owner: Membership, **more: Any) -> tuple[Invitation, str]:
    values = {"position": Position.RECRUITER, "address": ADDRESS} | more
    return invitations.invite(actor=owner.user, organization_id=owner.organization_id, **values)


def code_of(user: User, token: str) -> str:
    with pytest.raises(DomainError) as refused:
        invitations.accept(user=user, token=token)
    return refused.value.code


def page(client: Client, token: str) -> Any:
    return client.get(reverse("invitation-accept", args=[token]))


def test_who_accepts_is_a_member_as_the_invitation_says(owner: Membership) -> None:
    invitation, token = invite(owner)
    user = make.UserFactory()
    made = invitations.accept(user=user, token=token)
    assert (made.organization_id, made.position) == (owner.organization_id, Position.RECRUITER)
    invitation.refresh_from_db()
    assert (invitation.state, invitation.accepted_by) == (InvitationState.ACCEPTED, user)


def test_the_token_is_stored_nowhere(owner: Membership) -> None:
    invitation, token = invite(owner)
    stored = Invitation.objects.filter(pk=invitation.pk).values_list().get()
    assert token not in map(str, stored)
    assert len(token) > 40


def test_a_used_link_is_good_for_nobody_else_and_a_second_click_finds_the_membership(owner: Membership) -> None:
    _invitation, token = invite(owner)
    user = make.UserFactory()
    first = invitations.accept(user=user, token=token)
    assert invitations.accept(user=user, token=token) == first
    assert code_of(make.UserFactory(), token) == "invitation_used"


def test_who_was_removed_does_not_come_back_by_the_same_link(owner: Membership) -> None:
    _invitation, token = invite(owner)
    user = make.UserFactory()
    made = invitations.accept(user=user, token=token)
    members.remove_member(actor=owner.user, organization_id=owner.organization_id, membership_id=made.pk)
    assert code_of(user, token) == "invitation_used"


def test_expired_and_revoked_links_say_so(owner: Membership) -> None:
    user = make.UserFactory()
    old, token = invite(owner)
    Invitation.objects.filter(pk=old.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert code_of(user, token) == "invitation_expired"
    taken, token = invite(owner)
    invitations.revoke(actor=owner.user, organization_id=owner.organization_id, invitation_id=taken.pk)
    assert code_of(user, token) == "invitation_revoked"
    assert not Membership.objects.filter(user=user).exists()


def test_links_last_a_week(owner: Membership) -> None:
    invitation, _token = invite(owner)
    assert invitation.expires_at - invitation.created_at == pytest.approx(timedelta(days=7), abs=timedelta(minutes=1))


def test_an_invitation_for_an_address_is_for_its_account_alone(owner: Membership, settings: Any) -> None:
    _invitation, token = invite(owner, email=" Ana@Example.test ")
    assert code_of(make.UserFactory(email="otra@example.test"), token) == "invitation_for_another"
    ana = make.UserFactory(email="ana@example.test")
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    assert code_of(ana, token) == "invitation_for_another"
    EmailAddress.objects.create(user=ana, email="ana@example.test", verified=True)
    assert invitations.accept(user=ana, token=token).user == ana


def test_a_wrong_person_learns_nothing_of_the_organization(client: Client, owner: Membership) -> None:
    _invitation, token = invite(owner, email="ana@example.test")
    client.force_login(make.UserFactory())
    response = page(client, token)
    assert response.status_code == 403
    shown = response.content.decode()
    assert "otra dirección de correo" in shown
    assert owner.organization.name not in shown
    assert "ana@example.test" not in shown


def test_members_and_refused_organizations_are_told(owner: Membership) -> None:
    _invitation, token = invite(owner)
    assert code_of(owner.user, token) == "already_member"
    Organization.objects.filter(pk=owner.organization_id).update(verification=Verification.REFUSED)
    assert code_of(make.UserFactory(), token) == "organization_refused"
    with pytest.raises(Conflict):
        invite(owner)


@pytest.mark.parametrize("how", ["demoted by staff", "deleted", "blocked"])
def test_the_word_of_somebody_who_is_no_owner_any_more_counts_for_nothing(owner: Membership, how: str) -> None:
    inviter = make.MembershipFactory(organization=owner.organization)
    _invitation, token = invite(inviter)
    if how == "deleted":
        inviter.user.delete()
    elif how == "blocked":
        User.objects.filter(pk=inviter.user_id).update(is_active=False)
    else:
        Membership.objects.filter(pk=inviter.pk).update(position=Position.VIEWER)
    assert code_of(make.UserFactory(), token) == "invitation_revoked"


@pytest.mark.parametrize("position", [Position.VIEWER, Position.RECRUITER])
def test_only_owners_invite_and_take_back(owner: Membership, position: str) -> None:
    member = make.MembershipFactory(organization=owner.organization, position=position)
    invitation, _token = invite(owner)
    with pytest.raises(NotAllowed):
        invite(member)
    with pytest.raises(NotAllowed):
        invitations.revoke(actor=member.user, organization_id=owner.organization_id, invitation_id=invitation.pk)
    stranger = make.MembershipFactory()
    with pytest.raises(NotThere):
        invitations.revoke(actor=stranger.user, organization_id=stranger.organization_id, invitation_id=invitation.pk)
    with pytest.raises(InvalidInput):
        invite(owner, position=Position.COUNSELLOR)
    assert Invitation.objects.open().count() == 1


def test_a_day_has_a_limit(owner: Membership, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invitations, "MOST_A_DAY", 2)
    invite(owner)
    invite(owner)
    with pytest.raises(Conflict):
        invite(owner)
    Invitation.objects.update(created_at=timezone.now() - timedelta(days=2))
    invite(owner)


@pytest.mark.parametrize(("language", "words"), [("es", "Te invitan a"), ("en", "You are invited to join")])
def test_the_letter_goes_out_after_the_commit_in_the_language_of_the_inviter(
    owner: Membership, language: str, words: str, django_capture_on_commit_callbacks: Any
) -> None:
    User.objects.filter(pk=owner.user_id).update(language=language)
    owner.user.refresh_from_db()
    with django_capture_on_commit_callbacks() as callbacks:
        _invitation, token = invite(owner, email="ana@example.test")
        assert mail.outbox == []
    for callback in callbacks:
        callback()
    [letter] = mail.outbox
    assert letter.to == ["ana@example.test"]
    assert words in letter.body
    assert f"https://puente.example/invitations/{token}/" in letter.body
    assert "Arneses Prueba" in letter.subject


def test_a_mail_server_that_is_down_takes_nothing_away(
    owner: Membership, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with django_capture_on_commit_callbacks(execute=True):
        _invitation, token = invite(owner, email="ana@example.test")
    assert invitations.accept(user=make.UserFactory(email="ana@example.test"), token=token)


def test_no_letter_can_smuggle_headers(owner: Membership, django_capture_on_commit_callbacks: Any) -> None:
    Organization.objects.filter(pk=owner.organization_id).update(name="Planta\r\nBcc: todos@example.test")
    with django_capture_on_commit_callbacks(execute=True):
        invite(owner, email="ana@example.test")
    [letter] = mail.outbox
    assert letter.recipients() == ["ana@example.test"]


def test_others_hear_of_invitations_and_of_new_members(owner: Membership) -> None:
    heard: list[Any] = []

    def made(organization_id: int, invitation_id: int, by_id: int, **_: Any) -> None:
        heard.append(("made", organization_id, invitation_id, by_id))

    def joined(organization_id: int, user_id: int, invitation_id: int, by_id: int, **_: Any) -> None:
        heard.append(("joined", organization_id, user_id, invitation_id, by_id))

    invitation_made.connect(made)
    member_joined.connect(joined)
    invitation, token = invite(owner)
    user = make.UserFactory()
    invitations.accept(user=user, token=token)
    invitation_made.disconnect(made)
    member_joined.disconnect(joined)
    place = owner.organization_id
    assert heard == [
        ("made", place, invitation.pk, owner.user_id),
        ("joined", place, user.pk, invitation.pk, owner.user_id),
    ]


def test_a_stranger_sees_the_same_for_every_link_and_comes_back_after_log_in(client: Client, owner: Membership) -> None:
    _invitation, token = invite(owner)
    good, bad = page(client, token), page(client, "x" * len(token))
    assert good.status_code == bad.status_code == 200
    shown = [response.content.decode().split("<main", 1)[1].split("</main>", 1)[0] for response in (good, bad)]
    assert shown[0].replace(token, "") == shown[1].replace("x" * len(token), "")
    assert f"next=/invitations/{token}/" in good.content.decode()
    user = make.UserFactory()
    address = reverse("invitation-accept", args=[token])
    login = client.post(
        reverse("account_login") + f"?next={address}", {"login": user.email, "password": make.PASSWORD, "next": address}
    )
    assert login.url == address
    shown = page(client, token).content.decode()
    assert "Arneses Prueba" in shown
    assert owner.user.email in shown
    response = client.post(address)
    assert response.url == reverse("organization-home", args=[owner.organization.slug])


def test_looking_accepts_nothing_and_no_copy_is_kept(client: Client, owner: Membership) -> None:
    _invitation, token = invite(owner)
    user = make.UserFactory()
    client.force_login(user)
    response = page(client, token)
    assert "no-store" in response.headers["Cache-Control"]
    assert not Membership.objects.filter(user=user).exists()


def test_guessing_is_slowed_down(client: Client, settings: Any) -> None:
    settings.INVITATION_RATE = "3/min"
    statuses = [page(client, f"guess-{number}").status_code for number in range(4)]
    assert statuses == [200, 200, 200, 429]
    client.force_login(make.UserFactory())
    statuses = [page(client, f"guess-{number}").status_code for number in range(4)]
    assert statuses == [404, 404, 404, 429]


def test_the_link_is_shown_once_and_a_second_click_shows_the_same(client: Client, owner: Membership) -> None:
    client.force_login(owner.user)
    address = reverse("invitation-create", args=[owner.organization.slug])
    form = client.get(address).context["form"]
    data = {"position": "recruiter", "email": "", "once_key": form["once_key"].value()}
    first, second = client.post(address, data), client.post(address, data)
    assert first.context["link"] == second.context["link"]
    assert Invitation.objects.count() == 1
    assert "no-store" in first.headers["Cache-Control"]
    token = first.context["link"].rstrip("/").rsplit("/", 1)[1]
    assert token not in client.get(reverse("members", args=[owner.organization.slug])).content.decode()
    assert invitations.accept(user=make.UserFactory(), token=token)


def test_the_link_of_a_form_key_is_not_the_key_of_another_owner(owner: Membership) -> None:
    second = make.MembershipFactory(organization=owner.organization)
    assert invite(owner, once_key="k")[1] != invite(second, once_key="k")[1]


def test_the_api_tells_the_link_once(client: Client, owner: Membership) -> None:
    client.force_login(owner.user)
    address = f"/api/v1/organizations/{owner.organization.slug}/invitations/"
    answer = client.post(address, {"position": "viewer"}, "application/json")
    assert answer.status_code == 201
    assert answer.json()["link"].startswith("http://testserver/invitations/")
    [row] = client.get(address).json()["results"]
    assert (row["link"], row["state"]) == ("", "open")
    assert client.delete(f"{address}{row['id']}/").status_code == 204
    assert client.get(address).json()["results"][0]["state"] == "revoked"


@pytest.mark.django_db(transaction=True)
def test_of_two_people_with_one_link_one_gets_in() -> None:
    owner = make.MembershipFactory()
    _invitation, token = invite(owner)
    people = [make.UserFactory(), make.UserFactory()]

    def attempt(user: User) -> str:
        try:
            invitations.accept(user=user, token=token)
        except DomainError as error:
            return error.code
        return "in"

    assert sorted(at_once([lambda user=user: attempt(user) for user in people])) == ["in", "invitation_used"]
    assert owner.organization.memberships.count() == 2
