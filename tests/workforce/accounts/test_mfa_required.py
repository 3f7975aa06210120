"""Who must have a second factor gets nothing without it."""

from __future__ import annotations

from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.core.mail import EmailMessage
from django.test import Client

from tests.budgets import QueryBudget
from tests.factories import PASSWORD, MembershipFactory, OrganizationFactory, TechnicianFactory, UserFactory
from tests.workforce.accounts.codes import code, logged_in, password_step, with_app
from workforce.accounts import second_factor
from workforce.accounts.choices import Position
from workforce.accounts.mfa_middleware import SecondFactorMiddleware
from workforce.accounts.models import Organization, User
from workforce.core.errors import NotAllowed

pytestmark = pytest.mark.django_db
SET_UP = "/accounts/2fa/totp/activate/"
GIVE_CODE = "/accounts/2fa/reauthenticate/"


def entered(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def strict() -> Organization:
    organization: Organization = OrganizationFactory(requires_mfa=True)
    return organization


def test_a_member_is_led_to_the_set_up_before_any_page_and_any_answer() -> None:
    member = MembershipFactory(organization=strict())
    client = entered(member.user)
    org = f"/org/{member.organization.slug}/"
    for address in (org, f"{org}members/", "/me/profile/", "/es/", "/staff/admin/"):
        assert client.get(address).headers.get("Location") == SET_UP, address
    assert client.post(f"{org}members/{member.pk}/remove/").headers["Location"] == SET_UP
    for address in ("/api/v1/me/", f"/api/v1/organizations/{member.organization.slug}/", "/api/v1/organizations/"):
        answer = client.get(address)
        assert (answer.status_code, answer.json()["code"]) == (403, "second_factor_required")
    assert client.get(org, headers={"HX-Request": "true"}).headers["HX-Redirect"] == SET_UP
    assert client.get("/accounts/2fa/").status_code == 200
    assert client.post("/accounts/logout/").status_code == 302
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db(transaction=True)
def test_the_set_up_leads_on() -> None:
    member = MembershipFactory(organization=strict())
    client = entered(member.user)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": SET_UP})
    secret = client.get(SET_UP).context["form"].secret
    assert client.post(SET_UP, {"code": code(0, secret)}).headers["Location"] == "/accounts/2fa/recovery-codes/"
    assert client.get("/accounts/2fa/recovery-codes/").status_code == 200
    assert client.get(f"/org/{member.organization.slug}/").status_code == 200
    assert client.get("/api/v1/me/").status_code == 200


def test_a_session_that_got_in_by_another_door_is_asked_for_the_code() -> None:
    member = MembershipFactory(organization=strict())
    with_app(member.user)
    client = entered(member.user)
    org = f"/org/{member.organization.slug}/"
    assert client.get(org).headers["Location"].startswith(GIVE_CODE)
    assert client.get("/accounts/2fa/").headers["Location"].startswith(GIVE_CODE)
    assert client.get("/accounts/email/").headers["Location"].startswith(GIVE_CODE)
    assert client.get("/api/v1/me/").status_code == 403
    assert client.post(GIVE_CODE, {"code": code(), "next": org}).headers["Location"] == org
    assert client.get(org).status_code == 200


def test_staff_must_where_the_setting_says_so(settings: Any) -> None:
    user = UserFactory(is_staff=True, is_superuser=True)
    assert entered(user).get("/staff/admin/").status_code == 200
    settings.MFA_REQUIRED_FOR_STAFF = True
    assert entered(user).get("/staff/admin/").headers["Location"] == SET_UP
    with_app(user)
    assert logged_in(user).get("/staff/admin/").status_code == 200


def test_the_need_follows_organizations_and_memberships() -> None:
    user = UserFactory()
    first, second = OrganizationFactory(), strict()
    mine = MembershipFactory(organization=first, user=user)

    def needs() -> bool:
        return bool(User.objects.get(pk=user.pk).needs_second_factor)

    assert not needs()
    first.requires_mfa = True
    first.save()
    assert needs()
    other = MembershipFactory(organization=second, user=user)
    first.requires_mfa = False
    first.save()
    assert needs(), "the second one still requires it"
    other.delete()
    assert not needs()
    mine.delete()
    MembershipFactory(organization=second, user=user)
    assert needs()
    second.delete()
    assert not needs()


def test_only_owners_require_it_and_it_leaves_a_trace() -> None:
    owner = MembershipFactory(position=Position.OWNER)
    recruiter = MembershipFactory(organization=owner.organization, position=Position.RECRUITER)
    address = f"/org/{owner.organization.slug}/security/"
    assert entered(recruiter.user).post(address, {"required": "on"}).status_code == 404
    with pytest.raises(NotAllowed):
        second_factor.require_of_members(actor=recruiter.user, organization_id=owner.organization_id, required=True)
    client = entered(owner.user)
    for _press in range(2):
        client.post(address, {"required": "on"})
    owner.organization.refresh_from_db()
    assert owner.organization.requires_mfa
    assert LogEntry.objects.get().user_id == owner.user_id
    assert client.get(address).headers["Location"] == SET_UP
    assert entered(recruiter.user).get(address).headers["Location"] == SET_UP


def test_the_api_tells_it_and_owners_change_it() -> None:
    owner = MembershipFactory(position=Position.OWNER)
    viewer = MembershipFactory(organization=owner.organization, position=Position.VIEWER)
    address = f"/api/v1/organizations/{owner.organization.slug}/"
    found = entered(viewer.user).get(address)
    assert found.json()["requires_mfa"] is False

    def patch(user: User) -> int:
        more = {"content_type": "application/json", "headers": {"If-Match": found.headers["ETag"]}}
        return entered(user).patch(address, {"requires_mfa": True}, **more).status_code

    assert patch(viewer.user) == 403
    assert patch(owner.user) == 200
    assert User.objects.get(pk=viewer.user_id).needs_second_factor
    assert LogEntry.objects.get().object_id == str(owner.organization_id)


def test_an_owner_resets_a_lost_one_and_all_is_told(
    mailoutbox: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    owner = MembershipFactory(position=Position.OWNER)
    member = MembershipFactory(organization=owner.organization, position=Position.VIEWER, user__language="en")
    with_app(member.user)
    theirs = logged_in(member.user)
    address = f"/org/{owner.organization.slug}/members/{member.pk}/two-steps/"
    assert entered(member.user).post(address).status_code == 404
    client = entered(owner.user)
    assert client.get(address).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address)
        client.post(address)
    assert not Authenticator.objects.filter(user=member.user).exists()
    (entry,) = LogEntry.objects.all()
    assert (entry.user_id, entry.object_id) == (owner.user_id, str(member.user_id))
    (letter,) = mailoutbox
    assert letter.to == [member.user.email]
    assert "two-step log-in was reset" in letter.subject
    owner.organization.requires_mfa = True
    owner.organization.save()
    assert theirs.get("/me/inbox/").headers["Location"] == SET_UP, "a reset is felt in open sessions"


def test_a_reset_whose_letter_is_refused_is_done_and_the_log_names_no_address(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, django_capture_on_commit_callbacks: Any
) -> None:
    user = UserFactory()
    with_app(user)

    def refuse(_self: EmailMessage) -> None:
        raise SMTPRecipientsRefused({user.email: (550, b"no such box")})

    monkeypatch.setattr(EmailMessage, "send", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        second_factor.reset(actor=UserFactory(is_superuser=True), user_id=user.pk)
    assert not Authenticator.objects.exists()
    assert "SMTPRecipientsRefused" in caplog.text
    assert user.email not in caplog.text


def test_nobody_opens_the_doors_of_others() -> None:
    owner = MembershipFactory(position=Position.OWNER)
    organization = owner.organization
    elsewhere = MembershipFactory(organization=organization)
    MembershipFactory(user=elsewhere.user)
    staff = MembershipFactory(organization=organization, user__is_staff=True)
    stranger = MembershipFactory()
    for user in (owner.user, elsewhere.user, staff.user, stranger.user):
        with_app(user)
        with pytest.raises(NotAllowed):
            second_factor.reset(actor=owner.user, user_id=user.pk, organization=organization)
    helper = UserFactory(is_staff=True)
    assert not second_factor.can_reset(helper, elsewhere.user)
    helper.user_permissions.add(Permission.objects.get(codename="delete_authenticator"))
    helper = User.objects.get(pk=helper.pk)
    assert second_factor.can_reset(helper, elsewhere.user)
    assert not second_factor.can_reset(helper, staff.user)
    assert second_factor.can_reset(UserFactory(is_superuser=True), staff.user)
    assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).count() == 4


def test_who_cannot_be_helped_by_an_owner_is_told_how_to_ask_staff(client: Client, settings: Any) -> None:
    settings.CONTACT_EMAIL = "ayuda@puente.test"
    owner = MembershipFactory(position=Position.OWNER)
    elsewhere = MembershipFactory(organization=owner.organization)
    MembershipFactory(user=elsewhere.user)
    with_app(elsewhere.user)
    password_step(client, elsewhere.user)
    org = f"/org/{owner.organization.slug}/members"
    pages = {
        client.get("/accounts/2fa/authenticate/").content.decode(): 2,
        entered(owner.user).get(f"{org}/{elsewhere.pk}/two-steps/").content.decode(): 2,
        entered(owner.user).get(f"{org}/{owner.pk}/two-steps/").content.decode(): 1,  # the footer's alone
    }
    assert {page: page.count("mailto:ayuda@puente.test") for page in pages} == pages


def test_staff_reset_in_the_admin_and_never_see_a_secret() -> None:
    boss, member = UserFactory(is_staff=True, is_superuser=True), MembershipFactory()
    with_app(member.user)
    client = entered(boss)
    row = Authenticator.objects.filter(user=member.user).earliest("pk")
    page = client.get(f"/staff/admin/mfa/authenticator/{row.pk}/change/")
    assert page.status_code == 200
    assert row.data["secret"].encode() not in page.content
    assert client.post(f"/staff/admin/mfa/authenticator/{row.pk}/delete/", {"post": "yes"}).status_code == 403
    client.post("/staff/admin/mfa/authenticator/", {"action": "reset", "_selected_action": [row.pk]})
    assert not Authenticator.objects.filter(user=member.user).exists()
    assert LogEntry.objects.get(object_id=str(member.user_id)).user_id == boss.pk
    with_app(member.user)
    client.post(f"/staff/admin/accounts/user/{member.user_id}/delete/", {"post": "yes"})
    assert not User.objects.filter(pk=member.user_id).exists()


def test_it_costs_others_no_query(django_assert_num_queries: Any) -> None:
    client = entered(TechnicianFactory().user)
    request_of = client.get("/me/inbox/").wsgi_request
    guard = SecondFactorMiddleware(lambda request: None)  # type: ignore[arg-type,return-value]
    str(request_of.user)
    with django_assert_num_queries(0):
        assert guard.process_view(request_of, None, (), {}) is None


def test_the_security_page_has_a_budget(query_budget: QueryBudget) -> None:
    owner = MembershipFactory(position=Position.OWNER)
    MembershipFactory.create_batch(30, organization=owner.organization)
    query_budget(entered(owner.user), "organization-security", f"/org/{owner.organization.slug}/security/")
