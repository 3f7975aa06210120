"""Time, memory and the machine."""

from __future__ import annotations

import os
import platform
import resource
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any


def clocked(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """Wall seconds, CPU seconds of all threads, and the result."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    return time.perf_counter() - wall, time.process_time() - cpu, result


def median_of(work: Callable[[], Any], repeats: int) -> dict[str, float]:
    """Median wall and CPU seconds."""
    walls, cpus, _ = zip(*(clocked(work) for _ in range(repeats)), strict=True)
    return {"wall s": statistics.median(walls), "CPU s": statistics.median(cpus)}


def sampled(work: Callable[[int], Any], n: int, *, seconds: float, start: int = 500) -> dict[str, Any]:
    """Time ``work`` on all ``n`` queries, or, where that would take long, on as many as do in about ``seconds``.

    The figures are scaled up by the number of queries; ``sample`` says how many were really run.
    """
    work(min(n, 64))  # what happens once: pages, threads, caches
    size = min(n, start)
    while True:
        wall, cpu, _ = clocked(partial(work, size))
        if size == n or wall >= seconds / 2:
            return {"wall s": wall * n / size, "CPU s": cpu * n / size, "sample": size, "of": n}
        size = min(n, max(2 * size, int(size * seconds / max(wall, 1e-3))))


def peak_mb() -> float:
    """The most memory that this process held, in MB.

    Not ``ru_maxrss``: on Linux a child starts with its parent's.
    """
    status = Path("/proc/self/status")
    if status.exists():
        peak = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(peak.split()[1]) / 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def machine() -> dict[str, Any]:
    """What it was measured on, and how busy that was."""
    cpu = platform.processor()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if "model name" in line]
        cpu = names[0] if names else cpu
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {
        "processor": cpu,
        "cores": os.cpu_count(),
        "memory GB": round(pages / 1e9, 1),
        "system": platform.platform(),
        "Python": platform.python_version(),
        "load": [round(load, 1) for load in os.getloadavg()],
    }
