"""One at a time: a named lock that holds across workers and goes when its holder dies.

PostgreSQL: a session-level advisory lock (not through a pooler that swaps sessions between transactions). SQLite
means one machine: a file lock beside the artefacts, and a thread lock, since file locks do not keep threads apart.
"""

from __future__ import annotations

import fcntl
import hashlib
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

_threads: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
_STEP = 0.05


@contextmanager
def exclusive(name: str, *, wait: float = 0) -> Iterator[bool]:
    """Yield whether the lock was had within ``wait`` seconds; it is given back at the end. Not reentrant."""
    lock = _advisory(name) if connection.vendor == "postgresql" else _file(name)
    deadline = time.monotonic() + wait
    held = False
    try:
        while not (held := lock.take()) and time.monotonic() < deadline:
            time.sleep(_STEP)
        yield held
    finally:
        if held:
            lock.give_back()


class _Advisory:
    def __init__(self, key: int) -> None:
        self.key = key

    def take(self) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [self.key])
            return bool(cursor.fetchone()[0])

    def give_back(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [self.key])


def _advisory(name: str) -> _Advisory:
    digest = hashlib.sha256(f"puente.matching.{name}".encode()).digest()
    return _Advisory(int.from_bytes(digest[:8], "big", signed=True))


class _File:
    def __init__(self, name: str) -> None:
        folder = settings.MATCHING_DIR / "locks"
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / f"{name}.lock"
        self.thread = _threads[name]

    def take(self) -> bool:
        if not self.thread.acquire(blocking=False):
            return False
        self.file = self.path.open("w")
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self.file.close()
            self.thread.release()
            return False
        return True

    def give_back(self) -> None:
        self.file.close()
        self.thread.release()


def _file(name: str) -> _File:
    return _File(name)
