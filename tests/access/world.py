"""A small world with one of everything, and one user of each kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import connection
from django.test import Client

from tests import factories as make
from workforce.accounts.choices import Position
from workforce.accounts.models import Organization, User
from workforce.employers.models import Plant, Role
from workforce.hiring.models import Application, Placement
from workforce.notifications.models import Notification
from workforce.skills.models import Credential, Occupation, Skill
from workforce.technicians.models import Technician, TechnicianSkill
from workforce.training.models import Cohort, Enrolment, Programme

READING = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK")
LOGGING_IN = ("django_session", 'UPDATE "accounts_user" SET "last_login"')
UNCHANGING = {"sessions", "contenttypes", "auth", "sites", "admin", "account"}


@dataclass
class World:
    """What the rows of the access table may refer to.

    ``recruiter`` and ``viewer`` belong to ``employer``; ``institute`` (a user) to ``school``. ``technician`` is
    enrolled at ``school``, has applied to ``role`` and was placed; ``other_technician`` did nothing.
    """

    users: dict[str, User] = field(default_factory=dict)
    employer: Organization = None  # type: ignore[assignment]
    other_employer: Organization = None  # type: ignore[assignment]
    school: Organization = None  # type: ignore[assignment]
    other_school: Organization = None  # type: ignore[assignment]
    plant: Plant = None  # type: ignore[assignment]
    role: Role = None  # type: ignore[assignment]
    draft: Role = None  # type: ignore[assignment]
    skill: Skill = None  # type: ignore[assignment]
    occupation: Occupation = None  # type: ignore[assignment]
    credential: Credential = None  # type: ignore[assignment]
    technician: Technician = None  # type: ignore[assignment]
    other_technician: Technician = None  # type: ignore[assignment]
    technician_skill: TechnicianSkill = None  # type: ignore[assignment]
    application: Application = None  # type: ignore[assignment]
    programme: Programme = None  # type: ignore[assignment]
    cohort: Cohort = None  # type: ignore[assignment]
    enrolment: Enrolment = None  # type: ignore[assignment]
    placement: Placement = None  # type: ignore[assignment]
    notification: Notification = None  # type: ignore[assignment]

    def client(self, kind: str) -> Client:
        """Return a test client logged in as ``kind``."""
        client = Client(raise_request_exception=True)
        if kind != "anonymous":
            client.force_login(self.users[kind])
        return client


def build_world() -> World:
    """Make the world; about forty rows."""
    world = World()
    world.employer = make.OrganizationFactory(name="Planta Propia")
    world.other_employer = make.OrganizationFactory(name="Planta Ajena")
    world.school = make.OrganizationFactory(institute=True, name="Instituto Propio")
    world.other_school = make.OrganizationFactory(institute=True, name="Instituto Ajeno")
    _people(world)
    world.plant = make.PlantFactory(organization=world.employer)
    world.role = make.RoleFactory(plant=world.plant)
    world.draft = make.RoleFactory(plant=world.plant, draft=True)
    world.skill = make.SkillFactory()
    world.occupation = make.OccupationFactory()
    world.credential = make.CredentialFactory()
    make.RoleSkillFactory(role=world.role, skill=world.skill)
    make.RoleSkillFactory(role=world.draft, skill=world.skill)
    world.technician_skill = make.TechnicianSkillFactory(technician=world.technician, skill=world.skill)
    world.application = make.ApplicationFactory(role=world.role, technician=world.technician)
    make.GrantFactory(
        technician=world.technician, organization=world.employer, source=f"application:{world.application.pk}"
    )
    world.programme = make.ProgrammeFactory(organization=world.school)
    world.cohort = make.CohortFactory(programme=world.programme)
    world.enrolment = make.EnrolmentFactory(technician=world.technician, cohort=world.cohort)
    world.placement = make.PlacementFactory(technician=world.technician, recorded_for=world.school)
    world.notification = Notification.objects.create(
        user=world.users["technician"],
        kind="application_hired",
        params={"application": world.application.pk},
        dedupe_key="hired",
    )
    return world


def _people(world: World) -> None:
    world.technician = make.TechnicianFactory()
    world.other_technician = make.TechnicianFactory()
    places = {
        "recruiter": (world.employer, Position.RECRUITER),
        "viewer": (world.employer, Position.VIEWER),
        "other_employer": (world.other_employer, Position.OWNER),
        "institute": (world.school, Position.COUNSELLOR),
        "other_institute": (world.other_school, Position.OWNER),
    }
    for kind, (organization, position) in places.items():
        world.users[kind] = make.MembershipFactory(organization=organization, position=position).user
    world.users["technician"] = world.technician.user  # type: ignore[assignment]
    world.users["other_technician"] = world.other_technician.user  # type: ignore[assignment]
    world.users["staff"] = make.UserFactory(is_staff=True)


def everything_stored() -> dict[str, list[Any]]:
    """Return all rows of all of our tables, to say afterwards that nothing changed.

    Users are left out: logging in for the test itself writes when that was.
    """
    ours = [model for model in apps.get_models() if model._meta.app_label not in UNCHANGING and model is not User]
    return {model._meta.label: list(model._default_manager.order_by("pk").values_list()) for model in ours}


@contextmanager
def statements_that_write() -> Iterator[list[str]]:
    """Collect what is sent to the database and may change more there than the log-in of the test itself."""
    seen: list[str] = []

    def look(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if not sql.lstrip(" (").upper().startswith(READING) and not any(words in sql for words in LOGGING_IN):
            seen.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(look):
        yield seen
