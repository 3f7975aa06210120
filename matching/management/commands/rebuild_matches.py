"""Compute all match lists anew."""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from matching import rebuilds
from matching.choices import RebuildState
from matching.kicks import kick
from matching.models import ACTIVE_STATES, RebuildRun
from workforce.core.kicks import forget_failure

POLL = 0.5


class Command(BaseCommand):
    """``--sync`` works in this process; otherwise shards go to the workers, and this waits unless told not to."""

    help = "Computes the match lists of all technicians and open roles, in shards over the Celery workers."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be chosen."""
        parser.add_argument("--sync", action="store_true", help="Do all of it in this process, without workers.")
        parser.add_argument("--shards", type=int, help="Number of parts (default: by MATCHING_SHARD_TECHNICIANS).")
        parser.add_argument("--no-wait", action="store_true", help="Return as soon as the shards are sent.")
        parser.add_argument("--resume", type=int, metavar="RUN", help="Go on with a rebuild that was interrupted.")
        parser.add_argument("--cancel", type=int, metavar="RUN", help="Give up a rebuild; the lists in force stay.")
        parser.add_argument(
            "--timeout", type=float, default=0, help="Give up waiting after so many seconds (0: never)."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Start or resume, show how far it is, and say what came of it."""
        if options["shards"] is not None and options["shards"] < 1:
            raise CommandError("--shards must be at least 1.")
        if options["cancel"]:
            self._cancel(options["cancel"])
            return
        if options["sync"]:
            self._told(self._in_process(options))
            return
        forget_failure()
        run = self._resumed(options["resume"]) if options["resume"] else self._started(options["shards"])
        if options["no_wait"]:
            self.stdout.write(f"Rebuild {run.pk}: {run.shards} shards sent.")
            return
        self._told(self._wait(run, options["timeout"]))

    def _in_process(self, options: dict[str, Any]) -> RebuildRun:
        if options["resume"]:
            run = self._find(options["resume"])
            rebuilds.complete_here(run)
            run.refresh_from_db()
            return run
        return rebuilds.rebuild_now(shards=options["shards"], progress=self._bar)

    def _bar(self, numbers: list[int]) -> Any:
        return tqdm(numbers, desc="scoring", unit="shard", file=sys.stderr, disable=None)

    def _cancel(self, pk: int) -> None:
        run = self._known(pk)
        if not rebuilds.cancel(run):
            raise CommandError(f"Rebuild {pk} is {run.get_state_display()}: there is nothing to cancel.")
        self.stdout.write(f"Rebuild {pk}: canceled.")

    def _known(self, pk: int) -> RebuildRun:
        run: RebuildRun | None = RebuildRun.objects.filter(pk=pk).first()
        if run is None:
            raise CommandError(f"There is no rebuild {pk}.")
        return run

    def _find(self, pk: int) -> RebuildRun:
        run = self._known(pk)
        if run.state not in (RebuildState.SCORING, RebuildState.MERGING):
            raise CommandError(f"Rebuild {pk} is {run.get_state_display()}: there is nothing to resume.")
        return run

    def _resumed(self, pk: int) -> RebuildRun:
        run = self._find(pk)
        rebuilds.resume(run, send=self._send)
        return run

    def _started(self, shards: int | None) -> RebuildRun:
        return rebuilds.start_rebuild(shards=shards, send=self._send)

    def _send(self, task: str, **kwargs: int) -> None:
        if not kick(task, **kwargs):
            raise CommandError("The broker does not take tasks. Start it, or use --sync; a started run can be resumed.")

    def _wait(self, run: RebuildRun, timeout: float) -> RebuildRun:
        deadline = time.monotonic() + timeout if timeout else None
        with tqdm(total=run.shards, desc="scoring", unit="shard", file=sys.stderr, disable=None) as bar:
            while run.state in ACTIVE_STATES:
                if deadline and time.monotonic() > deadline:
                    raise CommandError(f"Rebuild {run.pk} is not done after {timeout:.0f} s; it goes on by itself.")
                time.sleep(POLL)
                run.refresh_from_db()
                bar.n = run.shard_set.filter(done_at__isnull=False).count()
                bar.refresh()
        return run

    def _told(self, run: RebuildRun) -> None:
        if run.state == RebuildState.CANCELED:
            raise CommandError(f"Rebuild {run.pk} was canceled.")
        if run.state != RebuildState.DONE:
            raise CommandError(f"Rebuild {run.pk} failed: {run.error}")
        seconds = (run.finished_at - run.started_at).total_seconds() if run.finished_at else 0
        sizes = f"{run.technicians} technicians, {run.roles} roles, {run.shards} shards"
        self.stdout.write(f"Rebuild {run.pk}: {sizes}, {seconds:.1f} s.")
