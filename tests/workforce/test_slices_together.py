"""What one slice must know of another: a second factor and the notice, a tablet and a closed account, and so on."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    PASSWORD,
    ApplicationFactory,
    CohortFactory,
    EnrolmentFactory,
    ExperienceFactory,
    GrantFactory,
    IntakeFactory,
    MembershipFactory,
    OrganizationFactory,
    PhoneFactory,
    PlacementFactory,
    TechnicianFactory,
    TechnicianSkillFactory,
    UserFactory,
)
from tests.workforce.accounts.codes import logged_in, with_app
from workforce.accounts import invitations, people
from workforce.accounts.choices import CodePurpose, Position, Verification
from workforce.accounts.models import Membership, Organization, Phone, PhoneCode, User
from workforce.accounts.notices import load_notices
from workforce.accounts.pins import hash_pin
from workforce.core.errors import Conflict, InvalidInput
from workforce.hiring.choices import PlacementSource
from workforce.imports.models import ImportJob
from workforce.imports.services import upload_file
from workforce.notifications.models import Notification
from workforce.privacy.erasing import erase_due
from workforce.privacy.models import DataRequest
from workforce.privacy.services import request_erasure
from workforce.technicians.choices import GrantScope, IntakeState, Purpose, TechnicianState
from workforce.technicians.models import Consent, Experience, Intake, Technician, TechnicianSkill
from workforce.technicians.services.claim_letters import send_letters
from workforce.technicians.services.claim_links import begin_link
from workforce.technicians.services.claiming import claim
from workforce.training.access import placements_of
from workforce.training.models import Cohort
from workforce.training.services import enrol

pytestmark = pytest.mark.django_db


def way_of(client: Client, address: str) -> list[str]:
    """The addresses to which the client is led, until there is a page; fails on going round in a circle."""
    seen: list[str] = []
    while (answer := client.get(address)).status_code in (301, 302):
        address = answer.headers["Location"]
        seen.append(address.split("?")[0])
        assert seen.count(seen[-1]) == 1, f"round and round: {seen}"
    assert answer.status_code == 200, address
    return seen


def entered(user: User) -> Client:
    client = Client()
    assert client.post("/accounts/login/", {"login": user.email, "password": PASSWORD}).status_code == 302
    return client


class TestSecondFactorFirst:
    """Notice, deletion and confirming lead elsewhere too: nobody may be sent to and fro between them."""

    @pytest.fixture
    def member(self) -> Membership:
        strict = OrganizationFactory(requires_mfa=True)
        found: Membership = MembershipFactory(organization=strict, position=Position.RECRUITER)
        return found

    def test_somebody_who_has_not_seen_the_notice(self, member: Membership) -> None:
        load_notices()
        client = entered(member.user)
        assert way_of(client, "/after-login/")[0] == reverse("mfa_activate_totp")
        with_app(member.user)
        assert way_of(client, "/after-login/") == [reverse("mfa_reauthenticate")]

    def test_staff_of_an_installation_that_requires_it(self, settings: Any) -> None:
        settings.MFA_REQUIRED_FOR_STAFF = True
        load_notices()
        staff = UserFactory(is_staff=True)
        assert way_of(entered(staff), "/staff/admin/")[0] == reverse("mfa_activate_totp")

    def test_somebody_whose_account_is_to_be_deleted(self, member: Membership) -> None:
        request_erasure(user=member.user, password=PASSWORD)
        client = entered(member.user)
        assert way_of(client, "/after-login/")[0] == reverse("mfa_activate_totp")
        assert client.get("/api/v1/me/").json()["code"] == "second_factor_required"

    def test_the_notice_is_asked_for_afterwards(self, member: Membership) -> None:
        load_notices()
        with_app(member.user)
        client = logged_in(member.user)
        assert way_of(client, "/after-login/") == [reverse("privacy-start")]

    def test_a_person_with_a_phone_reaches_the_page_that_confirms_an_address(self, member: Membership) -> None:
        member.user.phone, member.user.pin = PhoneFactory(verified_at=timezone.now()), hash_pin("4821")
        member.user.save()
        assert way_of(entered(member.user), reverse("account_email")) == [reverse("account-confirm")]


class TestClosedAccountOnATablet:
    """Somebody who comes back to keep their account, on a tablet that the next person takes up."""

    def test_i_am_done_logs_out(self) -> None:
        member, person = MembershipFactory(), TechnicianFactory()
        tablet = Client()
        tablet.force_login(member.user)
        tablet.post(reverse("kiosk-start"), {"organization": member.organization.slug})
        request_erasure(user=person.user, password=PASSWORD)
        tablet.post("/accounts/login/", {"login": person.user.email, "password": PASSWORD})
        assert way_of(tablet, "/after-login/") == [reverse("erasure-waiting")]
        assert tablet.post(reverse("kiosk-stay")).status_code == 204
        assert tablet.post(reverse("kiosk-done")).headers["Location"] == reverse("kiosk")
        assert "_auth_user_id" not in tablet.session


class TestProfileThatTheRequestDoesNotName:
    """An erasure takes the profile of the account, whatever state it is in when the person asks."""

    def test_one_that_staff_had_blocked_is_erased_with_all_that_hangs_on_it(self) -> None:
        person = TechnicianFactory(state=TechnicianState.BLOCKED)
        application = ApplicationFactory(technician=person, message="my words")
        ExperienceFactory(technician=person)
        TechnicianSkillFactory(technician=person)
        request_erasure(user=person.user, password=PASSWORD)
        DataRequest.objects.update(due=timezone.now())
        assert erase_due() == 1
        application.refresh_from_db()
        assert application.message == ""
        assert not Experience.objects.exists()
        assert not TechnicianSkill.objects.exists()
        assert not User.objects.filter(pk=person.user_id).exists()


def erase_now(user: User) -> None:
    """Ask for it, and let the days pass."""
    request_erasure(user=user, password=PASSWORD)
    DataRequest.objects.update(due=timezone.now())
    assert erase_due() == 1


class TestClaims:
    """Taking over what an organization registered, beside consents and deletions."""

    def test_letting_oneself_be_found_is_kept_as_a_consent(self) -> None:
        load_notices()
        user, quiet = UserFactory(), UserFactory()
        claim(user=user, token=begin_link(IntakeFactory()), discoverable=True)
        assert Consent.objects.in_force().filter(user=user, purpose=Purpose.DISCOVERY).count() == 1
        claim(user=quiet, token=begin_link(IntakeFactory()))
        assert not Consent.objects.filter(user=quiet).exists()

    def test_an_account_that_is_to_be_deleted_takes_nothing_over(self) -> None:
        user, intake = UserFactory(), IntakeFactory()
        token = begin_link(intake)
        request_erasure(user=user, password=PASSWORD)
        with pytest.raises(Conflict, match="borrar"):
            claim(user=user, token=token, discoverable=True)
        assert Intake.objects.open().filter(pk=intake.pk).exists()


class TestNothingIsLeft:
    """What other slices hold of somebody goes with their account."""

    def test_a_number_that_somebody_had_before_goes_with_the_change(self) -> None:
        user = UserFactory(phone=PhoneFactory())
        shared = UserFactory(phone=PhoneFactory())
        UserFactory(phone=shared.phone)
        for number, person in enumerate((user, shared)):
            code = PhoneCode.objects.create(
                e164=f"+52656111223{number}",
                purpose=CodePurpose.CHANGE,
                language="es",
                expires_at=timezone.now(),
                used_at=timezone.now(),
            )
            people.change_phone(user_id=person.pk, code_id=code.pk)
        assert set(Phone.objects.values_list("e164", flat=True)) == {
            "+526561112230",
            "+526561112231",
            shared.phone.e164,
        }

    def test_what_an_organization_registered_under_the_address_is_erased_too(self) -> None:
        person, intake = TechnicianFactory(), IntakeFactory(email="ana.marker@example.test")
        User.objects.filter(pk=person.user_id).update(email="ana.marker@example.test")
        other = IntakeFactory(email="otra@example.test")
        person.user.refresh_from_db()
        erase_now(person.user)
        intake.refresh_from_db()
        assert (intake.state, intake.email, intake.technician) == (IntakeState.REFUSED, "", None)
        assert list(Technician.objects.exclude(given_names="").values_list("pk", flat=True)) == [other.technician_id]
        assert Intake.objects.open().get() == other

    def test_logs_keep_no_address_that_a_mail_server_refused(
        self, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*args: Any, **kwargs: Any) -> None:
            raise OSError("550 ana.marker@example.test")

        monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
        owner = MembershipFactory(position=Position.OWNER)
        IntakeFactory(email="ana.marker@example.test", letter_due_at=timezone.now())
        assert send_letters() == 0
        invitations._send(
            invitations.invite(
                actor=owner.user, organization_id=owner.organization_id, position="viewer", email="ana.marker@x.test"
            )[0],
            owner.user,
            "link",
        )
        assert "was not sent" in caplog.text
        assert "ana.marker" not in caplog.text


def test_a_link_of_an_owner_who_is_going_lets_nobody_in() -> None:
    owner = MembershipFactory(position=Position.OWNER)
    MembershipFactory(organization=owner.organization, position=Position.OWNER)
    _invitation, token = invitations.invite(
        actor=owner.user, organization_id=owner.organization_id, position=Position.OWNER
    )
    request_erasure(user=owner.user, password=PASSWORD)
    with pytest.raises(Conflict):
        invitations.accept(user=UserFactory(), token=token)


@pytest.mark.parametrize("state", [Verification.VERIFIED, Verification.PENDING])
def test_only_a_tablet_of_a_checked_organization_asks_for_codes_without_a_limit_of_its_address(
    state: Verification, settings: Any
) -> None:
    settings.PHONE_LIMIT_ADDRESS_HOUR = 2
    organization: Organization = OrganizationFactory(verification=state)
    tablet = Client()
    tablet.force_login(MembershipFactory(organization=organization).user)
    tablet.post(reverse("kiosk-start"), {"organization": organization.slug})
    for number in range(4):
        tablet.post(reverse("phone-start"), {"phone": f"656 623 450{number}", "country": "MX"})
    assert PhoneCode.objects.count() == (4 if state == Verification.VERIFIED else 2)


@pytest.mark.parametrize("first", ["Ana Prueba,656 123 4567,casa", "Ana Prueba,casa,ana@example.test"])
def test_a_list_without_headings_is_refused_and_kept_nowhere(first: str) -> None:
    """Headings are kept for good: the first person of a list must not become one."""
    member = MembershipFactory()
    with pytest.raises(InvalidInput) as refused:
        upload_file(
            user=member.user,
            organization=member.organization,
            kind="people",
            name="lista.csv",
            data=f"{first}\nLuz Paz,656 123 4568,x\n".encode(),
        )
    assert refused.value.code == "no_headings"
    assert not ImportJob.objects.exists()


@pytest.mark.parametrize("state", [Verification.PENDING, Verification.REFUSED])
def test_an_institute_that_nobody_checked_reaches_nobody_by_a_list_and_learns_no_outcomes(state: Verification) -> None:
    institute: Organization = OrganizationFactory(institute=True)
    owner = MembershipFactory(organization=institute, position=Position.OWNER).user
    cohort = CohortFactory(programme__organization=institute)
    learner = EnrolmentFactory(cohort=cohort).technician
    GrantFactory(technician=learner, organization=institute, scope=GrantScope.OUTCOMES)
    PlacementFactory(technician=learner, source=PlacementSource.HIRE)
    assert placements_of(institute).count() == 1
    Organization.objects.filter(pk=institute.pk).update(verification=state)
    unchecked = Cohort.objects.get(pk=cohort.pk)
    person = TechnicianFactory()
    with pytest.raises(Conflict):
        enrol(cohort=unchecked, listed_name="Ana", listed_email=person.user.email, actor=owner)
    assert not Notification.objects.filter(user=person.user).exists()
    assert not placements_of(unchecked.programme.organization).exists()


class TestDeletingWithAPin:
    """A session left open on a shared phone is not enough to delete the account of who logged in."""

    def test_the_pin_is_asked_once_more(self, client: Client) -> None:
        technician = TechnicianFactory(user__email=None, user__phone=PhoneFactory(verified_at=timezone.now()))
        user = technician.user
        user.pin = hash_pin("802947")
        user.set_unusable_password()
        user.save()
        client.force_login(user)
        address = reverse("erasure")
        asked = client.get(address)
        assert asked.status_code == 302
        assert reverse("account-confirm") in asked.headers["Location"]
        assert client.post(address, {"sure": "on"}).status_code == 302
        assert not DataRequest.objects.exists()
        went = client.post(reverse("account-confirm"), {"secret": "802947", "next": address})
        assert went.headers.get("Location") == address, went.content.decode()[-3000:]
        assert client.get(address).status_code == 200


@pytest.mark.django_db
def test_who_may_not_log_in_any_more_is_found_by_nobody() -> None:
    technician = TechnicianFactory(discoverable=True)
    assert Technician.objects.discoverable().exists()
    User.objects.filter(pk=technician.user_id).update(is_active=False)
    assert not Technician.objects.discoverable().exists()
    assert not Technician.objects.matchable().exists()
