"""Deleting an account: blocked at once, taken back by logging in, erased when its time has come."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from matching.models import RefreshRequest
from tests import factories as make
from tests.factories import PASSWORD
from workforce.accounts.choices import Position
from workforce.accounts.members import change_position, remove_member
from workforce.accounts.models import Membership, User
from workforce.core.errors import Conflict, InvalidInput, NotAllowed
from workforce.core.personal import Declaration, Person, declarations
from workforce.hiring.models import Application
from workforce.imports.choices import WAITING, JobState
from workforce.imports.models import ImportJob
from workforce.imports.services import start_import
from workforce.notifications.services import notify
from workforce.notifications.tasks import send_due
from workforce.privacy import erasing, services
from workforce.privacy.choices import RequestKind, RequestState
from workforce.privacy.models import DataRequest
from workforce.privacy.tasks import erase_due_accounts
from workforce.technicians.choices import TechnicianState
from workforce.technicians.models import Grant, Technician

pytestmark = pytest.mark.django_db


def pass_the_horizon() -> None:
    DataRequest.objects.filter(kind=RequestKind.ERASE).update(due=timezone.now() - timedelta(seconds=1))


def one_of(label: str) -> Declaration:
    return next(one for one in declarations() if one.label == label)


class TestAsking:
    def test_it_logs_out_everywhere_at_once(self, technician: Technician) -> None:
        here, elsewhere = Client(), Client()
        for client in (here, elsewhere):
            client.force_login(technician.user)
        response = here.post(reverse("erasure"), {"password": PASSWORD}, follow=True)
        assert "Tu cuenta está cerrada" in response.content.decode()
        for client in (here, elsewhere):
            assert client.get(reverse("profile")).status_code == 302
            assert "login" in client.get(reverse("profile")).headers["Location"]

    def test_it_asks_for_the_password_again(self, technician: Technician) -> None:
        client = Client()
        client.force_login(technician.user)
        response = client.post(reverse("erasure"), {"password": "not it"})
        assert response.status_code == 400
        assert not DataRequest.objects.exists()
        assert client.get(reverse("profile")).status_code == 200

    def test_guessing_passwords_ends_after_a_few_tries(self, technician: Technician) -> None:
        for _ in range(services.TRIES):
            with pytest.raises(InvalidInput):
                services.check_password(user=technician.user, password="not it")
        with pytest.raises(Conflict):
            services.check_password(user=technician.user, password=PASSWORD)

    def test_an_account_without_a_password_needs_a_recent_log_in(self, technician: Technician) -> None:
        technician.user.set_unusable_password()
        technician.user.save()
        client = Client()
        client.force_login(technician.user)
        session = client.session
        session["privacy_since"] = 0
        session.save()
        assert client.post(reverse("erasure")).status_code == 400
        client.force_login(technician.user)
        assert client.post(reverse("erasure")).status_code == 302
        assert client.get(reverse("profile")).status_code == 302

    def test_a_double_click_is_one_request(self, technician: Technician) -> None:
        client = Client()
        client.force_login(technician.user)
        address = reverse("erasure")
        assert client.post(address, {"password": PASSWORD}).status_code == 302
        assert client.post(address, {"password": PASSWORD}).status_code == 302, "logged out by then"
        assert DataRequest.objects.count() == 1

    def test_twice_is_once(self, technician: Technician) -> None:
        first = services.request_erasure(user=technician.user, password=PASSWORD)
        assert services.request_erasure(user=technician.user, password=PASSWORD) == first

    def test_the_person_is_seen_by_nobody_from_now_on(self, technician: Technician) -> None:
        application = make.ApplicationFactory(technician=technician)
        organization = application.role.organization
        make.GrantFactory(technician=technician, organization=organization, source=f"application:{application.pk}")
        recruiter = make.MembershipFactory(organization=organization).user
        assert Technician.objects.contact_visible_to(recruiter).exists()
        assert Application.objects.visible_to(recruiter).exists()
        services.request_erasure(user=technician.user, password=PASSWORD)
        assert not Technician.objects.visible_to(recruiter).exists()
        assert not Technician.objects.contact_visible_to(recruiter).exists()
        assert not Technician.objects.discoverable().exists()
        assert not Grant.objects.in_force().exists()
        assert not Application.objects.visible_to(recruiter).exists()
        client = Client()
        client.force_login(recruiter)
        address = {"slug": organization.slug}
        page = client.get(reverse("role-applications", kwargs={**address, "pk": application.role_id}))
        assert "Renata" not in page.content.decode()
        one = client.get(reverse("application-answer", kwargs={**address, "ref": application.ref}))
        assert one.status_code == 404
        assert RefreshRequest.objects.filter(object_id=technician.pk).exists(), "match lists are told"

    def test_the_last_owner_is_told_to_find_another(self) -> None:
        owner = make.MembershipFactory()
        with pytest.raises(Conflict, match=owner.organization.name):
            services.request_erasure(user=owner.user, password=PASSWORD)
        other = make.MembershipFactory(organization=owner.organization)
        services.request_erasure(user=owner.user, password=PASSWORD)
        with pytest.raises(Conflict):  # the first one does not count any more
            services.request_erasure(user=other.user, password=PASSWORD)
        services.cancel_erasure(user=owner.user)
        services.request_erasure(user=other.user, password=PASSWORD)

    def test_an_owner_who_waits_to_be_erased_is_no_owner_to_leave_behind(self) -> None:
        first, second = make.MembershipFactory(), make.MembershipFactory(position=Position.RECRUITER)
        Membership.objects.filter(pk=second.pk).update(organization=first.organization, position=Position.OWNER)
        services.request_erasure(user=first.user, password=PASSWORD)
        organization: Any = {"organization_id": first.organization_id, "membership_id": second.pk}
        with pytest.raises(Conflict, match="necesita"):
            remove_member(actor=second.user, **organization)
        with pytest.raises(Conflict):
            change_position(actor=second.user, position=Position.VIEWER, **organization)
        services.cancel_erasure(user=first.user)
        remove_member(actor=second.user, **organization)
        assert not Membership.objects.filter(pk=second.pk).exists()

    def test_an_inactive_owner_does_not_count_either(self) -> None:
        owner = make.MembershipFactory()
        other = make.MembershipFactory(organization=owner.organization)
        User.objects.filter(pk=other.user_id).update(is_active=False)
        with pytest.raises(Conflict):
            services.request_erasure(user=owner.user, password=PASSWORD)

    def test_no_mail_goes_to_who_is_leaving(self, technician: Technician) -> None:
        application = make.ApplicationFactory(technician=technician)
        told: Any = {"kind": "application_hired", "params": {"application": application.pk}}
        services.request_erasure(user=technician.user, password=PASSWORD)
        notify(user_ids=[technician.user_id], dedupe_key="now", **told)
        send_due()
        assert mail.outbox == []

    def test_staff_do_not_close_their_own_account(self) -> None:
        with pytest.raises(NotAllowed):
            services.request_erasure(user=make.UserFactory(is_staff=True), password=PASSWORD)


class TestTakingItBack:
    def test_logging_in_leads_to_one_page_that_takes_it_back(self, technician: Technician) -> None:
        services.request_erasure(user=technician.user, password=PASSWORD)
        client = Client()
        response = client.post(
            reverse("account_login"), {"login": technician.user.email, "password": PASSWORD}, follow=True
        )
        assert response.redirect_chain[-1][0] == reverse("erasure-waiting")
        assert client.get(reverse("role-search")).status_code == 302
        assert client.get("/api/v1/me/").status_code == 403
        assert client.post(reverse("profile"), {"given_names": "x"}).headers["Location"] == reverse("erasure-waiting")
        client.post(reverse("erasure-cancel"), follow=True)
        assert client.get(reverse("profile")).status_code == 200
        assert client.get("/api/v1/me/").status_code == 200
        technician.refresh_from_db()
        assert technician.state == TechnicianState.ACTIVE
        pass_the_horizon()
        assert erasing.erase_due() == 0
        assert User.objects.filter(pk=technician.user_id).exists()

    def test_on_the_last_day_it_is_still_there_and_a_double_click_harms_nothing(self, technician: Technician) -> None:
        made = services.request_erasure(user=technician.user, password=PASSWORD)
        DataRequest.objects.filter(pk=made.pk).update(due=timezone.now() + timedelta(minutes=1))
        assert erasing.erase_due() == 0
        assert services.cancel_erasure(user=technician.user)
        assert not services.cancel_erasure(user=technician.user)
        made.refresh_from_db()
        technician.user.refresh_from_db()
        assert (made.state, technician.user.closing_at) == (RequestState.CANCELLED, None)
        assert technician.user.check_password(PASSWORD)

    def test_only_the_own_one_is_taken_back(self, technician: Technician) -> None:
        services.request_erasure(user=technician.user, password=PASSWORD)
        assert not services.cancel_erasure(user=make.TechnicianFactory().user)
        assert DataRequest.objects.open().count() == 1

    def test_who_was_paused_is_paused_again(self, technician: Technician) -> None:
        Technician.objects.filter(pk=technician.pk).update(state=TechnicianState.PAUSED)
        services.request_erasure(user=technician.user, password=PASSWORD)
        services.cancel_erasure(user=technician.user)
        technician.refresh_from_db()
        assert technician.state == TechnicianState.PAUSED

    def test_it_cannot_be_taken_back_once_it_is_begun(self, technician: Technician) -> None:
        made = services.request_erasure(user=technician.user, password=PASSWORD)
        DataRequest.objects.filter(pk=made.pk).update(state=RequestState.ERASING)
        assert not services.cancel_erasure(user=technician.user)

    def test_it_can_be_asked_for_again(self, technician: Technician) -> None:
        services.request_erasure(user=technician.user, password=PASSWORD)
        services.cancel_erasure(user=technician.user)
        technician.user.refresh_from_db()
        services.request_erasure(user=technician.user, password=PASSWORD)
        assert DataRequest.objects.open().count() == 1


class TestErasing:
    @pytest.mark.parametrize("label", [one.label for one in declarations()])
    def test_killed_before_any_model_it_goes_on(
        self, label: str, technician: Technician, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The process dies: nothing is caught, nothing is said, and ten minutes later another one is at it."""
        services.request_erasure(user=technician.user, password=PASSWORD)
        pass_the_horizon()
        does = erasing.erase_rows

        def dies(one: Declaration, person: Person) -> None:
            if one.label == label:
                raise KeyboardInterrupt
            does(one, person)

        monkeypatch.setattr(erasing, "erase_rows", dies)
        if label == DataRequest._meta.label:
            monkeypatch.setattr(erasing, "_close_others", lambda person, request_id: dies(one_of(label), person))
        with pytest.raises(KeyboardInterrupt):
            erasing.erase_due()
        monkeypatch.undo()
        DataRequest.objects.update(claimed_at=timezone.now() - erasing.ABANDONED * 2)
        erase_due_accounts()
        assert not User.objects.filter(pk=technician.user_id).exists()
        technician.refresh_from_db()
        assert (technician.state, technician.given_names) == (TechnicianState.ERASED, "")
        assert DataRequest.objects.get().state == RequestState.DONE

    def test_killed_in_the_middle_it_goes_on(self, technician: Technician, monkeypatch: pytest.MonkeyPatch) -> None:
        make.ExperienceFactory(technician=technician)
        services.request_erasure(user=technician.user, password=PASSWORD)
        pass_the_horizon()
        steps: list[str] = []
        plain_rows = erasing.erase_rows

        def dies(one: Declaration, person: Person) -> None:
            if one.label == "accounts.User":
                raise RuntimeError("killed")
            steps.append(one.label)
            plain_rows(one, person)

        monkeypatch.setattr(erasing, "erase_rows", dies)
        assert erasing.erase_due() == 0
        monkeypatch.setattr(erasing, "erase_rows", plain_rows)
        assert erasing.erase_due() == 0, "another worker may still be at it"
        DataRequest.objects.update(claimed_at=timezone.now() - erasing.ABANDONED * 2)
        assert erasing.erase_due() == 1
        assert "technicians.Experience" in steps
        assert not User.objects.filter(pk=technician.user_id).exists()

    def test_one_that_fails_does_not_keep_the_others_nor_tell_who(
        self, technician: Technician, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        other = make.TechnicianFactory()
        for person in (technician, other):
            services.request_erasure(user=person.user, password=PASSWORD)
        pass_the_horizon()
        plain_rows = erasing.erase_rows

        def fails(one: Declaration, person: Person) -> None:
            if person.technician_id == technician.pk:
                raise RuntimeError(f"Key (email)=({technician.user.email}) already exists")
            plain_rows(one, person)

        monkeypatch.setattr(erasing, "erase_rows", fails)
        assert erasing.erase_due() == 1
        assert not User.objects.filter(pk=other.user_id).exists()
        assert "RuntimeError" in caplog.text
        assert technician.user.email not in caplog.text

    @pytest.mark.parametrize("state", WAITING)
    @pytest.mark.parametrize("cell", ["Renata@Example.test", "+52 (656) 123-4567", "casa 6561234567 o 6569999999"])
    def test_a_list_that_waits_and_names_the_person_goes_and_others_stay(
        self, technician: Technician, state: JobState, cell: str, settings: Any, tmp_path: Any
    ) -> None:
        settings.MEDIA_ROOT = tmp_path
        User.objects.filter(pk=technician.user_id).update(email="renata@example.test")
        Technician.objects.filter(pk=technician.pk).update(phone="656 123 4567")
        technician.user.refresh_from_db()

        def waits(cell: str, **values: Any) -> ImportJob:
            job: Any = make.ImportJobFactory(**{"kind": "people", "state": state, "samples": [], **values})
            job.file.save("list", ContentFile(f"Nombre,Correo\nAna,ana@example.test\nOtra,{cell}\n"))
            return job

        named, other = waits(cell), waits("otra@example.test")
        vacancies = waits(cell, kind="roles")
        services.request_erasure(user=technician.user, password=None)
        pass_the_horizon()
        erase_due_accounts()
        named.refresh_from_db()
        assert (named.state, named.samples, bool(named.file)) == (JobState.CANCELLED, [], False)
        for kept in (other, vacancies):
            kept.refresh_from_db()
            assert (kept.state, kept.file.storage.exists(kept.file.name)) == (state, True)
        assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 2
        with pytest.raises(Conflict):
            start_import(job=named)

    def test_a_list_that_cannot_be_read_stops_no_erasure(
        self, technician: Technician, settings: Any, tmp_path: Any
    ) -> None:
        settings.MEDIA_ROOT = tmp_path
        broken, lost = (make.ImportJobFactory(kind="people", samples=[]) for _number in range(2))
        broken.file.save("list", ContentFile(b"PK\x03\x04 no workbook"))
        lost.file.save("list", ContentFile(b"a\nb\n"))
        lost.file.storage.delete(lost.file.name)
        services.request_erasure(user=technician.user, password=None)
        pass_the_horizon()
        erase_due_accounts()
        assert not User.objects.filter(pk=technician.user_id).exists()
        assert set(ImportJob.objects.values_list("pk", "state")) == {
            (broken.pk, JobState.CANCELLED),
            (lost.pk, JobState.UPLOADED),
        }

    def test_more_rows_than_a_chunk(self, technician: Technician, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(erasing, "CHUNK", 2)
        for _ in range(5):
            make.ApplicationFactory(technician=technician, message="please")
        services.request_erasure(user=technician.user, password=PASSWORD)
        pass_the_horizon()
        erasing.erase_due()
        assert set(Application.objects.values_list("message", flat=True)) == {""}

    def test_a_member_without_a_profile_is_erased_too(self) -> None:
        owner = make.MembershipFactory()
        gone = make.MembershipFactory(organization=owner.organization, position=Position.RECRUITER).user
        role = make.RoleFactory(plant__organization=owner.organization, created_by=gone)
        services.ask(user=gone, kind=RequestKind.RECTIFY, text="my words")
        services.request_erasure(user=gone, password=PASSWORD)
        pass_the_horizon()
        assert erasing.erase_due() == 1
        role.refresh_from_db()
        assert role.created_by is None
        assert not User.objects.filter(pk=gone.pk).exists()
        assert set(DataRequest.objects.values_list("text", "user", "state")) == {("", None, RequestState.DONE)}

    def test_files_go_from_the_storage_before_their_row(self, technician: Technician) -> None:
        class Paper(models.Model):  # noqa: DJ008  lives for this test
            file = models.FileField(upload_to="papers")

            class Meta:
                app_label = "privacy_test"

        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE privacy_test_paper (id integer PRIMARY KEY, file varchar(100) NOT NULL)")
        paper = Paper(pk=1)
        paper.file.save("paper.txt", ContentFile("inside"))
        name = paper.file.name
        assert default_storage.exists(name)
        one = Declaration("privacy_test.Paper", (), lambda _: Paper.objects.all(), None, frozenset(), frozenset(), 1)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Declaration, "model", property(lambda self: Paper))
            patch.setattr(erasing, "plain", lambda label: models.QuerySet(Paper))
            erasing.erase_rows(one, Person(technician_id=technician.pk))
        assert not default_storage.exists(name)
        assert not Paper.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_erase_once() -> None:
    technician: Any = make.TechnicianFactory()
    services.request_erasure(user=technician.user, password=PASSWORD)
    pass_the_horizon()

    def work(_: int) -> int:
        try:
            return erasing.erase_due()
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(work, range(3))) == 1
    assert not User.objects.filter(pk=technician.user_id).exists()
