"""Who the reader is."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from workforce.accounts.models import User
from workforce.core.personal import Person
from workforce.technicians.models import Technician


def reader(request: HttpRequest) -> User:
    """Return the user; LoginRequiredMiddleware has sent everybody else to log in."""
    return cast(User, request.user)


def profile_of(user: User) -> Technician | None:
    """Return the profile of a job seeker, in whatever state; None for others."""
    found: Technician | None = Technician.objects.filter(user=user).first()
    return found


def person_of(user: User) -> Person:
    """Return whose data the reader's are."""
    technician = profile_of(user)
    return Person(user.pk, technician.pk if technician else None)
