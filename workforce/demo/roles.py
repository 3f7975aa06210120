"""A hundred and twelve invented roles at ten plants, half of them written in Spanish only, half in English only."""

from __future__ import annotations

import datetime

from django.utils import timezone

from workforce.accounts.choices import Verification
from workforce.accounts.models import Organization, User
from workforce.accounts.services import create_organization, set_verification
from workforce.core.choices import Currency, PayPeriod
from workforce.demo.chance import Chance
from workforce.demo.people import PLAIN_SHIFTS, in_sentence
from workforce.demo.plants import PLANTS, DemoPlant
from workforce.demo.routes import make_routes
from workforce.demo.texts import DUTIES
from workforce.employers.choices import Benefit
from workforce.employers.models import Plant, Role
from workforce.employers.rules import CredentialNeed, SkillNeed
from workforce.employers.services import publish_role, save_role
from workforce.places.models import Park, Zone
from workforce.skills.models import Occupation

ROLES = 112
WEEKLY_BY_LEVEL = (3200, 4100, 5800, 9500)
HOURLY_USD_BY_LEVEL = (14, 17, 23, 34)


class RoleMaker:
    """Makes companies, plants and their roles by the services that people use too."""

    def __init__(self, chance: Chance, owner: User) -> None:
        self.chance = chance
        self.route_chance = Chance(2)  # its own: routes change nothing of what else is made
        self.owner = owner
        self.today = timezone.localdate()
        self.occupations = {
            row.code: row
            for row in Occupation.objects.active().prefetch_related("occupation_skills__skill__credentials")
        }

    def make(self, count: int = ROLES) -> list[Role]:
        """Make the plants and ``count`` published roles, in turn over plants and what each hires."""
        plants = [(demo, self._plant(demo)) for demo in PLANTS]
        jobs = [(plant, code) for demo, plant in plants for code in demo.occupations if code in self.occupations]
        self.chance.shuffle(jobs)
        return [self._role(*jobs[number % len(jobs)], number) for number in range(count)]

    def _plant(self, demo: DemoPlant) -> Plant:
        organization = Organization.objects.filter(name=demo.company).first()
        if organization is None:
            organization = create_organization(user=self.owner, name=demo.company, is_employer=True)
            organization.description_es, organization.description_en = demo.about_es, demo.about_en
            organization.save()
            set_verification(organization_id=organization.pk, verification=Verification.VERIFIED)
        zone = Zone.objects.get(code=demo.zone)
        plant = Plant.objects.create(
            organization=organization,
            name=demo.name,
            zone=zone,
            park=Park.objects.filter(code=demo.park).first(),
            company_bus=demo.bus,
        )
        if demo.bus:
            make_routes(plant, self.route_chance)
        return plant

    def _role(self, plant: Plant, code: str, number: int) -> Role:
        job = self.occupations[code]
        needs = self._needs(job)
        role = save_role(
            actor=self.owner,
            organization=plant.organization,
            values=self._values(plant, job, "es" if number % 2 == 0 else "en"),
            skills=needs,
            credentials=self._credentials(job, needs),
        )
        return publish_role(role=role)

    def _values(self, plant: Plant, job: Occupation, language: str) -> dict[str, object]:
        chance, in_us = self.chance, plant.zone.country == "US"
        level = job.level or 2
        title = (job.title_en if language == "en" else job.title_es) or ""
        description = chance.choice(DUTIES[language]).format(title=in_sentence(title))
        base = HOURLY_USD_BY_LEVEL[level - 1] if in_us else WEEKLY_BY_LEVEL[level - 1]
        pay = base + chance.randint(0, 3) * (1 if in_us else 150)
        return {
            "plant": plant,
            "occupation": job,
            "original_language": language,
            f"title_{language}": title,
            f"description_{language}": description[:1].upper() + description[1:],
            "openings": chance.choice((1, 1, 2, 3)) if level > 1 else chance.choice((5, 10, 20, 40)),
            "shifts": sorted(chance.some(PLAIN_SHIFTS, chance.choice((1, 1, 2)))),
            "pay_min": pay,
            "pay_max": pay + (2 if in_us else 400) if chance.maybe(0.5) else None,
            "pay_period": PayPeriod.HOUR if in_us else PayPeriod.WEEK,
            "pay_currency": Currency.USD if in_us else Currency.MXN,
            "weekly_hours": 40 if in_us else chance.choice((45, 48)),
            "benefits": [Benefit.MEDICAL] if in_us else sorted(chance.some(list(Benefit), 4)),
            "english_min": ("B1" if level > 2 else "A2") if in_us else ("B1" if level == 4 else ""),
            "needs_us_work": in_us,
            "starts_on": self.today + datetime.timedelta(days=chance.choice((14, 21, 35, 45))),
            "closes_at": self.today + datetime.timedelta(days=chance.randint(30, 90)),
        }

    def _needs(self, job: Occupation) -> list[SkillNeed]:
        rows = list(job.occupation_skills.all())
        essential = [row for row in rows if row.essential]
        extra = self.chance.some([row for row in rows if not row.essential], 3)
        musts = {row.pk for row in essential[: 1 + (job.level or 2) // 3]}
        return [SkillNeed(skill_id=row.skill_id, level=row.level, must=row.pk in musts) for row in [*essential, *extra]]

    def _credentials(self, job: Occupation, needs: list[SkillNeed]) -> list[CredentialNeed]:
        """Forklifts, welding and the like ask for paper now and then."""
        if not self.chance.maybe(0.25):
            return []
        asked = {need.skill_id for need in needs}
        for row in job.occupation_skills.all():
            for credential in row.skill.credentials.all():
                if row.skill_id in asked:
                    return [CredentialNeed(credential_id=credential.pk, must=self.chance.maybe(0.4))]
        return []
