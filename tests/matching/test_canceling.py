"""A rebuild that is canceled, or fails half-way, leaves the lists in force, and what it replaced is made good."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from matching import rebuilds, refresh
from matching.choices import RebuildState, SubjectKind
from matching.editions import current_edition
from matching.giving_up import NO_EDITION, let_go_of_lists
from matching.models import RebuildRun, RefreshRequest, RoleMatches, TechnicianMatches
from matching.snapshots import DamagedSnapshot, snapshot_path
from tests.matching import world
from workforce.technicians.models import Technician, TechnicianSkill

pytestmark = pytest.mark.django_db


def quiet(task: str, **kwargs: Any) -> None:
    """A broker that takes everything and delivers nothing."""


@pytest.fixture
def people() -> list[Technician]:
    """A town with lists in force."""
    found, _roles = world.town()
    rebuilds.rebuild_now()
    return found


def half_done(shards: int = 3) -> RebuildRun:
    """A rebuild of whose shards one is scored."""
    run = rebuilds.start_rebuild(shards=shards, send=quiet)
    rebuilds.score_shard(run_id=run.pk, number=0, send=quiet)
    return run


def change(person: Technician) -> None:
    """Somebody's skills change, as a service would leave it."""
    TechnicianSkill.objects.filter(technician=person).update(level=1)
    world.ask(SubjectKind.TECHNICIAN, person.pk)


def assert_all_is_as_a_rebuild_leaves_it() -> None:
    """Every list is of the edition in force, and what a rebuild would store."""
    edition = current_edition()
    assert edition is not None
    for model in (TechnicianMatches, RoleMatches):
        assert set(model.objects.values_list("edition", flat=True)) == {edition.name}
    kept = world.both()
    rebuilds.rebuild_now()
    assert world.both() == kept


def test_canceled_half_way_the_edition_before_goes_on(people: list[Technician]) -> None:
    before, lists = current_edition(), world.both()
    run = half_done()
    assert rebuilds.cancel(run)
    run.refresh_from_db()
    assert run.state == RebuildState.CANCELED
    assert run.finished_at is not None
    assert not snapshot_path(run.snapshot).exists()
    assert current_edition() == before
    assert world.both() == lists  # shown on, though some are of no edition
    assert TechnicianMatches.objects.filter(edition=NO_EDITION).exists()
    change(people[0])
    change(people[-1])
    refresh.drain()
    assert RefreshRequest.objects.count() == 0
    assert_all_is_as_a_rebuild_leaves_it()


