"""Two users at once: threads that start together, each with a database connection of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connections

PATIENCE = 30  # seconds for which the first waits for the last


def at_once(calls: Sequence[Callable[[], Any]]) -> list[Any]:
    """Run the calls in threads that start together; return what each returned, or the exception that it raised."""
    start = Barrier(len(calls), timeout=PATIENCE)

    def run(call: Callable[[], Any]) -> Any:
        try:
            start.wait()
            return call()
        except Exception as error:  # the test looks at it
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def at_once_numbered(work: Callable[[int], Any], threads: int) -> list[Any]:
    """Run ``work(0)``, ``work(1)`` ... at once; see ``at_once``."""
    return at_once([lambda number=number: work(number) for number in range(threads)])  # type: ignore[misc]
