"""Shards and refreshes over a Celery worker that takes its messages from a broker, as in production."""

from __future__ import annotations

import time
from collections.abc import Iterator
from io import StringIO
from typing import Any, Self

import pytest
from celery import current_app
from celery.contrib.testing.worker import start_worker
from django.core.management import call_command
from django.db import transaction

from matching import rebuilds
from matching.choices import RebuildState
from matching.editions import current_edition
from matching.management.commands import rebuild_matches
from matching.models import RebuildRun, RefreshRequest, TechnicianMatches
from tests.matching import world
from workforce.technicians.events import technician_changed
from workforce.technicians.models import TechnicianSkill

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 120.0


@pytest.fixture
def _worker(transactional_db: None) -> Iterator[None]:
    """A worker in a thread of this process; messages travel through the broker of the settings."""
    current_app.control.purge()
    with start_worker(current_app, pool="solo", perform_ping_check=False, shutdown_timeout=PATIENCE):
        yield


class Bar:
    """A progress bar that remembers what it showed."""

    shown: list[tuple[int, int]] = []

    def __init__(self, *, total: int, **look: Any) -> None:
        self.total, self.n = total, 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def refresh(self) -> None:
        self.shown.append((self.n, self.total))


@pytest.mark.usefixtures("_worker")
def test_a_rebuild_goes_shard_by_shard_over_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    world.town(people=12, roles=4)
    shown: list[tuple[int, int]] = []
    monkeypatch.setattr(Bar, "shown", shown)
    monkeypatch.setattr(rebuild_matches, "tqdm", Bar)
    monkeypatch.setattr(rebuild_matches, "POLL", 0.05)
    told = StringIO()
    call_command("rebuild_matches", "--shards", "4", "--timeout", str(PATIENCE), stdout=told)
    run = RebuildRun.objects.get()
    assert (run.state, run.shards) == (RebuildState.DONE, 4)
    assert "12 technicians, 4 roles, 4 shards" in told.getvalue()
    assert shown[-1] == (4, 4)
    assert [done for done, _ in shown] == sorted(done for done, _ in shown)
    over_the_worker = world.both()
    rebuilds.rebuild_now(shards=1)
    assert world.both() == over_the_worker


@pytest.mark.usefixtures("_worker")
def test_a_saved_change_is_worked_off_by_the_worker() -> None:
    people, _roles = world.town(people=6, roles=3)
    rebuilds.rebuild_now()
    with transaction.atomic():
        TechnicianSkill.objects.filter(technician=people[0]).update(level=1)
        technician_changed.send(sender=None, technician_id=people[0].pk)
    deadline = time.monotonic() + PATIENCE
    while RefreshRequest.objects.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not RefreshRequest.objects.exists()
    edition = current_edition()
    assert edition is not None
    assert TechnicianMatches.objects.get(pk=people[0].pk).edition == edition.name
    by_the_worker = world.both()
    rebuilds.rebuild_now()
    assert world.both() == by_the_worker
