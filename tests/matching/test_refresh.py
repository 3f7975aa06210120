"""A change of one person or role brings the stored lists to what a rebuild would store."""

from __future__ import annotations

import random
from typing import Any

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError
from django.test import Client
from django.urls import reverse

from matching import rebuilds, refresh, services
from matching.choices import SubjectKind
from matching.editions import current_edition
from matching.engine.lists import OwnerLists, RankedList
from matching.merging import SHORT, StaleComputation
from matching.models import RefreshRequest, RoleMatches, TechnicianMatches
from matching.stored import pack, store, unpack
from tests.factories import TechnicianFactory, TechnicianSkillFactory, UserFactory
from tests.matching import world
from workforce.core import kicks
from workforce.employers.choices import RoleState
from workforce.employers.models import Role, RoleSkill
from workforce.technicians.choices import TechnicianState
from workforce.technicians.models import Technician, TechnicianSkill

pytestmark = pytest.mark.django_db


def after_rebuild() -> tuple[Any, Any]:
    """Both sides as a rebuild stores them now."""
    rebuilds.rebuild_now()
    return world.both()


def test_a_changed_profile_is_found_in_all_lists_where_it_belongs() -> None:
    people, roles = world.town()
    rebuilds.rebuild_now()
    person = people[3]
    TechnicianSkill.objects.filter(technician=person).delete()
    for need in RoleSkill.objects.filter(role=roles[2]):
        TechnicianSkillFactory(technician=person, skill=need.skill, level=3)
    Technician.objects.filter(pk=person.pk).update(shifts=roles[2].shifts, discoverable=True)
    world.ask(SubjectKind.TECHNICIAN, person.pk)
    assert refresh.drain() == 1
    incremental = world.both()
    assert person.pk in [id_ for id_, *_ in incremental[1][roles[2].pk][0]]
    assert incremental == after_rebuild()


def test_an_account_that_is_switched_off_or_on_changes_the_lists_at_once(admin_client: Client) -> None:
    people, roles = world.town()
    rebuilds.rebuild_now()

    def listed() -> set[int]:
        return {entry[0] for role in roles for entry in world.both()[1][role.pk][0]}

    person = next(person for person in people if person.pk in listed())
    for said in ({}, {"is_active": "on"}):
        address = reverse("admin:accounts_user_change", args=[person.user_id])
        saved = admin_client.post(address, {"email": person.user.email, "language": "es", **said})
        assert saved.status_code == 302
        assert refresh.drain() == 1
        assert (person.pk in listed()) == bool(said)
        assert world.both() == after_rebuild()


def test_a_log_in_and_an_account_of_somebody_else_ask_for_no_refresh() -> None:
    person = TechnicianFactory()
    RefreshRequest.objects.all().delete()
    person.user.save(update_fields=["last_login"])
    UserFactory().save()
    assert not RefreshRequest.objects.exists()
    person.user.save()
    assert RefreshRequest.objects.get().object_id == person.pk


def test_a_changed_role_is_found_in_all_lists_where_it_belongs() -> None:
    _people, roles = world.town()
    rebuilds.rebuild_now()
    RoleSkill.objects.filter(role=roles[0]).update(level=1, must=False)
    Role.objects.filter(pk=roles[0].pk).update(shifts=[])
    world.ask(SubjectKind.ROLE, roles[0].pk)
    refresh.drain()
    assert world.both() == after_rebuild()


@pytest.mark.parametrize("seed", range(4))
def test_any_series_of_changes_ends_where_a_rebuild_ends(seed: int) -> None:
    people, roles = world.town(seed=seed)
    rebuilds.rebuild_now()
    dice = random.Random(seed)
    for _ in range(6):
        person, role = dice.choice(people), dice.choice(roles)
        change = dice.choice(["pause", "return", "hide", "skill", "close", "open", "need"])
        if change in ("pause", "return"):
            state = TechnicianState.PAUSED if change == "pause" else TechnicianState.ACTIVE
            Technician.objects.filter(pk=person.pk).update(state=state)
        elif change == "hide":
            Technician.objects.filter(pk=person.pk).update(discoverable=dice.random() < 0.5)
        elif change == "skill":
            TechnicianSkill.objects.filter(technician=person).update(level=dice.randint(1, 4))
        elif change == "need":
            RoleSkill.objects.filter(role=role).update(must=dice.random() < 0.5)
        else:
            state = RoleState.CLOSED if change == "close" else RoleState.PUBLISHED
            Role.objects.filter(pk=role.pk).update(state=state)
        world.ask(SubjectKind.TECHNICIAN, person.pk)
        world.ask(SubjectKind.ROLE, role.pk)
        refresh.drain()
    assert world.both() == after_rebuild()


