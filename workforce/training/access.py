"""Whose learners, programmes and outcomes somebody may see or keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from workforce.accounts.access import CASELOAD, can_edit_training, can_view_organization
from workforce.accounts.choices import Verification
from workforce.accounts.models import Membership, Organization, User
from workforce.hiring.choices import PlacementSource
from workforce.hiring.models import Placement, PlacementQuerySet
from workforce.skills.models import Skill
from workforce.technicians.choices import GrantScope
from workforce.technicians.models import Grant
from workforce.training.models import Enrolment, Programme, ProgrammeSkill

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    Reader = User | AnonymousUser


def can_view_training(user: Reader, organization: Organization) -> bool:
    """Members of an institute, whatever their position."""
    return organization.is_institute and can_view_organization(user, organization)


def can_keep_training(user: Reader, organization: Organization) -> bool:
    """Owners and counsellors of an institute."""
    return can_edit_training(user, organization)


def keeps_some_training(user: Reader) -> bool:
    """Owners and counsellors of at least one institute: who may send anything at all to the training API."""
    if not user.is_authenticated:
        return False
    return Membership.objects.filter(user_id=user.pk, organization__is_institute=True, position__in=CASELOAD).exists()


def placements_of(organization: Organization) -> PlacementQuerySet:
    """Return what the institute may know of its learners' jobs.

    What it recorded itself, and what came from a hire or from the person where the person agreed (a grant of scope
    "outcomes" in force), which only an institute that is verified is told.
    """
    learners = Enrolment.objects.of_organization(organization).shown().values("technician_id")
    agreed = (
        Grant.objects.in_force()
        .filter(organization=organization, scope=GrantScope.OUTCOMES, technician_id__in=learners)
        .values("technician_id")
    )
    own = Q(source=PlacementSource.INSTITUTE, recorded_for=organization)
    shared = Q(source=PlacementSource.HIRE, technician_id__in=agreed)
    told = own | shared if organization.is_verified else own
    found: PlacementQuerySet = Placement.objects.filter(told, technician_id__in=learners)
    return found


def offered_programmes(skills: QuerySet[Skill] | None = None) -> QuerySet[Programme]:
    """Programmes that anybody may know of: of verified institutes, teaching one of ``skills`` where that is said."""
    offered = Programme.objects.filter(
        organization__verification=Verification.VERIFIED, organization__is_institute=True
    )
    if skills is None:
        return offered
    return offered.filter(pk__in=ProgrammeSkill.objects.filter(skill__in=skills).values("programme"))
