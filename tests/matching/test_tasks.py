"""Tasks and the command: thin, and each may run twice."""

from __future__ import annotations

import threading
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import InterfaceError, OperationalError, connections, transaction

from matching import kicks, rebuilds, refresh, retraining, tasks
from matching.choices import RebuildState, SubjectKind
from matching.locks import exclusive
from matching.models import EngineVersion, RebuildRun, RefreshRequest, RoleMatches, TechnicianMatches
from matching.services import request_refresh
from tests.factories import SkillFactory, ZoneFactory
from tests.matching import world
from workforce.employers.events import role_changed
from workforce.places.events import places_changed
from workforce.places.models import ZoneTravel
from workforce.skills.events import taxonomy_changed
from workforce.skills.models import SkillRelation
from workforce.technicians.events import technician_changed
from workforce.technicians.services.skills import SkillEntry, save_skills


class Broker:
    """Takes tasks, and runs them when told, as a worker would."""

    def __init__(self) -> None:
        self.waiting: list[tuple[str, dict[str, int]]] = []

    def __call__(self, task: str, **kwargs: int) -> bool:
        self.waiting.append((task, kwargs))
        return True

    def work(self) -> None:
        while self.waiting:
            name, kwargs = self.waiting.pop(0)
            getattr(tasks, name)(**kwargs)


@pytest.fixture
def broker(monkeypatch: pytest.MonkeyPatch) -> Broker:
    """Replaces every way to send a task."""
    made = Broker()
    for module in (kicks, tasks, retraining):
        monkeypatch.setattr(module, "kick", made)
    monkeypatch.setattr("matching.services.kick", made)
    for function in (
        rebuilds.start_rebuild,
        rebuilds.start_if_idle,
        rebuilds.score_shard,
        rebuilds.finish_rebuild,
        rebuilds.resume_rebuilds,
        rebuilds.ensure_first_edition,
        retraining.refit_if_changed,
    ):
        monkeypatch.setitem(function.__kwdefaults__, "send", made)
    return made


@pytest.mark.django_db
def test_from_an_empty_house_a_saved_profile_finds_its_role(
    broker: Broker, django_capture_on_commit_callbacks: Any
) -> None:
    crafts = world.skills()
    person = world.technician()
    role = world.role((crafts[0], 2), plant__zone=person.zone)
    with django_capture_on_commit_callbacks(execute=True):
        save_skills(technician_id=person.pk, revision=None, entries=[SkillEntry(crafts[0].pk, 3)])
    assert broker.waiting == [("refresh_technician", {"technician_id": person.pk})]
    broker.work()
    assert [id_ for id_, *_ in world.lists(TechnicianMatches)[person.pk][0]] == [role.pk]
    assert [id_ for id_, *_ in world.lists(RoleMatches)[role.pk][0]] == [person.pk]
    assert RefreshRequest.objects.count() == 0