def test_a_new_person_and_a_new_role_find_each_other() -> None:
    crafts = world.skills()
    rebuilds.rebuild_now()
    person = world.technician((crafts[0], 3))
    role = world.role((crafts[0], 2), plant__zone=person.zone)
    world.ask(SubjectKind.TECHNICIAN, person.pk)
    world.ask(SubjectKind.ROLE, role.pk)
    refresh.drain()
    assert [id_ for id_, *_ in world.lists(TechnicianMatches)[person.pk][0]] == [role.pk]
    assert [id_ for id_, *_ in world.lists(RoleMatches)[role.pk][0]] == [person.pk]


def test_before_the_first_rebuild_one_is_started_and_requests_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    crafts = world.skills()
    person = world.technician((crafts[0], 3))
    world.ask(SubjectKind.TECHNICIAN, person.pk)
    started: list[bool] = []
    monkeypatch.setattr(rebuilds, "start_rebuild", lambda **kwargs: started.append(True))
    assert refresh.drain() == 0
    assert started == [True]
    assert RefreshRequest.objects.count() == 1


def test_a_burst_is_one_request_with_the_newest_number() -> None:
    person, *_ = world.town(people=1, roles=1)[0]
    for _ in range(5):
        world.ask(SubjectKind.TECHNICIAN, person.pk)
    assert RefreshRequest.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_request_outside_of_a_transaction_is_refused() -> None:
    with pytest.raises(TransactionManagementError):
        services.request_refresh(SubjectKind.TECHNICIAN, 1)


def test_a_request_renewed_during_its_refresh_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    person, *_ = world.town(people=3, roles=2)[0]
    rebuilds.rebuild_now()
    world.ask(SubjectKind.TECHNICIAN, person.pk)
    [request] = RefreshRequest.objects.all()
    world.ask(SubjectKind.TECHNICIAN, person.pk)
    edition = current_edition()
    assert edition is not None
    services.settle(request, edition)
    assert RefreshRequest.objects.get().seq > request.seq


def test_during_a_rebuild_a_request_is_worked_off_and_kept_for_the_new_lists() -> None:
    people, _ = world.town()
    rebuilds.rebuild_now()
    run = rebuilds.start_rebuild(shards=2, send=lambda *args, **kwargs: None)
    TechnicianSkill.objects.filter(technician=people[0]).update(level=1)
    world.ask(SubjectKind.TECHNICIAN, people[0].pk)
    assert refresh.drain() == 1
    assert refresh.drain() == 0  # once for the lists in force
    for number in range(run.shards):
        rebuilds.score_shard(run_id=run.pk, number=number, send=lambda *args, **kwargs: None)
    rebuilds.finish_rebuild(run_id=run.pk, send=lambda *args, **kwargs: None)
    assert refresh.drain() == 1  # and once for the new ones, whose snapshot was taken before
    assert RefreshRequest.objects.count() == 0
    assert world.both() == after_rebuild()


def test_an_older_computation_never_overwrites_a_newer_one() -> None:
    people, _ = world.town(people=3, roles=2)
    run = rebuilds.rebuild_now()
    stored = TechnicianMatches.objects.get(pk=people[0].pk)
    before = unpack(stored)
    TechnicianMatches.objects.filter(pk=stored.pk).update(seq=1_000)
    nothing = OwnerLists(before.owner_id, _empty(before.full), _empty(before.near), 0)
    assert store(TechnicianMatches, [nothing], edition=run.edition, seq=999) == 0
    assert store(TechnicianMatches, [nothing], edition=f"{run.version}.{run.pk - 1}", seq=2_000) == 0
    assert bytes(TechnicianMatches.objects.get(pk=stored.pk).ids) == bytes(stored.ids)
    assert store(TechnicianMatches, [nothing], edition=run.edition, seq=1_000) == 1


def _empty(part: RankedList) -> RankedList:
    return RankedList(part.ids[:0], part.orders[:0], part.failed[:0], part.k, 0)


