"""Notifications and their surroundings for tests."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from tests import factories as make
from workforce.accounts.choices import Position
from workforce.accounts.models import User
from workforce.hiring.models import Application
from workforce.notifications.choices import Cadence, Channel
from workforce.notifications.models import Delivery, Notification, Preference
from workforce.notifications.services import notify


def application(**kwargs: Any) -> Application:
    """An application whose employer may see the name, as hiring makes one."""
    made: Any = make.ApplicationFactory(**kwargs)
    make.GrantFactory(technician=made.technician, organization=made.role.organization, source=f"application:{made.pk}")
    return made


def recruiter_of(row: Application) -> User:
    """A recruiter of the organization that was applied to."""
    member: Any = make.MembershipFactory(organization=row.role.organization, position=Position.RECRUITER)
    return member.user


def told(user: User, key: str = "k", *, kind: str = "application_hired", about: Any = None) -> Notification:
    """Tell ``user`` of an application of theirs (or of ``about``), through the service."""
    about = about or application(technician=getattr(user, "technician", None) or make.TechnicianFactory(user=user))
    notify(user_ids=[user.pk], kind=kind, params={"application": about.pk}, dedupe_key=key)
    return Notification.objects.get(user=user, dedupe_key=key)


def delivery(**user: Any) -> Delivery:
    """A mail that is due."""
    return told(make.UserFactory(**user)).deliveries.get()


def wants(user: User, category: str, cadence: str, channel: str = Channel.EMAIL) -> None:
    """Choose a cadence."""
    Preference.objects.update_or_create(user=user, category=category, channel=channel, defaults={"cadence": cadence})


def waiting(user: User, key: str, at: datetime, cadence: str = Cadence.DAILY) -> Delivery:
    """A delivery that waits for a summary since ``at``."""
    wants(user, "applications", cadence)
    row = told(user, key).deliveries.get()
    Delivery.objects.filter(pk=row.pk).update(created_at=at)
    return row


def make_due() -> None:
    """Let the wait of everything be over."""
    Delivery.objects.update(next_try_at=timezone.now())
