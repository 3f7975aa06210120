"""Many technicians and roles, drawn with a fixed seed from the occupations that the database holds (import ESCO first).

    python benchmarks/generate_people.py --technicians 50000 --roles 2000 --seed 7

Each person has most of the skills of an occupation, some of a second one, and now and then an unrelated one: about
thirteen in all. Each role asks for a part of an occupation's. Shifts, zones, English, US work and dates are drawn so
that a believable part of the pairs meets every limit. Written in bulk past the services: no request is left behind,
rebuild afterwards.
"""

from __future__ import annotations

import argparse
import datetime
import os
import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workforce.config.settings")
os.environ.setdefault("PUENTE_ENV", "dev")

import django

django.setup()

from django.contrib.auth.hashers import make_password
from django.utils import timezone
from tqdm import tqdm

from workforce.accounts.choices import Verification
from workforce.accounts.models import Organization, User
from workforce.core.choices import Country
from workforce.employers.choices import RoleState
from workforce.employers.models import Plant, Role, RoleSkill
from workforce.places.models import Zone
from workforce.skills.models import OccupationSkill
from workforce.technicians.choices import EvidenceKind
from workforce.technicians.models import SkillEvidence, Technician, TechnicianSkill

BATCH = 2_000
FEWEST = 6  # skills that an occupation must have to be drawn from
SHIFTS = ("first", "second", "third", "mixed")
Crafts = dict[int, list[tuple[int, bool]]]


def crafts() -> Crafts:
    """Occupation -> its skills and whether they are essential, of those that have enough."""
    found: Crafts = defaultdict(list)
    rows = OccupationSkill.objects.order_by("occupation_id", "skill_id").values_list(
        "occupation_id", "skill_id", "essential"
    )
    for occupation, skill, essential in rows.iterator():
        found[occupation].append((skill, essential))
    usable = {occupation: skills for occupation, skills in found.items() if len(skills) >= FEWEST}
    if not usable:
        raise SystemExit("No occupation has enough skills: run load_taxonomy or import_esco first.")
    return usable


def batches(rows: Iterator[Any], size: int = BATCH) -> Iterator[list[Any]]:
    """Cut an endless enough iterator into lists."""
    while chunk := list(islice(rows, size)):
        yield chunk


class Draw:
    """What is drawn, all of it from one seeded generator."""

    def __init__(self, seed: int, skills: Crafts, zones: Sequence[Zone]) -> None:
        self.dice = random.Random(seed)
        self.crafts = skills
        self.occupations = sorted(skills)
        self.everything = sorted({skill for held in skills.values() for skill, _ in held})
        self.zones = zones
        self.today = timezone.localdate()

    def person(self, user: User) -> Technician:
        """Somebody's circumstances."""
        dice = self.dice
        zone = dice.choice(self.zones)
        american = zone.country == Country.US
        us_work = dice.choices(("citizen", "tn", "unstated", "none"), (60, 5, 30, 5) if american else (8, 4, 50, 38))[0]
        return Technician(
            user=user,
            given_names="Persona",
            paternal=f"de prueba {user.email}"[:60],
            zone=zone,
            own_transport=dice.random() < 0.35,
            shifts=dice.sample(SHIFTS, dice.choice((0, 1, 1, 2, 2, 3))),
            english=dice.choices(("", "A1", "A2", "B1", "B2", "C1"), (35, 20, 15, 14, 10, 6))[0],
            us_work=us_work,
            available_from=self.today + datetime.timedelta(days=dice.choice((0, 0, 0, 0, 7, 14, 30, 60))),
            discoverable=dice.random() < 0.95,
        )

    def skills_of_person(self) -> dict[int, int]:
        """Skill -> level: most of one occupation, some of another, a stray one."""
        dice = self.dice
        held = {
            skill
            for skill, essential in self.crafts[dice.choice(self.occupations)]
            if dice.random() < (0.7 if essential else 0.35)
        }
        if dice.random() < 0.4:
            other = self.crafts[dice.choice(self.occupations)]
            held |= {skill for skill, _ in dice.sample(other, min(len(other), 4))}
        held |= set(dice.sample(self.everything, 1))
        wanted = round(min(24.0, max(4.0, dice.gauss(13, 4))))
        chosen = dice.sample(sorted(held), min(wanted, len(held)))
        return {skill: dice.choices((1, 2, 3, 4), (20, 40, 30, 10))[0] for skill in chosen}

    def role(self, plant: Plant, number: int) -> tuple[Role, list[tuple[int, int, bool]]]:
        """A vacancy and what it asks for: (skill, level, must)."""
        dice = self.dice
        occupation = dice.choice(self.occupations)
        known = self.crafts[occupation]
        asked = dice.sample(known, min(len(known), dice.randint(5, 11)))
        needs = [
            (skill, dice.choices((1, 2, 3, 4), (20, 45, 30, 5))[0], essential and dice.random() < 0.25)
            for skill, essential in asked
        ]
        role = Role(
            organization_id=plant.organization_id,
            plant=plant,
            occupation_id=occupation,
            title_es=f"Vacante de prueba {number}",
            title_en=f"Test role {number}",
            openings=dice.choice((1, 1, 2, 3, 5, 10, 20)),
            shifts=dice.sample(SHIFTS, dice.choice((1, 1, 1, 2))),
            english_min=dice.choices(("", "A2", "B1", "B2"), (75, 8, 10, 7))[0],
            needs_us_work=plant.zone.country == Country.US,
            starts_on=self.today + datetime.timedelta(days=dice.choice((0, 7, 14, 30)))
            if dice.random() < 0.5
            else None,
            state=RoleState.PUBLISHED,
            published_at=timezone.now(),
        )
        return role, needs


