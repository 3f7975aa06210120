"""What somebody did on the site, and others about them, is found nowhere later: also where nobody thought of a copy."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from matching import rebuilds, refresh
from matching.choices import SubjectKind
from tests import factories as make
from tests.matching import world as town_world
from tests.workforce.privacy.planting import MARK, mark, marks_left
from workforce.accounts.choices import Position
from workforce.accounts.models import User
from workforce.accounts.notices import load_notices
from workforce.accounts.services import PersonNames
from workforce.hiring.choices import ApplicationState
from workforce.hiring.models import Application
from workforce.hiring.services import apply_to_role, move_application
from workforce.notifications.models import Notification
from workforce.notifications.tasks import send_due
from workforce.privacy.models import DataRequest
from workforce.privacy.services import answer, ask, request_erasure
from workforce.privacy.tasks import erase_due_accounts
from workforce.technicians import services as profiles
from workforce.technicians.models import Technician, TechnicianSkill
from workforce.training.models import Enrolment
from workforce.training.services import enrol

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> User:
    made: Any = make.UserFactory(is_staff=True, is_superuser=True)
    return made


@pytest.fixture
def seeker() -> Technician:
    """Somebody who has signed up."""
    load_notices()
    user: Any = make.UserFactory(email=f"{mark()}@example.test")
    return profiles.create_technician(user=user, names=PersonNames(mark(), mark(), mark()))


def goes_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    client.post(reverse("privacy-start"))
    return client


def fills_in(technician: Technician) -> None:
    key = technician.pk
    texts = {"summary_es": mark(), "phone": mark(), "english": "B1"}
    profiles.save_profile(technician_id=key, revision=None, values=texts)
    job = {"title": mark(), "employer": mark(), "started_on": timezone.localdate()}
    profiles.add_experience(technician_id=key, revision=None, values=job)
    profiles.add_certificate(technician_id=key, revision=None, credential_id=make.CredentialFactory().pk, folio=mark())
    profiles.add_skill(technician_id=key, revision=None, entry=profiles.SkillEntry(None, 2, mark()))


def looks_for_work(technician: Technician) -> None:
    role: Any = make.RoleFactory()
    recruiter = make.MembershipFactory(organization=role.organization, position=Position.RECRUITER).user
    application = apply_to_role(technician=technician, role=role, actor=technician.user, message=mark())
    page = goes_in(recruiter).get(reverse("role-applications", kwargs={"slug": role.organization.slug, "pk": role.pk}))
    assert technician.given_names in page.content.decode()
    move_application(
        application=application, to_state=ApplicationState.REFUSED, actor=recruiter, reason="other", answer=mark()
    )


def is_listed(technician: Technician) -> None:
    """By two institutes, with the address; one of them twice, so that the second entry waits for somebody else."""
    email = technician.user.email
    for _again in range(2):
        cohort: Any = make.CohortFactory()
        counsellor = make.MembershipFactory(
            organization=cohort.programme.organization, position=Position.COUNSELLOR
        ).user
        enrol(cohort=cohort, listed_name=mark(), listed_email=email, actor=counsellor)


def is_administered(technician: Technician, staff: User) -> None:
    client = goes_in(staff)
    change = reverse("admin:accounts_user_change", args=[technician.user_id])
    assert client.post(change, {"email": technician.user.email, "language": "en", "is_active": "on"}).status_code == 302
    request = ask(user=technician.user, kind="rectify", text=mark())
    answer(request_id=request.pk, text=mark())


def test_whatever_was_done_with_the_data_nothing_is_left(seeker: Technician, staff: User) -> None:
    goes_in(seeker.user)
    fills_in(seeker)
    looks_for_work(seeker)
    is_listed(seeker)
    is_administered(seeker, staff)
    send_due()
    assert Notification.objects.count() >= 3
    assert MARK.search("".join(str(sent.message()) for sent in mail.outbox)), "mails were sent about it"
    mail.outbox.clear()  # what has left the house is in the houses of others
    places = {place.split(":")[0] for place in marks_left()}
    assert {"technicians_experience.title", "hiring_application.answer", "training_enrolment.listed_name"} <= places
    request_erasure(user=seeker.user, password=None)
    DataRequest.objects.update(due=timezone.now() - timedelta(seconds=1))
    erase_due_accounts()
    send_due()
    assert list(marks_left()) == []
    assert (Application.objects.count(), Enrolment.objects.count()) == (1, 2), "what was counted still is"


def test_a_list_under_the_address_of_somebody_is_about_them(seeker: Technician) -> None:
    """Who was listed before they signed up has a profile at the institute that nobody has claimed."""
    email = f"{mark()}@example.test"
    cohort: Any = make.CohortFactory()
    counsellor = make.MembershipFactory(organization=cohort.programme.organization, position=Position.COUNSELLOR).user
    listed = enrol(cohort=cohort, listed_name=mark(), listed_email=email, actor=counsellor)
    other = enrol(cohort=cohort, listed_name="Otra", listed_email="otra@example.test", actor=counsellor)
    User.objects.filter(pk=seeker.user_id).update(email=email.upper())
    request_erasure(user=seeker.user, password=None)
    DataRequest.objects.update(due=timezone.now() - timedelta(seconds=1))
    erase_due_accounts()
    assert list(marks_left()) == []
    listed.refresh_from_db()
    other.refresh_from_db()
    assert (listed.listed_email, other.listed_name, other.technician.given_names) == ("", "Otra", "Otra")


def test_no_match_list_knows_the_person() -> None:
    people, _roles = town_world.town()
    rebuilds.rebuild_now()
    gone = next(person for person in people if any(_holds(rows, person.pk) for rows in _of_roles()))
    request_erasure(user=gone.user, password=None)
    refresh.drain()
    assert not [rows for rows in _of_roles() if _holds(rows, gone.pk)], "not even while it waits"
    DataRequest.objects.update(due=timezone.now() - timedelta(seconds=1))
    erase_due_accounts()
    refresh.drain()
    of_people, _of = town_world.both()
    assert gone.pk not in of_people or not any(of_people[gone.pk])
    assert not [rows for rows in _of_roles() if _holds(rows, gone.pk)]
    assert not TechnicianSkill.objects.filter(technician_id=gone.pk).exists()
    town_world.ask(SubjectKind.TECHNICIAN, gone.pk)  # somebody asks again: nothing comes back
    refresh.drain()
    assert not [rows for rows in _of_roles() if _holds(rows, gone.pk)]


def _of_roles() -> list[Any]:
    return list(town_world.both()[1].values())


def _holds(rows: Any, key: int) -> bool:
    return any(id_ == key for part in rows for id_, *_rest in part)
