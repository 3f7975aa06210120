"""Taking over, by the secret of a link and nothing else, what an organization registered of oneself; or refusing it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workforce.accounts.access import position_of
from workforce.accounts.invitations import hash_of
from workforce.accounts.models import User
from workforce.core.errors import Conflict, NotThere
from workforce.technicians.choices import IntakeState
from workforce.technicians.models import MAX_SKILLS, Intake, Technician, TechnicianSkill
from workforce.technicians.services.consents import note_discoverable
from workforce.technicians.services.editing import editing
from workforce.technicians.services.skills import add_missing
from workforce.technicians.services.unclaimed_ending import erase_profiles, recorded_elsewhere

# One text for every link that does not work: whether it ever did is for nobody to find out by trying.
DEAD_LINK = _(
    "This link does not work. Links work once and for some days: ask whoever gave it to you for a new one, and look "
    "whether you have all of it."
)


@dataclass(frozen=True)
class Claimed:
    """The profile that is the person's now; ``joined`` when what was registered was added to one that they had."""

    technician: Technician
    joined: bool


def find_claimable(token: str) -> Intake:
    """Return the open intake of a link that works, with what its page shows. Raises ``NotThere``.

    Its page names the organization, so it works for one that is verified only.
    """
    rows = Intake.objects.select_related("organization", "technician__zone")
    found: Intake | None = rows.filter(claim_hash=hash_of(token)).first()
    if found is None or not found.has_link or not found.organization.is_verified:
        raise NotThere("claim_unknown", DEAD_LINK)
    return found


def has_claimed(*, user: User, token: str) -> bool:
    """Whether this account used up this link: it may come back by it, and nobody else."""
    found = Intake.objects.filter(claim_hash=hash_of(token), state=IntakeState.CLAIMED, technician__user=user)
    return found.exists()


def claim(*, user: User, token: str, discoverable: bool = False) -> Claimed:
    """Make what was registered the profile of ``user``, and use the link up.

    Whoever has a profile keeps it as it is, gets the skills that it has not, and phone and zone where these are empty.
    A second click finds the first one's profile. Raises ``NotThere`` for a link that does not work (used, taken back,
    expired, never made: the text is the same) and ``Conflict``, after which nothing has changed.
    """
    try:
        return _claim(user, token, discoverable)
    except IntegrityError:  # the account got a profile between the look and the write
        return _claim(user, token, discoverable)


@transaction.atomic
def _claim(user: User, token: str, discoverable: bool) -> Claimed:
    intake = _lock(token)
    if intake.state == IntakeState.CLAIMED and intake.technician is not None:
        if intake.technician.user_id == user.pk:
            return Claimed(intake.technician, joined=False)
        raise NotThere("claim_unknown", DEAD_LINK)
    if not intake.has_link or not intake.organization.is_verified:
        raise NotThere("claim_unknown", DEAD_LINK)
    if position_of(user, intake.organization) is not None:
        text = _("You belong to the organization that registered this person. Only the person may take this over.")
        raise Conflict("own_organization", text)
    # One account opens two links at once: one after the other.
    if User.objects.select_for_update(no_key=True).get(pk=user.pk).closing_at is not None:
        raise Conflict("account_closing", _("Your account is going to be deleted. Keep it first, then open the link."))
    own = Technician.objects.filter(user=user).first()
    technician = _join(intake, own) if own is not None else _take(intake, user, discoverable)
    old_id = intake.technician_id
    _close(intake, IntakeState.CLAIMED, technician)
    if own is not None and old_id is not None:
        erase_profiles([old_id])
    return Claimed(technician, joined=own is not None)


@transaction.atomic
def refuse(*, token: str) -> None:
    """Say that this is somebody else: all that is held is erased, and the same list does not bring it back.

    No account is needed. Raises ``NotThere`` for a link that does not work.
    """
    intake = _lock(token)
    if not intake.has_link:
        raise NotThere("claim_unknown", DEAD_LINK)
    technician_id = intake.technician_id
    intake.claim_hash = None
    _close(intake, IntakeState.REFUSED, None)
    if technician_id is not None:
        erase_profiles([technician_id])


def _lock(token: str) -> Intake:
    """Return the intake of a link, locked: of two who open one link at once the second sees what the first did.

    Nothing is joined to it: after waiting PostgreSQL gives the new row, with the other tables' rows of before.
    """
    found: Intake | None = Intake.objects.select_for_update().filter(claim_hash=hash_of(token)).first()
    if found is None:
        raise NotThere("claim_unknown", DEAD_LINK)
    return found


def _take(intake: Intake, user: User, discoverable: bool) -> Technician:
    with editing(intake.technician_id or 0, None) as technician:
        technician.user = user
        technician.phone = intake.phone
        technician.discoverable = discoverable
    note_discoverable(technician)
    return technician


def _join(intake: Intake, own: Technician) -> Technician:
    """Add to a profile what it lacks; its own words and levels stay."""
    registered = intake.technician
    if registered is None or recorded_elsewhere([registered.pk]):
        text = _(
            "You have a profile, and more than skills was recorded of the other one. Our staff joins the two: ask us."
        )
        raise Conflict("join_by_staff", text)
    with editing(own.pk, None) as technician:
        technician.phone = technician.phone or intake.phone
        technician.zone_id = technician.zone_id or registered.zone_id
        room = MAX_SKILLS - TechnicianSkill.objects.filter(technician=technician).count()
        add_missing(technician, TechnicianSkill.objects.filter(technician=registered).order_by("-level", "pk"), room)
    return technician


def _close(intake: Intake, state: IntakeState, technician: Technician | None) -> None:
    """Keep that the list was taken, and nothing of who it was. A used link's hash stays, for a second click."""
    intake.state, intake.technician, intake.closed_at = state, technician, timezone.now()
    intake.email = intake.phone = intake.external_id = ""
    intake.claim_expires_at = intake.letter_due_at = None
    intake.save()
