"""A small plant town: skills with relations, people, roles."""

from __future__ import annotations

import random
from typing import Any

from django.db import transaction

from matching.choices import SubjectKind
from matching.models import RoleMatches, TechnicianMatches
from matching.services import request_refresh
from matching.stored import unpack
from tests.factories import (
    OccupationFactory,
    PlantFactory,
    RoleFactory,
    RoleSkillFactory,
    SkillFactory,
    TechnicianFactory,
    TechnicianSkillFactory,
    ZoneFactory,
)
from workforce.employers.models import Role
from workforce.places.models import Zone
from workforce.skills.models import OccupationSkill, Skill, SkillRelation
from workforce.technicians.models import Technician


def skills(count: int = 12) -> list[Skill]:
    """Skills in pairs: the even one covers its odd neighbour by 0.6; each occupation asks for four of them."""
    made = [SkillFactory(code=f"craft-{n:02d}") for n in range(count)]
    for n in range(0, count - 1, 2):
        SkillRelation.objects.create(source_skill=made[n], target_skill=made[n + 1], strength=0.6)
    for n in range(0, count - 3, 3):
        occupation = OccupationFactory()
        for skill in made[n : n + 4]:
            OccupationSkill.objects.create(occupation=occupation, skill=skill, essential=skill is made[n])
    return made


def technician(*held: tuple[Skill, int], **fields: Any) -> Technician:
    """Somebody with skills at levels."""
    made = TechnicianFactory(**fields)
    for skill, level in held:
        TechnicianSkillFactory(technician=made, skill=skill, level=level)
    return made


def role(*needs: tuple[Skill, int], must: tuple[Skill, ...] = (), **fields: Any) -> Role:
    """A role with needs at levels; those in ``must`` are must-haves."""
    made = RoleFactory(**fields)
    for skill, level in needs:
        RoleSkillFactory(role=made, skill=skill, level=level, must=skill in must)
    return made


def town(people: int = 20, roles: int = 8, seed: int = 7) -> tuple[list[Technician], list[Role]]:
    """People and roles of random skills, shifts and levels; the same for the same seed."""
    dice, crafts = random.Random(seed), skills()
    zone: Zone = ZoneFactory()
    plant = PlantFactory(zone=zone)
    shifts = ["first", "second", "third"]
    persons = [
        technician(
            *((skill, dice.randint(1, 4)) for skill in dice.sample(crafts, dice.randint(2, 6))),
            zone=zone,
            shifts=dice.sample(shifts, dice.randint(0, 2)),
            discoverable=dice.random() > 0.2,
        )
        for _ in range(people)
    ]
    offers = [
        role(
            *((skill, dice.randint(1, 4)) for skill in dice.sample(crafts, dice.randint(2, 5))),
            plant=plant,
            shifts=[dice.choice(shifts)],
        )
        for _ in range(roles)
    ]
    return persons, offers


def ask(kind: SubjectKind, object_id: int) -> None:
    """Ask for a refresh, as a service does in its transaction."""
    with transaction.atomic():
        request_refresh(kind, object_id)


def lists(model: type[TechnicianMatches] | type[RoleMatches]) -> dict[int, tuple[list[tuple[int, int, int]], ...]]:
    """Every stored list: owner -> (full, near) as (id, order, failed limit)."""
    return {
        row.pk: tuple(
            [
                (id_, order, failed)
                for id_, order, failed in zip(
                    part.ids.tolist(), part.orders.tolist(), part.failed.tolist(), strict=True
                )
            ]
            for part in (unpack(row).full, unpack(row).near)
        )
        for row in model.objects.order_by("pk")
    }


def both() -> tuple[Any, Any]:
    """The lists of both sides."""
    return lists(TechnicianMatches), lists(RoleMatches)


def reachable() -> tuple[dict[int, int], dict[int, int]]:
    """How many pairs are within reach, as stored, on both sides."""
    return tuple(  # type: ignore[return-value]
        dict(model.objects.order_by("pk").values_list("pk", "reachable")) for model in (TechnicianMatches, RoleMatches)
    )