def make_people(draw: Draw, count: int) -> int:
    """Users, technicians, skills and some evidence; returns the number of skill rows."""
    password, written = make_password(None), 0
    first = User.objects.count()
    numbers = iter(range(first, first + count))
    for chunk in tqdm(batches(numbers), total=-(-count // BATCH), desc="technicians", unit="batch", disable=None):
        users = User.objects.bulk_create(User(email=f"p{n}@generated.test", password=password) for n in chunk)
        people = Technician.objects.bulk_create(draw.person(user) for user in users)
        rows = TechnicianSkill.objects.bulk_create(
            (
                TechnicianSkill(technician=person, skill_id=skill, level=level)
                for person in people
                for skill, level in draw.skills_of_person().items()
            ),
            batch_size=BATCH,
        )
        proven = [row for row in rows if draw.dice.random() < 0.08]
        SkillEvidence.objects.bulk_create(
            (SkillEvidence(technician_skill=row, kind=EvidenceKind.ASSESSED, level=row.level) for row in proven),
            batch_size=BATCH,
        )
        written += len(rows)
    return written


def make_plants(draw: Draw, count: int) -> list[Plant]:
    """Verified employers of two plants each."""
    employers = Organization.objects.bulk_create(
        Organization(
            name=f"Planta de prueba {n}",
            slug=f"generated-{draw.dice.getrandbits(40):x}",
            is_employer=True,
            verification=Verification.VERIFIED,
        )
        for n in range(count)
    )
    return Plant.objects.bulk_create(
        Plant(
            organization=one, name=f"Nave {n}", zone=draw.dice.choice(draw.zones), company_bus=draw.dice.random() < 0.5
        )
        for one in employers
        for n in (1, 2)
    )


def make_roles(draw: Draw, count: int) -> int:
    """Roles and their needs; returns the number of needs."""
    plants = make_plants(draw, max(1, min(100, count // 10)))
    written = 0
    for chunk in batches(iter(range(count))):
        drawn = [draw.role(draw.dice.choice(plants), number) for number in chunk]
        roles = Role.objects.bulk_create(role for role, _ in drawn)
        needs = [
            RoleSkill(role=role, skill_id=skill, level=level, must=must)
            for role, (_, asked) in zip(roles, drawn, strict=True)
            for skill, level, must in asked
        ]
        RoleSkill.objects.bulk_create(needs, batch_size=BATCH)
        written += len(needs)
    return written


def main() -> None:
    """Read the arguments, make everything, say how much."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--technicians", type=int, default=50_000)
    parser.add_argument("--roles", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    zones = list(Zone.objects.order_by("code"))
    if not zones:
        raise SystemExit("There are no zones: run load_places first.")
    began = time.perf_counter()
    draw = Draw(options.seed, crafts(), zones)
    skills = make_people(draw, options.technicians)
    needs = make_roles(draw, options.roles)
    seconds = time.perf_counter() - began
    sys.stdout.write(
        f"{options.technicians} technicians with {skills} skills and {options.roles} roles with {needs} needs "
        f"from {len(draw.occupations)} occupations in {seconds:.1f} s\n"
    )


if __name__ == "__main__":
    main()
