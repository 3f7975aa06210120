"""Three invented institutes with programmes, cohorts, learners and placements."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal

from django.utils import timezone

from workforce.accounts.choices import Verification
from workforce.accounts.models import Organization, User
from workforce.accounts.services import create_organization, set_verification
from workforce.demo.chance import Chance
from workforce.demo.people import title_of
from workforce.demo.plants import PLANTS
from workforce.hiring.choices import Related
from workforce.skills.models import Occupation
from workforce.technicians.models import Technician
from workforce.training.choices import EnrolmentState, Modality
from workforce.training.models import Cohort, Enrolment, Programme, ProgrammeSkill
from workforce.training.services import Job, answer_enrolment, enrol, record_placement

INSTITUTES = (
    (
        "Instituto Técnico Chamizal",
        (
            ("Mantenimiento industrial", "Industrial maintenance", "maintenance-technician"),
            ("Automatización y PLC", "Automation and PLC", "automation-technician"),
            ("Soldadura MIG y TIG", "MIG and TIG welding", "welder"),
        ),
    ),
    (
        "Centro de Capacitación Río Grande",
        (
            ("Operación de montacargas y almacén", "Forklift and warehouse operation", "forklift-operator"),
            ("Inspección de calidad", "Quality inspection", "quality-inspector"),
        ),
    ),
    (
        "Desert Sun Technical College",
        (
            ("Maquinado CNC", "CNC machining", "cnc-machinist"),
            ("Técnico en SMT", "SMT technician", "smt-technician"),
        ),
    ),
)
LEARNERS = 12


class InstituteMaker:
    """Makes institutes whose learners are people of the demo."""

    def __init__(self, chance: Chance, owner: User) -> None:
        self.chance = chance
        self.owner = owner
        self.today = timezone.localdate()

    def make(self, people: Sequence[Technician]) -> list[Organization]:
        """Make all of them; each learner is in one cohort only."""
        waiting = list(people)
        self.chance.shuffle(waiting)
        return [self._institute(name, programmes, waiting) for name, programmes in INSTITUTES]

    def _institute(
        self, name: str, programmes: Sequence[tuple[str, str, str]], waiting: list[Technician]
    ) -> Organization:
        organization = create_organization(user=self.owner, name=name, is_institute=True)
        set_verification(organization_id=organization.pk, verification=Verification.VERIFIED)
        for name_es, name_en, code in programmes:
            programme = Programme.objects.create(
                organization=organization,
                name_es=name_es,
                name_en=name_en,
                modality=self.chance.choice(list(Modality)),
                hours=self.chance.choice((80, 120, 240)),
            )
            occupation = Occupation.objects.prefetch_related("occupation_skills").get(code=code)
            ProgrammeSkill.objects.bulk_create(
                ProgrammeSkill(programme=programme, skill_id=row.skill_id, level=min(3, row.level))
                for row in occupation.occupation_skills.all()
            )
            for months_ago in (10, 3):
                self._cohort(programme, months_ago, waiting, title_of(occupation, "es", self.chance))
        return organization

    def _cohort(self, programme: Programme, months_ago: int, waiting: list[Technician], job_title: str) -> None:
        starts = self.today - datetime.timedelta(days=30 * months_ago + 90)
        ends = starts + datetime.timedelta(days=100)
        cohort = Cohort.objects.create(
            programme=programme, name=f"{starts:%Y}-{starts:%m}", starts_on=starts, ends_on=ends, seats=20
        )
        for _ in range(LEARNERS):
            person = waiting.pop()
            email = person.user.email if person.user else ""
            enrolment = enrol(cohort=cohort, listed_name=person.full_name, listed_email=email or "", actor=self.owner)
            if person.user and self.chance.maybe(0.8):
                answer_enrolment(enrolment=enrolment, actor=person.user, share_outcomes=self.chance.maybe(0.8))
            if ends < self.today:
                Enrolment.objects.filter(pk=enrolment.pk).update(state=EnrolmentState.COMPLETED, exited_on=ends)
                self._placement(enrolment, ends, job_title)

    def _placement(self, enrolment: Enrolment, ends: datetime.date, job_title: str) -> None:
        if not self.chance.maybe(0.6):
            return
        plant = self.chance.choice(PLANTS)
        hired_on = min(self.today, ends + datetime.timedelta(days=self.chance.randint(5, 80)))
        record_placement(
            enrolment=enrolment,
            actor=self.owner,
            job=Job(
                hired_on=hired_on,
                employer=Organization.objects.filter(name=plant.company).first(),
                employer_name=plant.company,
                job_title=job_title,
                base_pay=Decimal(self.chance.randrange(3300, 7200, 100)),
                related=self.chance.choice((Related.YES, Related.YES, Related.PARTLY, Related.NO)),
            ),
        )