@pytest.mark.django_db
def test_events_leave_requests_and_kick_their_tasks(broker: Broker, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        technician_changed.send(sender=None, technician_id=1)
        role_changed.send(sender=None, role_id=2)
        taxonomy_changed.send(sender=None)
    assert [task for task, _ in broker.waiting] == ["refresh_technician", "refresh_role", "fit_engine"]
    kinds = set(RefreshRequest.objects.values_list("kind", "object_id"))
    assert kinds == {("technician", 1), ("role", 2), ("taxonomy", 0)}


@pytest.mark.django_db
def test_a_task_sent_twice_finds_nothing_left(broker: Broker) -> None:
    people, _ = world.town(people=4, roles=3)
    rebuilds.rebuild_now()
    world.ask(SubjectKind.TECHNICIAN, people[0].pk)
    tasks.refresh_technician(technician_id=people[0].pk)
    before = world.both()
    tasks.refresh_technician(technician_id=people[0].pk)
    tasks.refresh_role(role_id=999_999)
    assert world.both() == before


@pytest.mark.django_db
def test_a_changed_taxonomy_is_fitted_once_and_everything_rebuilt(broker: Broker) -> None:
    crafts = world.skills()
    person = world.technician((crafts[0], 3))
    role = world.role((crafts[5], 2), plant__zone=person.zone)
    rebuilds.rebuild_now()
    assert world.lists(RoleMatches)[role.pk] == ([], [])
    SkillRelation.objects.create(source_skill=crafts[0], target_skill=crafts[5], strength=0.8)
    with transaction.atomic():
        request_refresh(SubjectKind.TAXONOMY, 0)
    tasks.drain_refresh_requests()
    broker.work()
    assert [id_ for id_, *_ in world.lists(RoleMatches)[role.pk][0]] == [person.pk]
    assert EngineVersion.objects.count() == 2
    assert RefreshRequest.objects.count() == 0
    tasks.fit_engine()
    assert RebuildRun.objects.count() == 2


@pytest.mark.django_db
def test_a_skill_newer_than_the_fit_matches_itself_at_once() -> None:
    world.town(people=2, roles=2)
    rebuilds.rebuild_now()
    newest = SkillFactory(code="aaa-newest")
    person = world.technician((newest, 3))
    role = world.role((newest, 2), plant__zone=person.zone)
    world.ask(SubjectKind.TECHNICIAN, person.pk)
    world.ask(SubjectKind.ROLE, role.pk)
    refresh.drain()
    assert [id_ for id_, *_ in world.lists(RoleMatches)[role.pk][0]] == [person.pk]


@pytest.mark.django_db
def test_the_night_computes_everything_anew(broker: Broker) -> None:
    world.town(people=4, roles=3)
    rebuilds.rebuild_now()
    tasks.sweep_matches()
    broker.work()
    assert [run.state for run in RebuildRun.objects.all()] == [RebuildState.DONE] * 2
    tasks.resume_rebuilds()
    assert broker.waiting == []


@pytest.mark.django_db
def test_the_command_works_without_workers_and_says_what_it_did() -> None:
    world.town(people=6, roles=3)
    told = StringIO()
    call_command("rebuild_matches", "--sync", "--shards", "2", stdout=told)
    assert "6 technicians, 3 roles, 2 shards" in told.getvalue()


@pytest.mark.django_db
def test_the_command_resumes_and_refuses_what_cannot_be(broker: Broker) -> None:
    world.town(people=6, roles=3)
    run = rebuilds.start_rebuild(shards=2)
    told = StringIO()
    call_command("rebuild_matches", "--sync", "--resume", str(run.pk), stdout=told)
    assert f"Rebuild {run.pk}: 6 technicians" in told.getvalue()
    for arguments in (["--resume", str(run.pk)], ["--resume", "999"], ["--shards", "0"]):
        with pytest.raises(CommandError):
            call_command("rebuild_matches", *arguments)


@pytest.mark.django_db
def test_the_command_says_when_no_broker_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    world.town(people=2, roles=1)
    monkeypatch.setattr("matching.management.commands.rebuild_matches.kick", lambda task, **kwargs: False)
    with pytest.raises(CommandError, match="--sync"):
        call_command("rebuild_matches")


@pytest.mark.django_db(transaction=True)
def test_a_lock_is_held_by_one_at_a_time() -> None:
    seen: list[bool] = []

    def other() -> None:
        with exclusive("test") as held:
            seen.append(held)
        connections.close_all()

    with exclusive("test") as held:
        assert held
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert seen == [False]
    with exclusive("test") as held:
        assert held


@pytest.mark.django_db(transaction=True)
def test_people_who_save_at_once_and_workers_that_refresh_at_once_end_where_a_rebuild_ends() -> None:
    people, _ = world.town(people=8, roles=4)
    rebuilds.rebuild_now()
    crafts = [row.skill_id for row in people[0].technician_skills.all()]
    failures: list[BaseException] = []

    def save(person: Any) -> None:
        try:
            for level in (1, 3, 2):
                save_skills(
                    technician_id=person.pk, revision=None, entries=[SkillEntry(skill, level) for skill in crafts]
                )
                refresh.drain(first=(SubjectKind.TECHNICIAN, person.pk))
        except BaseException as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=save, args=(person,)) for person in people[:4]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    refresh.drain()
    assert RefreshRequest.objects.count() == 0
    incremental = world.both()
    rebuilds.rebuild_now()
    assert world.both() == incremental


