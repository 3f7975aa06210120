"""A clock that tests set, and people who wait for an answer by it."""

from __future__ import annotations

import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from tests import factories as make
from workforce.accounts.choices import Position
from workforce.employers.models import Role
from workforce.hiring.models import Application
from workforce.hiring.services import apply_to_role

JUAREZ, DENVER = "America/Ciudad_Juarez", "America/Denver"


class Clock:
    """Says what time it is for whoever asks ``django.utils.timezone``."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = timezone.now()
        monkeypatch.setattr(timezone, "now", lambda: self.now)

    def at(self, local: str, zone: str = JUAREZ) -> None:
        """Set it to a local time such as ``2026-11-01 09:00``."""
        self.now = datetime.datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone)).astimezone(datetime.UTC)


def role_in(zone: str = JUAREZ, **fields: Any) -> Role:
    """A role of a plant with this time zone, and one recruiter."""
    plant = make.PlantFactory(time_zone=zone)
    role: Role = make.RoleFactory(plant=plant, **fields)
    make.MembershipFactory(organization=role.organization, position=Position.RECRUITER)
    return role


def applied(role: Role) -> Application:
    """Somebody new applies now."""
    person = make.TechnicianFactory()
    return apply_to_role(technician=person, role=role, actor=person.user)
