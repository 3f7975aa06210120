"""Enrolling, agreeing, and recording who was placed. Each is one transaction."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workforce.accounts.models import Organization, User
from workforce.core.choices import Currency, PayPeriod
from workforce.core.errors import Conflict, InvalidInput, NotAllowed
from workforce.core.revisions import lock_revision
from workforce.hiring.choices import PlacementSource, Related
from workforce.hiring.hires import check_hire_date
from workforce.hiring.models import Placement
from workforce.skills.picking import SkillRow
from workforce.skills.succession import repoint
from workforce.technicians.choices import GrantScope
from workforce.technicians.models import Grant, Technician
from workforce.training.access import can_keep_training
from workforce.training.events import enrolment_made
from workforce.training.models import Cohort, Enrolment, Programme, ProgrammeSkill


@dataclass(frozen=True)
class Job:
    """What is recorded of a placement: where, as what, since when, for how much."""

    hired_on: datetime.date
    employer: Organization | None = None
    employer_name: str = ""
    job_title: str = ""
    base_pay: Decimal | None = None
    pay_period: str = PayPeriod.WEEK
    pay_currency: str = Currency.MXN
    related: str = Related.UNKNOWN


def _check(actor: User, organization: Organization) -> None:
    if not can_keep_training(actor, organization):
        raise NotAllowed("not_yours", _("Only owners and counsellors of the institute may do this."))


@transaction.atomic
def save_programme(
    *, programme: Programme, skills: list[SkillRow] | None, actor: User, expected_revision: int | None = None
) -> Programme:
    """Save a new or changed programme and, unless None, the whole list of the skills that it teaches."""
    _check(actor, programme.organization)
    if programme.pk:
        programme.revision = lock_revision(Programme.objects.all(), expected_revision, pk=programme.pk).revision
    programme.save()
    if skills is not None:
        programme.programme_skills.all().delete()
        ProgrammeSkill.objects.bulk_create(
            ProgrammeSkill(programme=programme, skill=row.skill, level=row.level)
            for row in skills
            if row.skill is not None
        )
    return programme


@transaction.atomic
def enrol(*, cohort: Cohort, listed_name: str, listed_email: str = "", actor: User) -> Enrolment:
    """List a learner in a cohort.

    With the e-mail of somebody who has a profile the enrolment waits for that person to confirm it; otherwise a
    profile without an account is made, invisible to employers. The caller cannot tell the two apart. Raises
    ``Conflict`` for an institute that is not verified, for an e-mail that is already on the list and for a cohort
    without a free seat.
    """
    _check(actor, cohort.programme.organization)
    # An institute that nobody checked could be anybody, and this writes to whose address is listed.
    if not Organization.objects.verified().filter(pk=cohort.programme.organization_id).exists():
        raise Conflict("not_verified", _("People can be listed once our staff have verified your organization."))
    Cohort.objects.select_for_update().get(pk=cohort.pk)  # so that two counsellors cannot take the last seat
    if cohort.enrolments.count() >= cohort.seats:
        raise Conflict("cohort_full", _("Every seat of this cohort is taken."))
    email = listed_email.strip().lower()
    if email and cohort.enrolments.filter(listed_email=email).exists():
        raise Conflict("already_enrolled", _("This e-mail is already on the list."), field="listed_email")
    technician = _learner(cohort.programme.organization, listed_name, email)
    enrolment = Enrolment.objects.create(
        cohort=cohort, technician=technician, listed_name=listed_name, listed_email=email
    )
    enrolment_made.send(sender=Enrolment, enrolment_id=enrolment.pk)
    return enrolment


def _learner(institute: Organization, name: str, email: str) -> Technician:
    """Whom an entry of a list stands for; one e-mail is one learner of an institute, and two e-mails are two.

    Otherwise the numbers of learners and placements would say which addresses have an account, or share one.
    """
    listed = Enrolment.objects.of_organization(institute)
    if email and (known := listed.filter(listed_email=email).select_related("technician").order_by("pk").first()):
        return known.technician
    person = Technician.objects.filter(user__email=email).first() if email else None
    if person is None or listed.filter(technician=person).exists():
        person = Technician.objects.create(given_names=name[:80], discoverable=False)
    return cast(Technician, person)


@transaction.atomic
def answer_enrolment(*, enrolment: Enrolment, actor: User, share_outcomes: bool) -> Enrolment:
    """The person confirms an enrolment and says whether the institute may see where they get hired."""
    if enrolment.technician.user_id != actor.pk:
        raise NotAllowed("not_yours", _("Only the person can answer this."))
    if enrolment.confirmed_at is None:
        enrolment.confirmed_at = timezone.now()
        enrolment.save(update_fields=["confirmed_at", "updated_at"])
    Grant.objects.update_or_create(
        technician=enrolment.technician,
        organization=enrolment.cohort.programme.organization,
        scope=GrantScope.OUTCOMES,
        source=f"enrolment:{enrolment.pk}",
        defaults={"revoked_at": None if share_outcomes else timezone.now()},
    )
    return enrolment


@transaction.atomic
def record_placement(*, enrolment: Enrolment, job: Job, actor: User) -> Placement:
    """Record by hand that a learner was hired; the same job sent twice is one placement.

    Raises ``InvalidInput`` for a date or pay that cannot be, or when no employer is named.
    """
    organization = enrolment.cohort.programme.organization
    _check(actor, organization)
    check_hire_date(job.hired_on)
    if job.base_pay is not None and job.base_pay < 0:
        raise InvalidInput("negative_pay", _("Pay cannot be negative."), field="base_pay")
    name = job.employer.name if job.employer else job.employer_name.strip()
    if not name:
        raise InvalidInput("employer_required", _("Say where the person was hired."), field="employer_name")
    placement, _created = Placement.objects.update_or_create(
        technician=enrolment.technician,
        employer_name=name,
        hired_on=job.hired_on,
        recorded_for=organization,
        source=PlacementSource.INSTITUTE,
        defaults={
            "employer": job.employer,
            "job_title": job.job_title,
            "base_pay": job.base_pay,
            "pay_period": job.pay_period,
            "pay_currency": job.pay_currency,
            "related": job.related,
            "recorded_by": actor,
        },
    )
    return placement


@transaction.atomic
def move_skill(*, skill_id: int, successor_id: int) -> int:
    """Let every programme that teaches one skill teach its successor, at the higher level; return how many."""
    taught = repoint(
        ProgrammeSkill, owner="programme_id", concept="skill_id", old=skill_id, new=successor_id, kept=("level",)
    )
    return len(taught)