@pytest.mark.django_db
def test_a_night_given_to_a_second_worker_does_not_undo_the_first_one_s_rebuild(broker: Broker) -> None:
    world.town(people=4, roles=3)
    tasks.sweep_matches()
    run = RebuildRun.objects.get()
    RebuildRun.objects.filter(pk=run.pk).update(state=RebuildState.SNAPSHOT)
    tasks.sweep_matches()
    assert RebuildRun.objects.get().state == RebuildState.SNAPSHOT
    RebuildRun.objects.filter(pk=run.pk).update(started_at=run.started_at - 2 * rebuilds.SNAPSHOT_TIME)
    tasks.sweep_matches()
    run.refresh_from_db()
    assert run.state == RebuildState.FAILED
    assert RebuildRun.objects.active().count() == 1
    assert rebuilds.start_rebuild() == RebuildRun.objects.active().get()  # a human's is not held up


@pytest.mark.django_db
def test_a_taxonomy_changed_during_a_rebuild_is_fitted_after_it(broker: Broker) -> None:
    crafts = world.skills()
    world.technician((crafts[0], 3))
    run = rebuilds.start_rebuild(shards=1)
    SkillRelation.objects.create(source_skill=crafts[0], target_skill=crafts[5], strength=0.8)
    world.ask(SubjectKind.TAXONOMY, 0)
    tasks.fit_engine()
    run.refresh_from_db()
    assert run.state == RebuildState.SCORING
    assert RefreshRequest.objects.filter(kind=SubjectKind.TAXONOMY).exists()
    broker.work()
    assert [run.state for run in RebuildRun.objects.all()] == [RebuildState.DONE] * 2
    assert RefreshRequest.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("during_a_rebuild", [False, True])
def test_changed_travel_times_rebuild_everything_once(broker: Broker, during_a_rebuild: bool) -> None:
    crafts = world.skills()
    person = world.technician((crafts[0], 3))
    far = ZoneFactory(latitude=32.4)
    role = world.role((crafts[0], 2), plant__zone=far)
    if during_a_rebuild:
        rebuilds.start_rebuild(shards=1)
    else:
        rebuilds.rebuild_now()
    ZoneTravel.objects.create(origin=person.zone, destination=far, minutes=20, car_minutes=10)
    with transaction.atomic():
        places_changed.send(sender=None)
    tasks.drain_refresh_requests()
    broker.work()
    assert [id_ for id_, *_ in world.lists(RoleMatches)[role.pk][0]] == [person.pk]
    assert RefreshRequest.objects.count() == 0
    tasks.fit_engine()
    assert RebuildRun.objects.count() == 2


RETRIED = {
    "score_shard": ("rebuilds.score_shard", {"run_id": 1, "number": 0}),
    "finish_rebuild": ("rebuilds.finish_rebuild", {"run_id": 1}),
    "refresh_role": ("refresh.drain", {"role_id": 1}),
    "refresh_technician": ("refresh.drain", {"technician_id": 1}),
    "drain_refresh_requests": ("refresh.drain", {}),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", RETRIED)
@pytest.mark.parametrize("lost", [OperationalError, InterfaceError])
def test_a_connection_that_is_lost_costs_a_retry_only(
    name: str, lost: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    target, kwargs = RETRIED[name]
    calls: list[dict[str, Any]] = []

    def flaky(**given: Any) -> None:
        calls.append(given)
        if len(calls) < 3:
            raise lost("server closed the connection")

    monkeypatch.setattr(f"matching.{target}", flaky)
    assert getattr(tasks, name).apply(kwargs=kwargs).successful()
    assert len(calls) == 3


@pytest.mark.django_db
def test_a_lost_connection_is_no_row_s_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    people, _ = world.town(people=3, roles=1)
    rebuilds.rebuild_now()
    world.ask(SubjectKind.TECHNICIAN, people[0].pk)

    def away(*args: Any, **kwargs: Any) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(refresh, "refresh_technicians", away)
    with pytest.raises(OperationalError):
        refresh.drain()
    assert RefreshRequest.objects.count() == 1
