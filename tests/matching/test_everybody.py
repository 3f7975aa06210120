"""Everybody is kept in memory, and is what the database says at each look."""

from __future__ import annotations

import random
import threading
from typing import Any

import numpy as np
import pytest
from django.db import connection, connections, transaction

from matching import everybody, rebuilds, refresh
from matching.changes import KEPT, changed_since, forget_old_changes, note_change, take_mark
from matching.choices import SubjectKind
from matching.corpus.technicians import load_technicians
from matching.editions import Workspace, current_edition, forget_workspaces, workspace
from matching.editions import everybody as everybody_in
from matching.engine.joining import join_technicians
from matching.everybody import Everybody
from matching.models import LastChange
from tests.factories import TechnicianFactory, TechnicianSkillFactory, ZoneFactory
from tests.matching import world
from workforce.employers.models import Role
from workforce.places.events import places_changed
from workforce.places.models import ZoneTravel
from workforce.technicians.choices import TechnicianState
from workforce.technicians.models import Technician, TechnicianSkill
from workforce.technicians.services.skills import SkillEntry, save_skills

pytestmark = pytest.mark.django_db
FIELDS = ("ids", "indptr", "indices", "levels", "has", "evidence", "freshness")


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[list[int] | None]:
    """Whom each reading was asked for; None is everybody."""
    asked: list[list[int] | None] = []

    def load(frame: Any, ids: Any = None) -> Any:
        asked.append(None if ids is None else list(ids))
        return load_technicians(frame, ids)

    monkeypatch.setattr(everybody, "load_technicians", load)
    return asked


def space() -> Workspace:
    """The workspace of the edition in force."""
    edition = current_edition()
    assert edition is not None
    return workspace(edition.version)


def assert_as_read_anew(found: Everybody) -> None:
    """What is kept, put together, is what reading all gives."""
    anew = load_technicians(space().frame)
    pairs = (
        (found.shown, found.fresh.shown(), anew.shown()),
        (found.hidden, found.fresh.hidden(), anew.hidden()),
    )
    for base, fresh, expected in pairs:
        kept = base.people.take(~np.isin(base.people.ids, found.stale))
        joined = join_technicians([kept, fresh])
        for name in FIELDS:
            assert np.array_equal(getattr(joined, name), getattr(expected, name)), name


def change(dice: random.Random, person: Technician) -> None:
    """One change, as a service would leave it: the rows, and that they changed."""
    what = dice.choice(["pause", "return", "hide", "skill", "shift", "erase"])
    mine = Technician.objects.filter(pk=person.pk)
    if what in ("pause", "return"):
        mine.update(state=TechnicianState.PAUSED if what == "pause" else TechnicianState.ACTIVE)
    elif what == "hide":
        mine.update(discoverable=dice.random() < 0.5)
    elif what == "skill":
        TechnicianSkill.objects.filter(technician=person).update(level=dice.randint(1, 4))
    elif what == "shift":
        mine.update(shifts=[dice.choice(["first", "second"])])
    else:
        mine.delete()
    world.ask(SubjectKind.TECHNICIAN, person.pk)


@pytest.mark.parametrize("few", [2, 500])
@pytest.mark.parametrize("seed", range(3))
def test_after_any_changes_it_is_what_reading_all_gives(
    seed: int, few: int, monkeypatch: pytest.MonkeyPatch, reads: list[Any]
) -> None:
    monkeypatch.setattr(everybody, "FEW", few)  # two: a base of its own is made again and again
    people, _ = world.town(people=14, roles=2, seed=seed)
    rebuilds.rebuild_now()
    dice = random.Random(seed)
    assert_as_read_anew(everybody_in(space()))
    for _ in range(8):
        for person in dice.sample(people, 2):
            change(dice, person)
        assert_as_read_anew(everybody_in(space()))
    assert reads.count(None) == 1
    assert len(reads) > 1


def test_only_who_changed_is_read_again(reads: list[Any]) -> None:
    people, _ = world.town(people=6, roles=2)
    rebuilds.rebuild_now()
    everybody_in(space())
    skill = people[2].technician_skills.first().skill_id
    save_skills(technician_id=people[2].pk, revision=None, entries=[SkillEntry(skill, 2)])
    assert_as_read_anew(everybody_in(space()))
    assert [sorted(ids) if ids else ids for ids in reads] == [None, [people[2].pk]]


def test_who_writes_past_the_services_is_found_out(reads: list[Any]) -> None:
    people, _ = world.town(people=6, roles=2)
    rebuilds.rebuild_now()
    everybody_in(space())
    newcomer = TechnicianFactory()
    TechnicianSkillFactory(technician=newcomer, skill=people[0].technician_skills.first().skill)
    assert_as_read_anew(everybody_in(space()))
    Technician.objects.filter(pk=people[1].pk).delete()
    assert_as_read_anew(everybody_in(space()))
    Technician.objects.filter(pk=people[2].pk).update(state=TechnicianState.PAUSED)
    assert_as_read_anew(everybody_in(space()))
    people[3].shifts = ["third"]
    people[3].save()
    assert_as_read_anew(everybody_in(space()))


