"""A rebuild over real Redis and PostgreSQL with separate Celery workers: time by step, peak memory, rows and bytes.

    python -m tests.services -- sh -c '
        python manage.py migrate && python manage.py load_places && python manage.py import_esco DIR &&
        python benchmarks/generate_people.py && python benchmarks/rebuild.py --workers 2'

Needs DATABASE_URL (PostgreSQL) and REDIS_URL. ``--kill`` kills one worker with signal 9 in the middle, starts
another, and compares the lists with an undisturbed run's.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workforce.config.settings")
os.environ.setdefault("PUENTE_ENV", "dev")
os.environ.setdefault("VISIBILITY_TIMEOUT", "20")
os.environ.setdefault("LOG_LEVEL", "WARNING")

import django

django.setup()

from django.conf import settings
from django.db import connection

from matching import rebuilds
from matching.choices import RebuildState
from matching.engines import fit_engine
from matching.models import ACTIVE_STATES, RebuildRun, RebuildShard, RoleMatches, TechnicianMatches
from matching.stored import unpack

LIMIT_SECONDS = 1_800


def start_worker(number: int) -> subprocess.Popen[bytes]:
    """One Celery worker with one process to compute in."""
    command = [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "workforce.config",
        "worker",
        "--concurrency=1",
        "-n",
        f"bench{number}@%h",
    ]
    return subprocess.Popen(
        [*command, "--loglevel=WARNING", "--prefetch-multiplier=1"], cwd=ROOT, start_new_session=True
    )


@contextmanager
def workers(count: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Some workers; ended, whole process groups, at the end."""
    running = [start_worker(number) for number in range(count)]
    try:
        yield running
    finally:
        for process in running:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
        for process in running:
            process.wait(30)


def peak_mb(pid: int) -> float:
    """The most resident memory (MB) that a process or one of its children has had; 0 for one that is gone."""
    family = [pid, *(int(child) for child in _children(pid))]
    peaks = []
    for member in family:
        try:
            lines = Path(f"/proc/{member}/status").read_text(encoding="ascii").splitlines()
        except OSError:
            continue
        peaks += [int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")]
    return max(peaks, default=0.0)


def _children(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return []


def wait_for(
    run: RebuildRun, running: list[subprocess.Popen[bytes]], *, kill_at: float | None = None
) -> dict[str, float]:
    """Watch a run to its end; returns seconds until all shards were scored, and peak memory by worker."""
    began, scored, peaks = time.perf_counter(), 0.0, dict.fromkeys(range(len(running)), 0.0)
    while run.state in ACTIVE_STATES:
        if time.perf_counter() - began > LIMIT_SECONDS:
            raise SystemExit(f"rebuild {run.pk} is still {run.state}")
        time.sleep(0.1)
        run.refresh_from_db()
        done = RebuildShard.objects.filter(run=run, done_at__isnull=False).count()
        if not scored and done == run.shards:
            scored = time.perf_counter() - began
        for number, process in enumerate(running):
            peaks[number] = max(peaks[number], peak_mb(process.pid))
        if kill_at is not None and done >= kill_at * run.shards:
            os.killpg(running[0].pid, signal.SIGKILL)
            sys.stdout.write(f"killed a worker after {done} of {run.shards} shards\n")
            running[0].wait()
            running[0] = start_worker(99)
            kill_at = None
    if run.state != RebuildState.DONE:
        raise SystemExit(f"rebuild {run.pk} failed: {run.error}")
    return {"scored": scored, "all": time.perf_counter() - began, **{f"peak{n}": mb for n, mb in peaks.items()}}


def fingerprint() -> str:
    """A hash over every stored list of both sides (ids and scores; the day of the ties is the same)."""
    digest = hashlib.sha256()
    for model in (TechnicianMatches, RoleMatches):
        for row in model.objects.order_by("pk").iterator(chunk_size=2_000):
            digest.update(row.pk.to_bytes(8, "little"))
            for part in (row.ids, row.orders, row.near_ids, row.near_orders, row.near_failed):
                digest.update(bytes(part))
    return digest.hexdigest()[:16]


def sizes() -> str:
    """Rows, matches and bytes of both tables."""
    told = []
    for model in (TechnicianMatches, RoleMatches):
        matches = near = 0
        for row in model.objects.iterator(chunk_size=2_000):
            lists = unpack(row)
            matches, near = matches + lists.full.ids.size, near + lists.near.ids.size
        size = 0
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_total_relation_size(%s)", [model._meta.db_table])
                size = cursor.fetchone()[0]
        told.append(
            f"{model._meta.db_table}: {model.objects.count()} rows, {matches} + {near} near, {size / 1e6:.1f} MB"
        )
    return "\n".join(told)


def measured(options: argparse.Namespace, running: list[subprocess.Popen[bytes]], *, kill: bool = False) -> str:
    """One rebuild over the workers, reported; returns the fingerprint of the lists."""
    began = time.perf_counter()
    run = rebuilds.start_rebuild(shards=options.shards)
    taken = time.perf_counter() - began
    seen = wait_for(run, running, kill_at=0.3 if kill else None)
    peaks = ", ".join(f"{mb:.0f}" for name, mb in seen.items() if name.startswith("peak"))
    sys.stdout.write(
        f"rebuild {run.pk}: {run.technicians} technicians x {run.roles} roles, "
        f"{run.shards} shards over {len(running)} workers\n"
        f"  snapshot {taken:.1f} s, scored and stored {seen['scored']:.1f} s, to the end {seen['all']:.1f} s; "
        f"in all {taken + seen['all']:.1f} s\n"
        f"  peak memory of the workers {peaks} MB\n"
    )
    return fingerprint()


def main() -> None:
    """Measure, and with ``--kill`` compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--shards", type=int)
    parser.add_argument("--kill", action="store_true")
    options = parser.parse_args()
    if not settings.REDIS_URL:
        raise SystemExit("REDIS_URL is not set: workers are other processes, and memory:// reaches none.")
    began = time.perf_counter()
    version = fit_engine().version
    sys.stdout.write(f"engine {version} fitted or found in {time.perf_counter() - began:.1f} s\n")
    with workers(options.workers) as running:
        first = measured(options, running)
        sys.stdout.write(sizes() + "\n")
        if options.kill:
            again = measured(options, running, kill=True)
            verdict = "the same" if first == again else "DIFFERENT"
            sys.stdout.write(f"lists {first} undisturbed, {again} with a killed worker: {verdict}\n")
            if first != again:
                raise SystemExit(1)


if __name__ == "__main__":
    main()