def test_merging_older_numbers_into_a_newer_list_is_refused_and_stays_pending() -> None:
    people, _ = world.town(people=3, roles=2)
    rebuilds.rebuild_now()
    RoleMatches.objects.update(seq=10_000)
    world.ask(SubjectKind.TECHNICIAN, people[0].pk)
    edition = current_edition()
    assert edition is not None
    with pytest.raises(StaleComputation):
        refresh.refresh_technicians(edition, [person.pk for person in people])
    assert refresh.drain() == 0
    assert RefreshRequest.objects.count() == 1


def test_one_bad_request_does_not_hold_up_the_others(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    people, _ = world.town(people=4, roles=2)
    rebuilds.rebuild_now()
    for person in people:
        world.ask(SubjectKind.TECHNICIAN, person.pk)
    load = refresh.load_technicians

    def fragile(frame: Any, ids: Any = None) -> Any:
        if people[1].pk in ids:
            raise ValueError("a row that should not be")
        return load(frame, ids)

    monkeypatch.setattr(refresh, "load_technicians", fragile)
    assert refresh.drain() == len(people) - 1
    assert list(RefreshRequest.objects.values_list("object_id", flat=True)) == [people[1].pk]
    assert "stays pending" in caplog.text


def test_a_broker_that_is_down_costs_a_save_nothing_and_draining_catches_up(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    people, _ = world.town(people=3, roles=2)
    rebuilds.rebuild_now()
    tries: list[str] = []

    def refuse(name: str, **kwargs: Any) -> None:
        tries.append(name)
        raise ConnectionError("no broker")

    monkeypatch.setattr(kicks.current_app, "tasks", {})
    monkeypatch.setattr(kicks.current_app, "send_task", refuse)
    for person in people:
        with django_capture_on_commit_callbacks(execute=True):
            world.ask(SubjectKind.TECHNICIAN, person.pk)
    assert tries == ["matching.tasks.refresh_technician"]  # the later ones do not wait for it again
    assert RefreshRequest.objects.count() == len(people)
    assert refresh.drain() == len(people)
    assert RefreshRequest.objects.count() == 0


def test_somebody_who_is_erased_loses_every_trace() -> None:
    people, _ = world.town(people=6, roles=4)
    rebuilds.rebuild_now()
    gone = people[0].pk
    with transaction.atomic():
        services.request_refresh(SubjectKind.TECHNICIAN, gone)
        people[0].delete()
    refresh.drain()
    assert not TechnicianMatches.objects.filter(pk=gone).exists()
    assert gone not in {id_ for parts in world.lists(RoleMatches).values() for part in parts for id_, *_ in part}


def test_a_cut_list_that_many_have_left_is_computed_again() -> None:
    crafts = world.skills(4)
    role = world.role((crafts[0], 3))
    people = [
        world.technician((crafts[0], 3), zone=role.plant.zone, shifts=["first"], given_names=f"N{n}")
        for n in range(130)
    ]
    rebuilds.rebuild_now()
    stored = unpack(RoleMatches.objects.get(pk=role.pk))
    assert (stored.full.ids.size, stored.full.found, stored.reachable) == (100, 130, 130)
    leaving = stored.full.ids.tolist()[: 101 - int(100 * SHORT)]
    Technician.objects.filter(pk__in=leaving).update(state=TechnicianState.PAUSED)
    for pk in leaving:
        world.ask(SubjectKind.TECHNICIAN, pk)
    refresh.drain()
    again = unpack(RoleMatches.objects.get(pk=role.pk))
    assert (again.full.ids.size, again.full.found) == (100, 130 - len(leaving))
    assert not set(leaving) & set(again.full.ids.tolist())
    assert len(people) == 130


def test_lists_survive_being_packed() -> None:
    world.town()
    rebuilds.rebuild_now()
    for row in RoleMatches.objects.all():
        lists = unpack(row)
        copy = unpack(pack(RoleMatches(pk=row.pk), lists))
        assert copy.full.ids.tolist() == lists.full.ids.tolist()
        assert copy.near.orders.tolist() == lists.near.orders.tolist()
        assert copy.near.failed.tolist() == lists.near.failed.tolist()
        assert (copy.full.found, copy.full.k) == (lists.full.found, lists.full.k)