def test_nothing_more_is_scored_or_put_in_force(people: list[Technician]) -> None:
    run = half_done()
    rebuilds.cancel(run)
    assert not rebuilds.score_shard(run_id=run.pk, number=1, send=quiet)
    assert not rebuilds.finish_rebuild(run_id=run.pk, send=quiet)
    assert rebuilds.resume_rebuilds(send=quiet) == 0
    assert not rebuilds.cancel(run)
    with pytest.raises(ValueError, match="cannot be resumed"):
        rebuilds.resume(RebuildRun.objects.get(pk=run.pk), send=quiet)


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_worker_in_the_middle_of_a_shard_leaves_nothing_stuck(
    people: list[Technician], monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    run = rebuilds.start_rebuild(shards=2, send=quiet)
    store = rebuilds.store

    def overtaken(*args: Any, **kwargs: Any) -> int:
        if when == "before":
            rebuilds.cancel(run)
        written = store(*args, **kwargs)
        if when == "after":
            rebuilds.cancel(run)
        return written

    monkeypatch.setattr(rebuilds, "store", overtaken)
    assert not rebuilds.score_shard(run_id=run.pk, number=0, send=quiet)
    monkeypatch.undo()
    assert not TechnicianMatches.objects.filter(edition=run.edition).exists()
    refresh.drain()
    assert_all_is_as_a_rebuild_leaves_it()


def test_canceled_before_its_part_is_written_a_worker_ends_quietly(
    people: list[Technician], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = rebuilds.start_rebuild(shards=2, send=quiet)
    write = rebuilds.write_partial

    def overtaken(*args: Any) -> None:
        rebuilds.cancel(run)
        write(*args)

    monkeypatch.setattr(rebuilds, "write_partial", overtaken)
    assert not rebuilds.score_shard(run_id=run.pk, number=0, send=quiet)


def test_canceled_while_the_snapshot_is_taken(people: list[Technician], monkeypatch: pytest.MonkeyPatch) -> None:
    write = rebuilds.write_snapshot

    def overtaken(name: str, *args: Any) -> None:
        write(name, *args)
        rebuilds.cancel(RebuildRun.objects.active().get())

    monkeypatch.setattr(rebuilds, "write_snapshot", overtaken)
    with pytest.raises(rebuilds.GivenUp):
        rebuilds.start_rebuild(shards=2, send=quiet)
    run = RebuildRun.objects.order_by("-pk")[0]
    assert run.state == RebuildState.CANCELED
    assert not snapshot_path(f"run-{run.pk}").exists()


def test_canceled_while_the_roles_are_merged(people: list[Technician], monkeypatch: pytest.MonkeyPatch) -> None:
    before = current_edition()
    run = half_done(shards=1)
    merge = rebuilds._merge

    def overtaken(merged: RebuildRun) -> None:
        merge(merged)
        rebuilds.cancel(run)

    monkeypatch.setattr(rebuilds, "_merge", overtaken)
    assert not rebuilds.finish_rebuild(run_id=run.pk, send=quiet)
    assert current_edition() == before
    assert RoleMatches.objects.filter(edition=NO_EDITION).exists()
    change(people[0])
    refresh.drain()
    assert_all_is_as_a_rebuild_leaves_it()


def test_a_rebuild_that_fails_half_way_leaves_nothing_stuck(people: list[Technician]) -> None:
    run = half_done(shards=2)
    path = snapshot_path(run.snapshot) / "roles.weights.npy"
    path.write_bytes(path.read_bytes()[:-2] + b"xx")
    rebuilds.load_snapshot.__globals__["_loaded"].clear()  # another worker takes the second shard
    with pytest.raises(DamagedSnapshot):
        rebuilds.score_shard(run_id=run.pk, number=1, send=quiet)
    change(people[0])
    refresh.drain()
    assert_all_is_as_a_rebuild_leaves_it()


def test_who_dies_while_canceling_is_made_good_within_a_minute(people: list[Technician]) -> None:
    run = half_done()
    RebuildRun.objects.filter(pk=run.pk).update(state=RebuildState.CANCELED)
    rebuilds.resume_rebuilds(send=quiet)
    assert not TechnicianMatches.objects.filter(edition=run.edition).exists()
    refresh.drain()
    assert_all_is_as_a_rebuild_leaves_it()


def test_while_another_rebuild_is_under_way_it_replaces_all_anyway(people: list[Technician]) -> None:
    half_done()
    later = rebuilds.start_rebuild(shards=1, send=quiet)
    assert let_go_of_lists() == 0
    assert RefreshRequest.objects.count() == 0
    rebuilds.complete_here(later)
    assert_all_is_as_a_rebuild_leaves_it()


def test_a_request_settled_after_a_cancellation_does_not_wait_for_another_rebuild(people: list[Technician]) -> None:
    rebuilds.cancel(rebuilds.start_rebuild(shards=2, send=quiet))
    change(people[0])
    assert refresh.drain() == 1
    assert RefreshRequest.objects.count() == 0


def test_the_command_cancels_and_says_so(people: list[Technician]) -> None:
    run = half_done()
    told = StringIO()
    call_command("rebuild_matches", "--cancel", str(run.pk), stdout=told)
    assert told.getvalue() == f"Rebuild {run.pk}: canceled.\n"
    for refused in (str(run.pk), "999999"):
        with pytest.raises(CommandError):
            call_command("rebuild_matches", "--cancel", refused)


def test_whoever_waits_for_a_rebuild_hears_that_it_was_canceled(
    people: list[Technician], monkeypatch: pytest.MonkeyPatch
) -> None:
    command = "matching.management.commands.rebuild_matches"
    monkeypatch.setattr(f"{command}.kick", lambda task, **kwargs: True)
    monkeypatch.setattr(f"{command}.time.sleep", lambda _: rebuilds.cancel(RebuildRun.objects.active().get()))
    with pytest.raises(CommandError, match="canceled"):
        call_command("rebuild_matches")
