"""What happens in hiring, roles, verification and training is told to whom it concerns, and once."""

from __future__ import annotations

import pytest

from tests import factories as make
from workforce.accounts.choices import Position, Verification
from workforce.accounts.services import set_verification
from workforce.employers.services import close_role
from workforce.hiring.choices import ApplicationState, RefusalReason
from workforce.hiring.services import apply_to_role, move_application
from workforce.notifications.models import Notification
from workforce.training.services import enrol

pytestmark = pytest.mark.django_db


def told() -> list[tuple[int, str]]:
    """Who was told what, in order."""
    return list(Notification.objects.order_by("pk").values_list("user_id", "kind"))


def test_recruiters_hear_of_an_application_and_the_applicant_of_each_answer() -> None:
    role, person = make.RoleFactory(), make.TechnicianFactory()
    organization = role.organization
    recruiter = make.MembershipFactory(organization=organization, position=Position.RECRUITER).user
    make.MembershipFactory(organization=organization, position=Position.VIEWER)
    make.MembershipFactory(position=Position.RECRUITER)
    application = apply_to_role(technician=person, role=role, actor=person.user)
    assert told() == [(recruiter.pk, "application_received")]
    move_application(application=application, to_state=ApplicationState.REVIEWING, actor=recruiter)
    application.refresh_from_db()
    move_application(
        application=application, to_state=ApplicationState.REFUSED, actor=recruiter, reason=RefusalReason.FILLED
    )
    assert told()[1:] == [(person.user_id, "application_moved"), (person.user_id, "application_refused")]


def test_who_withdraws_hears_nothing_and_the_recruiters_do() -> None:
    role, person = make.RoleFactory(), make.TechnicianFactory()
    recruiter = make.MembershipFactory(organization=role.organization, position=Position.RECRUITER).user
    application = apply_to_role(technician=person, role=role, actor=person.user)
    move_application(application=application, to_state=ApplicationState.WITHDRAWN, actor=person.user)
    assert told() == [(recruiter.pk, "application_received"), (recruiter.pk, "application_withdrawn")]


def test_applicants_hear_once_that_a_role_has_closed() -> None:
    role, person = make.RoleFactory(), make.TechnicianFactory()
    apply_to_role(technician=person, role=role, actor=person.user)
    for _click in range(2):
        close_role(role=role)
    assert told() == [(person.user_id, "role_closed")]


def test_owners_hear_what_staff_decided() -> None:
    organization = make.OrganizationFactory(verification=Verification.PENDING)
    owner = make.MembershipFactory(organization=organization, position=Position.OWNER).user
    make.MembershipFactory(organization=organization, position=Position.VIEWER)
    for decision in (Verification.VERIFIED, Verification.VERIFIED, Verification.REFUSED):
        set_verification(organization_id=organization.pk, verification=decision)
    assert told() == [(owner.pk, "organization_verified"), (owner.pk, "organization_refused")]


def test_a_person_with_an_account_is_asked_about_an_enrolment() -> None:
    cohort, person = make.CohortFactory(), make.TechnicianFactory()
    keeper = make.MembershipFactory(organization=cohort.programme.organization, position=Position.COUNSELLOR).user
    enrol(cohort=cohort, listed_name="Ana", listed_email=person.user.email, actor=keeper)
    enrol(cohort=cohort, listed_name="Sin Cuenta", listed_email="nadie@example.test", actor=keeper)
    assert told() == [(person.user_id, "enrolment_asked")]
