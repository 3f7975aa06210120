"""What happens in hiring, roles, verification and training is told to whom it concerns, and once."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests import factories as make
from workforce.accounts.choices import Position, Verification, VerificationOutcome
from workforce.accounts.events import organization_changed
from workforce.accounts.models import Organization
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


def test_owners_hear_each_decision_of_staff_once() -> None:
    organization = make.OrganizationFactory(verification=Verification.PENDING)
    owner = make.MembershipFactory(organization=organization, position=Position.OWNER).user
    make.MembershipFactory(organization=organization, position=Position.VIEWER)
    decisions = (
        (Verification.PENDING, VerificationOutcome.MORE_DOCUMENTS),
        (Verification.VERIFIED, None),
        (Verification.VERIFIED, None),
        (Verification.REFUSED, None),
        (Verification.VERIFIED, None),
        (Verification.PENDING, VerificationOutcome.REOPENED),
    )
    for verification, outcome in decisions:
        set_verification(organization_id=organization.pk, verification=verification, outcome=outcome)
    kinds = ("more_documents", "verified", "refused", "verified", "reopened")
    assert told() == [(owner.pk, f"organization_{kind}") for kind in kinds]


def test_a_refusal_that_answers_a_second_request_is_told_of_too() -> None:
    organization = make.OrganizationFactory(verification=Verification.PENDING)
    owner = make.MembershipFactory(organization=organization, position=Position.OWNER).user
    for _request in range(2):
        Organization.objects.filter(pk=organization.pk).update(review_requested_at=timezone.now())
        set_verification(organization_id=organization.pk, verification=Verification.REFUSED)
    assert told() == [(owner.pk, "organization_refused")] * 2


def test_a_new_name_of_an_organization_tells_nobody_of_a_decision() -> None:
    organization = make.MembershipFactory().organization
    organization_changed.send(sender=Organization, organization_id=organization.pk)
    assert told() == []


def test_a_person_with_an_account_is_asked_about_an_enrolment() -> None:
    cohort, person = make.CohortFactory(), make.TechnicianFactory()
    keeper = make.MembershipFactory(organization=cohort.programme.organization, position=Position.COUNSELLOR).user
    enrol(cohort=cohort, listed_name="Ana", listed_email=person.user.email, actor=keeper)
    enrol(cohort=cohort, listed_name="Sin Cuenta", listed_email="nadie@example.test", actor=keeper)
    assert told() == [(person.user_id, "enrolment_asked")]
