"""Makes the whole demo in one transaction: all of it or nothing."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from workforce.accounts.choices import Position
from workforce.accounts.models import Membership, Organization, User
from workforce.demo.chance import SEED, Chance
from workforce.demo.institutes import InstituteMaker
from workforce.demo.people import PeopleMaker
from workforce.demo.roles import RoleMaker
from workforce.demo.texts import ANSWERS
from workforce.employers.models import Role
from workforce.hiring.choices import ApplicationState
from workforce.hiring.services import apply_to_role, move_application
from workforce.places.models import Zone
from workforce.skills.models import Occupation
from workforce.technicians.models import Technician

TECHNICIAN, EMPLOYER, INSTITUTE, STAFF = (
    "tecnica@demo.puente.test",
    "empresa@demo.puente.test",
    "instituto@demo.puente.test",
    "equipo@demo.puente.test",
)
MAIN_COMPANY = "Paso Circuitos"
MAIN_JOB = "maintenance-technician"


@dataclass(frozen=True)
class DemoCounts:
    """How much was made."""

    technicians: int
    roles: int
    institutes: int


def demo_exists() -> bool:
    """Whether the demo was made before."""
    return User.objects.filter(email=TECHNICIAN).exists()


@transaction.atomic
def make_demo() -> DemoCounts:
    """Make invented people, plants, roles, institutes, applications and the four log-ins.

    Needs the taxonomy and the zones (``load_taxonomy``, ``load_places``). The demo's background owner keeps all
    organizations; the log-ins shown are members of one company and one institute only.
    """
    chance = Chance(SEED)
    password = make_password(settings.DEMO_PASSWORD)
    owner = User.objects.create_user("fondo@demo.puente.test", None, language="es")
    people = PeopleMaker(chance)
    technicians = people.make()
    roles = RoleMaker(chance, owner).make()
    institutes = InstituteMaker(chance, owner).make(technicians)
    technicians.append(_main_person(people, password))
    _member(EMPLOYER, "en", password, Organization.objects.get(name=MAIN_COMPANY), Position.RECRUITER)
    _member(INSTITUTE, "es", password, institutes[0], Position.COUNSELLOR)
    User.objects.create(email=STAFF, language="es", password=password, is_staff=True, is_superuser=True)
    _applications(chance, technicians, roles, owner)
    return DemoCounts(len(technicians), len(roles), len(institutes))


def _main_person(people: PeopleMaker, password: str) -> Technician:
    """The technician whose log-in is shown."""
    user = User.objects.create(email=TECHNICIAN, language="es", password=password)
    person = Technician.objects.create(
        user=user,
        given_names="María Elena",
        paternal="Ríos",
        maternal="Nevárez",
        summary_es="Técnica de mantenimiento con doce años en electrónica y moldeo. Me gusta encontrar la falla.",
        zone=Zone.objects.get(code="juarez-las-torres"),
        own_transport=True,
        shifts=["first", "second", "third"],
        english="B1",
        available_from=timezone.localdate(),
        pay_min=5500,
    )
    jobs = Occupation.objects.prefetch_related("occupation_skills")
    people.give_skills(person, jobs.get(code=MAIN_JOB), second=jobs.get(code="automation-technician"))
    return person


def _member(email: str, language: str, password: str, organization: Organization, position: Position) -> None:
    user = User.objects.create(email=email, language=language, password=password)
    Membership.objects.create(user=user, organization=organization, position=position)


def _applications(chance: Chance, technicians: list[Technician], roles: list[Role], owner: User) -> None:
    """Some applied; some of these were answered."""
    for role in roles:
        for person in chance.some(technicians[:-1], chance.randint(0, 4)):
            if person.user is None:
                continue
            application = apply_to_role(technician=person, role=role, actor=person.user)
            if chance.maybe(0.4):
                move_application(
                    application=application,
                    to_state=chance.choice((ApplicationState.REVIEWING, ApplicationState.INTERVIEW)),
                    actor=owner,
                    answer=ANSWERS[person.user.language],
                )
