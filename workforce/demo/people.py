"""Four hundred and twenty invented technicians, half of whom write in English."""

from __future__ import annotations

import datetime

from django.utils import timezone

from workforce.accounts.models import User
from workforce.core.choices import Shift, SkillLevel
from workforce.demo.chance import Chance
from workforce.demo.names import GIVEN, SURNAMES
from workforce.demo.texts import SUMMARY
from workforce.places.models import Zone
from workforce.skills.models import Credential, Occupation
from workforce.technicians.choices import EvidenceKind, UsWork
from workforce.technicians.models import Certificate, Experience, SkillEvidence, Technician, TechnicianSkill

PEOPLE = 420
PLAIN_SHIFTS = (Shift.FIRST, Shift.SECOND, Shift.THIRD)
PAST_EMPLOYERS = (
    "Ensambles Chamizal",
    "Cablería Norteña",
    "Plásticos El Sauzal",
    "Desert Peak Assembly",
    "Taller familiar",
)


def title_of(occupation: Occupation, language: str, chance: Chance) -> str:
    """Return the occupation's name as a person would write it: one gender form in Spanish."""
    if language == "en":
        return occupation.title_en or ""
    first, slash, rest = (occupation.title_es or "").partition("/")
    if not slash:
        return first
    second, _space, tail = rest.partition(" ")
    form = chance.choice((first, second))
    return f"{form} {tail}".strip()


def in_sentence(title: str) -> str:
    """Return a title as it stands inside a sentence: abbreviations such as CNC keep their capitals."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


class PeopleMaker:
    """Makes technicians in bulk: few queries, the same people every time."""

    def __init__(self, chance: Chance) -> None:
        self.chance = chance
        self.today = timezone.localdate()
        self.occupations = list(Occupation.objects.active().prefetch_related("occupation_skills").order_by("code"))
        self.zones = list(Zone.objects.active().order_by("code"))
        self.credentials = {
            row.code: row for row in Credential.objects.prefetch_related("credential_skills").order_by("code")
        }

    def make(self, count: int = PEOPLE) -> list[Technician]:
        """Make ``count`` technicians with skills, evidence and experience."""
        users = User.objects.bulk_create(self._user(number) for number in range(count))
        chosen = [self._occupation() for _ in users]
        people = [self._person(user, job) for user, job in zip(users, chosen, strict=True)]
        Technician.objects.bulk_create(people)
        for person, job in zip(people, chosen, strict=True):
            self.give_skills(person, job)
        return people

    def _user(self, number: int) -> User:
        language = "es" if number % 2 == 0 else "en"
        user = User(email=f"persona{number:03d}@demo.puente.test", language=language)
        user.set_unusable_password()
        return user

    def _occupation(self) -> Occupation:
        """Operators are many and engineers few, as in a plant."""
        weights = [6 - (row.level or 2) for row in self.occupations]
        return self.chance.choices(self.occupations, weights)[0]

    def _person(self, user: User, job: Occupation) -> Technician:
        chance, language = self.chance, user.language
        zone = chance.choice(self.zones)
        in_us = zone.country == "US"
        years = chance.randint(1, 25)
        summary = chance.choice(SUMMARY[language]).format(
            years=years, title=in_sentence(title_of(job, language, chance))
        )
        summary = summary[:1].upper() + summary[1:]
        return Technician(
            user=user,
            given_names=chance.choice(GIVEN),
            paternal=chance.choice(SURNAMES),
            maternal=chance.choice(SURNAMES),
            phone=f"+52 656 555 {chance.randint(0, 9999):04d}",
            summary_es=summary if language == "es" else None,
            summary_en=summary if language == "en" else None,
            original_language=language,
            zone=zone,
            own_transport=chance.maybe(0.55 if not in_us else 0.9),
            shifts=sorted(chance.some(PLAIN_SHIFTS, chance.randint(1, 3))) if chance.maybe(0.7) else [],
            english=self._english(language, job.level or 2),
            us_work=self._us_work(in_us=in_us),
            available_from=self.today + datetime.timedelta(days=chance.choice((0, 0, 0, 7, 14, 30))),
            pay_min=chance.randrange(2800, 4200, 100) + 1200 * ((job.level or 2) - 1),
        )

    def _english(self, language: str, level: int) -> str:
        if language == "en":
            return self.chance.choice(("B1", "B2", "B2", "C1", "C2"))
        return self.chance.choice(("", "", "A1", "A2", "A2", "B1", "B2")[: 4 + level])

    def _us_work(self, *, in_us: bool) -> UsWork:
        if in_us:
            return self.chance.choice((UsWork.CITIZEN, UsWork.CITIZEN, UsWork.RESIDENT, UsWork.TN))
        return self.chance.choice(
            (UsWork.NONE, UsWork.NONE, UsWork.UNSTATED, UsWork.UNSTATED, UsWork.TN, UsWork.RESIDENT)
        )

    def give_skills(self, person: Technician, job: Occupation, *, second: Occupation | None = None) -> None:
        """Give most of what the job calls for, near its usual level, and something of a second job."""
        chance = self.chance
        rows: dict[int, TechnicianSkill] = {}
        second = second or chance.choice(self.occupations)
        wanted = [(row, 0.92 if row.essential else 0.45) for row in job.occupation_skills.all()]
        wanted += [(row, 0.25) for row in second.occupation_skills.all()]
        for row, probability in wanted:
            if row.skill_id not in rows and chance.maybe(probability):
                level = min(SkillLevel.EXPERT, max(SkillLevel.BASIC, row.level + chance.choice((-1, 0, 0, 0, 1))))
                rows[row.skill_id] = TechnicianSkill(technician=person, skill_id=row.skill_id, level=level)
        TechnicianSkill.objects.bulk_create(rows.values())
        self._prove(person, rows)
        self._experience(person, job)

    def _prove(self, person: Technician, rows: dict[int, TechnicianSkill]) -> None:
        """Some hold a certificate for what they do; staff has checked about half of these."""
        for credential in self.credentials.values():
            proves = [row for row in credential.credential_skills.all() if row.skill_id in rows]
            if not proves or not self.chance.maybe(0.3):
                continue
            issued = self.today - datetime.timedelta(days=self.chance.randint(30, 900))
            months = credential.valid_months
            expires = issued + datetime.timedelta(days=30 * months) if months else None
            certificate = Certificate.objects.create(
                technician=person,
                credential=credential,
                issued_on=issued,
                expires_on=expires,
                verified_at=timezone.now() if credential.pk % 2 == person.pk % 2 else None,  # no draw: others stay
            )
            SkillEvidence.objects.bulk_create(
                SkillEvidence(
                    technician_skill=rows[row.skill_id],
                    kind=EvidenceKind.CERTIFIED if certificate.is_verified else EvidenceKind.STATED,
                    level=row.level,
                    certificate=certificate,
                    expires_on=expires,
                )
                for row in proves
            )

    def _experience(self, person: Technician, job: Occupation) -> None:
        chance, language = self.chance, person.original_language
        until = self.today - datetime.timedelta(days=chance.randint(0, 200))
        title = title_of(job, language, chance)
        Experience.objects.create(
            technician=person,
            title_es=title if language == "es" else None,
            title_en=title if language == "en" else None,
            employer=chance.choice(PAST_EMPLOYERS),
            started_on=until - datetime.timedelta(days=chance.randint(200, 3000)),
            ended_on=until,
            informal=chance.maybe(0.15),
        )
