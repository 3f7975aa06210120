"""What technicians do when others tell something."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from workforce.accounts.events import job_seeker_joined
from workforce.accounts.models import User
from workforce.accounts.services import PersonNames
from workforce.technicians import services


@receiver(job_seeker_joined, dispatch_uid="make-profile-of-job-seeker")
def make_profile(sender: type[User], *, user: User, names: PersonNames, **kwargs: Any) -> None:
    """Make the profile of somebody who signed up to look for work, in the transaction of the sign-up."""
    services.create_technician(user=user, names=names)