def test_changed_travel_times_have_everybody_read_again(reads: list[Any]) -> None:
    people, _ = world.town(people=4, roles=2)
    far = ZoneFactory(latitude=32.4)
    rebuilds.rebuild_now()
    everybody_in(space())
    ZoneTravel.objects.create(origin=people[0].zone, destination=far, minutes=20, car_minutes=10)
    with transaction.atomic():
        places_changed.send(sender=None)
    assert_as_read_anew(everybody_in(space()))
    assert reads == [None, None]


def test_so_many_changes_that_reading_all_is_no_slower(monkeypatch: pytest.MonkeyPatch, reads: list[Any]) -> None:
    people, _ = world.town(people=6, roles=2)
    rebuilds.rebuild_now()
    everybody_in(space())
    monkeypatch.setattr(everybody, "MANY", 3)
    for person in people:
        world.ask(SubjectKind.TECHNICIAN, person.pk)
    assert_as_read_anew(everybody_in(space()))
    assert reads == [None, None]


@pytest.mark.parametrize("seed", range(3))
def test_roles_refreshed_from_memory_get_the_lists_of_a_rebuild(seed: int, reads: list[Any]) -> None:
    people, roles = world.town(people=16, roles=6, seed=seed)
    rebuilds.rebuild_now()
    dice = random.Random(seed)
    for _ in range(5):
        change(dice, dice.choice(people))
        Role.objects.filter(pk=roles[0].pk).update(shifts=[dice.choice(["first", "second", "third"])])
        world.ask(SubjectKind.ROLE, roles[0].pk)
        refresh.drain()
    incremental = world.both()
    counted = world.reachable()
    assert reads.count(None) == 1
    forget_workspaces()
    rebuilds.rebuild_now()
    assert world.both() == incremental
    assert world.reachable() == counted


def test_a_new_edition_is_computed_from_the_people_of_now(reads: list[Any]) -> None:
    people, roles = world.town(people=8, roles=3)
    rebuilds.rebuild_now()
    world.ask(SubjectKind.ROLE, roles[0].pk)
    refresh.drain()
    TechnicianSkill.objects.filter(technician=people[0]).update(level=1)
    world.ask(SubjectKind.TECHNICIAN, people[0].pk)
    rebuilds.rebuild_now()
    world.ask(SubjectKind.ROLE, roles[0].pk)
    refresh.drain()
    incremental = world.both()
    assert reads == [None, [people[0].pk]]
    rebuilds.rebuild_now()
    assert world.both() == incremental


def test_marks_tell_what_came_after_them() -> None:
    with transaction.atomic():
        note_change(SubjectKind.TECHNICIAN, 5, 1)
    mark = take_mark()
    world.ask(SubjectKind.TECHNICIAN, 7)
    world.ask(SubjectKind.ROLE, 8)
    told = changed_since(mark)
    assert 7 in told.technicians
    assert 8 not in told.technicians
    assert not told.places
    world.ask(SubjectKind.PLACES, 0)
    assert changed_since(mark).places
    if connection.vendor == "sqlite":  # in one transaction PostgreSQL cannot tell before from after
        assert changed_since(take_mark()).technicians == frozenset()


def test_what_nobody_can_ask_for_is_forgotten() -> None:
    world.ask(SubjectKind.TECHNICIAN, 7)
    world.ask(SubjectKind.TECHNICIAN, 8)
    old = LastChange.objects.get(object_id=7).changed_at - 2 * KEPT
    LastChange.objects.filter(object_id=7).update(changed_at=old)
    assert forget_old_changes() == 1
    assert [row.object_id for row in LastChange.objects.all()] == [8]


@pytest.mark.django_db(transaction=True)
def test_a_change_that_commits_late_is_not_missed() -> None:
    """Its number was taken before the mark, and its rows were not there yet when everybody was read."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    people, _ = world.town(people=4, roles=2)
    rebuilds.rebuild_now()
    changed, read = threading.Event(), threading.Event()

    def slowly() -> None:
        try:
            with transaction.atomic():
                TechnicianSkill.objects.filter(technician=people[0]).update(level=1)
                note_change(SubjectKind.TECHNICIAN, people[0].pk, 0)
                changed.set()
                read.wait(30)
        finally:
            connections.close_all()

    thread = threading.Thread(target=slowly)
    thread.start()
    assert changed.wait(30)
    world.ask(SubjectKind.TECHNICIAN, people[1].pk)  # a later one that commits first
    everybody_in(space())
    read.set()
    thread.join()
    assert_as_read_anew(everybody_in(space()))
