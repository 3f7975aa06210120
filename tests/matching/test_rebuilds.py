"""A rebuild gives the same lists however it is cut, interrupted or repeated."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from matching import rebuilds
from matching.choices import RebuildState, SubjectKind
from matching.editions import current_edition
from matching.models import RebuildRun, RebuildShard, RefreshRequest, RoleMatches, TechnicianMatches
from matching.snapshots import DamagedSnapshot, snapshot_path
from tests.matching import world

pytestmark = pytest.mark.django_db


def quiet(task: str, **kwargs: Any) -> None:
    """A broker that takes everything and delivers nothing."""


def test_a_rebuild_stores_lists_for_both_sides() -> None:
    people, roles = world.town()
    run = rebuilds.rebuild_now()
    assert (run.state, run.technicians, run.roles) == (RebuildState.DONE, len(people), len(roles))
    assert TechnicianMatches.objects.count() == len(people)
    assert RoleMatches.objects.count() == len(roles)
    hidden = {person.pk for person in people if not person.discoverable}
    listed = {id_ for full, near in world.lists(RoleMatches).values() for id_, *_ in full + near}
    assert hidden
    assert listed
    assert not hidden & listed
    assert current_edition().name == run.edition  # type: ignore[union-attr]
    assert not snapshot_path(run.snapshot).exists()


@pytest.mark.parametrize("shards", [2, 5, 50])
def test_the_number_of_shards_changes_nothing(shards: int) -> None:
    world.town()
    rebuilds.rebuild_now(shards=1)
    alone = world.both()
    rebuilds.rebuild_now(shards=shards)
    assert world.both() == alone


def test_a_shard_scored_twice_gives_the_same_rows() -> None:
    world.town()
    run = rebuilds.start_rebuild(shards=3, send=quiet)
    rebuilds.score_shard(run_id=run.pk, number=0, send=quiet)
    once = world.lists(TechnicianMatches)
    RebuildShard.objects.filter(run=run, number=0).update(done_at=None)  # its worker died before it could say so
    rebuilds.score_shard(run_id=run.pk, number=0, send=quiet)
    assert world.lists(TechnicianMatches) == once


def test_a_killed_worker_is_made_good_by_resuming() -> None:
    world.town()
    rebuilds.rebuild_now(shards=3)
    undisturbed = world.both()
    sent: list[tuple[str, dict[str, int]]] = []
    run = rebuilds.start_rebuild(shards=3, send=quiet)
    rebuilds.score_shard(run_id=run.pk, number=1, send=quiet)
    longer_ago = timezone.now() - 2 * rebuilds.STALLED
    RebuildShard.objects.filter(run=run).update(taken_at=longer_ago)
    RebuildShard.objects.filter(run=run, done_at__isnull=False).update(done_at=longer_ago)
    assert rebuilds.resume_rebuilds(send=lambda task, **kwargs: sent.append((task, kwargs))) == 1
    assert [(task, kwargs["number"]) for task, kwargs in sent] == [("score_shard", 0), ("score_shard", 2)]
    for _, kwargs in sent:
        rebuilds.score_shard(**kwargs, send=quiet)
    assert rebuilds.finish_rebuild(run_id=run.pk, send=quiet)
    assert world.both() == undisturbed


def test_the_end_comes_once_and_only_after_the_last_shard() -> None:
    world.town()
    run = rebuilds.start_rebuild(shards=2, send=quiet)
    rebuilds.score_shard(run_id=run.pk, number=0, send=quiet)
    assert not rebuilds.finish_rebuild(run_id=run.pk, send=quiet)
    rebuilds.score_shard(run_id=run.pk, number=1, send=quiet)
    assert rebuilds.finish_rebuild(run_id=run.pk, send=quiet)
    assert not rebuilds.finish_rebuild(run_id=run.pk, send=quiet)


def test_killed_while_merging_the_next_call_finishes() -> None:
    world.town()
    run = rebuilds.start_rebuild(shards=1, send=quiet)
    rebuilds.score_shard(run_id=run.pk, number=0, send=quiet)
    RebuildRun.objects.filter(pk=run.pk).update(state=RebuildState.MERGING)
    assert rebuilds.finish_rebuild(run_id=run.pk, send=quiet)


def test_a_later_rebuild_gives_up_the_one_under_way() -> None:
    world.town()
    first = rebuilds.start_rebuild(shards=2, send=quiet)
    rebuilds.rebuild_now()
    first.refresh_from_db()
    assert first.state == RebuildState.FAILED
    assert not rebuilds.score_shard(run_id=first.pk, number=0, send=quiet)


@pytest.mark.parametrize("damage", ["gone", "cut short"])
def test_a_part_that_is_lost_is_computed_again(damage: str) -> None:
    world.town()
    rebuilds.rebuild_now()
    undisturbed = world.both()
    sent: list[int] = []
    run = rebuilds.start_rebuild(shards=2, send=quiet)
    for number in (0, 1):
        rebuilds.score_shard(run_id=run.pk, number=number, send=quiet)
    part = snapshot_path(run.snapshot) / "part-00001.npz"
    part.unlink() if damage == "gone" else part.write_bytes(part.read_bytes()[:40])
    assert not rebuilds.finish_rebuild(run_id=run.pk, send=lambda task, **kwargs: sent.append(kwargs["number"]))
    assert sent == [1]
    rebuilds.score_shard(run_id=run.pk, number=1, send=quiet)
    assert rebuilds.finish_rebuild(run_id=run.pk, send=quiet)
    assert world.both() == undisturbed


def test_a_damaged_snapshot_fails_the_run_and_names_the_file() -> None:
    world.town()
    run = rebuilds.start_rebuild(shards=1, send=quiet)
    path = snapshot_path(run.snapshot) / "roles.weights.npy"
    path.write_bytes(path.read_bytes()[:-2] + b"xx")
    with pytest.raises(DamagedSnapshot, match=r"roles\.weights"):
        rebuilds.score_shard(run_id=run.pk, number=0, send=quiet)
    run.refresh_from_db()
    assert run.state == RebuildState.FAILED
    assert "roles.weights" in run.error
    assert current_edition() is None


def test_requests_from_before_the_snapshot_are_done_with_it_and_later_ones_wait() -> None:
    people, _ = world.town()
    world.ask(SubjectKind.TECHNICIAN, people[0].pk)
    run = rebuilds.start_rebuild(shards=1, send=quiet)
    world.ask(SubjectKind.TECHNICIAN, people[1].pk)
    rebuilds.score_shard(run_id=run.pk, number=0, send=quiet)
    rebuilds.finish_rebuild(run_id=run.pk, send=quiet)
    assert list(RefreshRequest.objects.values_list("object_id", flat=True)) == [people[1].pk]


def test_an_empty_town_can_be_rebuilt() -> None:
    run = rebuilds.rebuild_now()
    assert run.state == RebuildState.DONE
    assert run.shards == 0


def test_roles_without_people_get_empty_lists() -> None:
    crafts = world.skills(4)
    wanted = world.role((crafts[0], 2))
    rebuilds.rebuild_now()
    assert world.lists(RoleMatches) == {wanted.pk: ([], [])}
