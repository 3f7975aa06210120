"""gunicorn's configuration for a newcomer's machine: web, Celery worker and beat in one process, no service needed.

``memory://`` queues live in one process, so there must be exactly one. What was still queued when it ended is in the
database (RefreshRequest) and is drained when it starts again.
"""

from __future__ import annotations

import os
import threading
import time
from typing import Any

from workforce.config.prepare import address

host, port = address()
bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
worker_class = "gthread"
workers = 1  # see above: never more
threads = 8
timeout = 120
graceful_timeout = 10
loglevel = os.environ.get("GUNICORN_LOG_LEVEL", "warning")
accesslog = None
control_socket_disable = True

STOP_SECONDS = 8.0


class Jobs:
    """A Celery worker and a beat in threads of this process."""

    def __init__(self) -> None:
        from celery.beat import EmbeddedService, PersistentScheduler

        from workforce.config.celery import app

        self.app = app
        self.worker: Any = app.WorkController(
            pool="threads",
            concurrency=2,
            hostname="worker@one-process",
            without_gossip=True,
            without_mingle=True,
            ready_callback=self._drain,
        )
        # EmbeddedService ignores the scheduler of the settings: it must be passed.
        self.beat: Any = EmbeddedService(
            app,
            thread=True,
            scheduler_cls=PersistentScheduler,
            schedule_filename=app.conf.beat_schedule_filename,
        )
        self.thread = threading.Thread(target=self.worker.start, name="celery-worker", daemon=True)

    def start(self) -> None:
        """Start both; the worker asks for what is pending as soon as it listens."""
        self.thread.start()
        self.beat.start()

    def stop(self) -> None:
        """Let tasks under way end, for a few seconds; the rest is in the database."""
        from celery.worker import state

        state.should_stop = 0  # type: ignore[assignment]  # an exit code, says Celery's own worker
        self.beat.service.stop(wait=False)
        deadline = time.monotonic() + STOP_SECONDS
        for thread in (self.thread, self.beat):
            thread.join(max(0.0, deadline - time.monotonic()))

    def _drain(self, consumer: Any) -> None:
        self.app.send_task("matching.tasks.drain_refresh_requests")


_jobs: list[Jobs] = []


def post_worker_init(worker: Any) -> None:
    """Start the jobs once Django is loaded, and tell where to look."""
    jobs = Jobs()
    jobs.start()
    _jobs.append(jobs)
    _tell_the_newcomer()


def worker_exit(server: Any, worker: Any) -> None:
    """End the jobs with the web."""
    for jobs in _jobs:
        jobs.stop()


def _tell_the_newcomer() -> None:
    from django.conf import settings
    from django.utils import translation

    shown = "localhost" if host in ("127.0.0.1", "0.0.0.0", "::", "::1") else host  # noqa: S104  (compared, not bound)
    lines = ["", f"Puente is ready: http://{shown}:{port}/", ""]
    with translation.override("en"):
        for login in settings.DEMO_LOGINS:
            lines.append(f"  {login['kind']!s:20} {login['email']:30} {login['password']}")
    lines += ["", "Ctrl-C ends it.", ""]
    print("\n".join(lines), flush=True)
