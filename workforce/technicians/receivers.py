"""What technicians do when others tell something."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from workforce.accounts.events import job_seeker_joined
from workforce.accounts.models import User
from workforce.accounts.services import PersonNames
from workforce.core.kicks import kick
from workforce.skills.events import credential_retired, skill_retired, taxonomy_changed
from workforce.technicians import services
from workforce.technicians.events import technician_changed
from workforce.technicians.models import Technician

RELINK = "workforce.technicians.tasks.relink_own_words"


@receiver(job_seeker_joined, dispatch_uid="make-profile-of-job-seeker")
def make_profile(sender: type[User], *, user: User, names: PersonNames, **kwargs: Any) -> None:
    """Make the profile of somebody who signed up to look for work, in the transaction of the sign-up."""
    services.create_technician(user=user, names=names)


@receiver(post_save, sender=User, dispatch_uid="tell-of-an-account-that-is-switched-off-or-on")
def follow_account(
    sender: type[User], *, instance: User, created: bool, update_fields: Collection[str] | None, **kwargs: Any
) -> None:
    """Whoever may not log in any more leaves all lists at once, and comes back with the account.

    A save of the whole row may have switched it: telling once too often costs less than looking what it was before.
    """
    if created or (update_fields is not None and "is_active" not in update_fields):
        return
    with transaction.atomic():
        for key in Technician.objects.filter(user=instance).values_list("pk", flat=True):
            technician_changed.send(sender=Technician, technician_id=key)


@receiver(skill_retired, dispatch_uid="move-profiles-to-the-successor")
def follow_successor(sender: Any, *, skill_id: int, successor_id: int | None, **kwargs: Any) -> None:
    """Move the rows of a retired skill to its successor, in the transaction of the change."""
    if successor_id is not None:
        services.replace_skill(skill_id=skill_id, successor_id=successor_id)


@receiver(credential_retired, dispatch_uid="move-certificates-to-the-successor")
def follow_credential(sender: Any, *, credential_id: int, successor_id: int | None, **kwargs: Any) -> None:
    """Move the certificates of a retired credential to its successor, in the transaction of the change."""
    if successor_id is not None:
        services.replace_credential(credential_id=credential_id, successor_id=successor_id)


@receiver(taxonomy_changed, dispatch_uid="link-own-words-again")
def follow_taxonomy(sender: Any, **kwargs: Any) -> None:
    """Link people's own words again once the change holds; should the broker be down, beat does it within the hour."""
    transaction.on_commit(partial(kick, RELINK))
