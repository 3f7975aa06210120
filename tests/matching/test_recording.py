"""Score, rank and engine version are kept at the moment of applying, as the lists stand then."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from matching.choices import ListPart
from matching.editions import current_edition
from matching.models import RoleMatches, ScoreSnapshot, TechnicianMatches
from matching.rebuilds import rebuild_everything
from matching.recording import record_score
from matching.stored import unpack
from tests.factories import MembershipFactory, RoleFactory, TechnicianFactory
from tests.matching import world
from workforce.accounts.choices import Position
from workforce.core.personal import Person
from workforce.employers.models import Role
from workforce.hiring.choices import ApplicationState
from workforce.hiring.models import Application
from workforce.hiring.services import apply_to_role, move_application
from workforce.privacy.exporting import export_person
from workforce.technicians.models import Technician

pytestmark = pytest.mark.django_db


def listed_pair() -> tuple[Technician, Role, int]:
    """Somebody on a role's list, not the first one, and their place."""
    for stored in RoleMatches.objects.order_by("pk"):
        ids = unpack(stored).full.ids.tolist()
        if len(ids) > 1:
            return Technician.objects.get(pk=ids[1]), Role.objects.get(pk=stored.pk), 2
    raise AssertionError("no list is long enough")
