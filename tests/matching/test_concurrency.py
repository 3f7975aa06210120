"""Workers, people who save and a rebuild at once: the lists end as if all had come one after the other."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from django.db import connection

from matching import rebuilds, refresh
from matching.choices import SubjectKind
from matching.editions import current_edition
from matching.engine.constants import NONE_FAILED
from matching.merging import Moves, merge
from matching.models import RefreshRequest, RoleMatches, TechnicianMatches
from matching.sequence import current_number, next_number
from tests.matching import world
from tests.threads import at_once, at_once_numbered
from workforce.employers.models import Role
from workforce.employers.services import close_role, publish_role
from workforce.technicians.models import Technician
from workforce.technicians.services.skills import SkillEntry, save_skills

pytestmark = pytest.mark.django_db(transaction=True)
FIRST = 2**64 - 2  # an order before all others
Step = Callable[[], object]


def needs_postgresql() -> None:
    """SQLite lets one writer in at a time, so nothing there happens at once."""
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: python -m tests.services -- pytest ...")


def drain() -> None:
    """Work off what is pending, as a worker does."""
    refresh.drain(wait=60)


def steps(people: list[Technician], roles: list[Role], dice: random.Random) -> list[Step]:
    """Changes that commute (each of another person or role), workers, and a rebuild."""

    def save(person: Technician, level: int) -> Step:
        entries = [SkillEntry(row.skill_id, level) for row in person.technician_skills.all()]

        def step() -> None:
            save_skills(technician_id=person.pk, revision=None, entries=entries)
            drain()

        return step

    def close(role: Role) -> Step:
        return lambda: (close_role(role=role), drain())

    made: list[Step] = [save(person, dice.randint(1, 3)) for person in people[:4]]
    made += [close(role) for role in roles[:2]]
    made += [lambda: (rebuilds.rebuild_now(shards=2), drain()), drain]
    dice.shuffle(made)
    return made


def settled() -> tuple[Any, Any, Any]:
    """Both sides' lists and counts once nothing is pending."""
    drain()
    assert RefreshRequest.objects.count() == 0
    return *world.both(), world.reachable()


@pytest.mark.parametrize("seed", range(3))
def test_merges_a_rebuild_and_closes_at_once_end_in_the_same_lists_as_in_sequence(seed: int) -> None:
    needs_postgresql()
    people, roles = world.town(people=10, roles=5, seed=seed)
    rebuilds.rebuild_now()
    held = {
        person.pk: [SkillEntry(row.skill_id, row.level) for row in person.technician_skills.all()] for person in people
    }
    work = steps(people, roles, random.Random(seed))
    for step in work:
        step()
    in_sequence = settled()
    assert not {role.pk for role in roles[:2]} & set(in_sequence[1])

    for person in people[:4]:  # back to where it began
        save_skills(technician_id=person.pk, revision=None, entries=held[person.pk])
    for role in roles[:2]:
        publish_role(role=role)
    drain()
    assert settled() != in_sequence

    assert [found for found in at_once(work) if isinstance(found, Exception)] == []
    assert settled() == in_sequence
    rebuilds.rebuild_now()
    assert settled() == in_sequence


def test_two_merges_into_one_list_at_once_lose_neither() -> None:
    needs_postgresql()
    people, _roles = world.town(people=12, roles=4)
    rebuilds.rebuild_now()
    edition = current_edition()
    assert edition is not None
    listed = {pk: {id_ for part in parts for id_, *_ in part} for pk, parts in world.lists(RoleMatches).items()}
    leaving = [person.pk for person in people if sum(person.pk in ids for ids in listed.values()) > 1][:6]
    assert len(leaving) == 6

    def leave(number: int) -> list[int]:
        return merge(RoleMatches, Moves({leaving[number]}), edition=edition.name, seq=10_000)

    found = at_once_numbered(leave, len(leaving))
    assert [one for one in found if isinstance(one, Exception)] == []
    after = {pk: {id_ for part in parts for id_, *_ in part} for pk, parts in world.lists(RoleMatches).items()}
    assert after == {pk: ids - set(leaving) for pk, ids in listed.items()}


def test_lists_of_another_edition_are_never_merged_into() -> None:
    people, roles = world.town(people=8, roles=3)
    run = rebuilds.rebuild_now()
    other, same = (pk for pk in sorted(world.lists(RoleMatches))[:2])
    RoleMatches.objects.filter(pk=other).update(edition=f"{run.version}.{run.pk + 1}")
    before = world.lists(RoleMatches)
    newcomer = Moves()
    newcomer.add(
        people[0].pk, np.array([other, same]), np.array([FIRST, FIRST], dtype=np.uint64), np.array([NONE_FAILED] * 2)
    )
    merge(RoleMatches, newcomer, edition=run.edition, seq=10_000)
    after = world.lists(RoleMatches)
    assert after[other] == before[other]
    assert after[same][0][0] == (people[0].pk, FIRST, NONE_FAILED)
    assert len(roles) == 3


def test_numbers_are_given_once_and_only_grow() -> None:
    found = at_once_numbered(lambda _: [next_number() for _ in range(20)], 4)
    assert [one for one in found if isinstance(one, Exception)] == []
    assert all(numbers == sorted(numbers) for numbers in found)
    given = [number for numbers in found for number in numbers]
    assert len(set(given)) == 80
    assert current_number() == max(given)


def test_two_rebuilds_asked_for_at_once_end_in_one_edition() -> None:
    needs_postgresql()
    people, roles = world.town(people=8, roles=3)
    rebuilds.rebuild_now()
    before = world.both()

    def rebuild(_: int) -> object:
        try:
            return rebuilds.rebuild_now(shards=2)
        except rebuilds.GivenUp:
            return None

    found = at_once_numbered(rebuild, 3)
    assert [one for one in found if isinstance(one, Exception)] == []
    edition = current_edition()
    assert edition is not None
    for model in (TechnicianMatches, RoleMatches):
        assert set(model.objects.values_list("edition", flat=True)) == {edition.name}
    assert world.both() == before
    world.ask(SubjectKind.ROLE, roles[0].pk)
    drain()
    assert world.both() == before
    assert len(people) == 8
