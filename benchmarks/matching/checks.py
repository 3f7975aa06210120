"""Equal results, single updates, cold start and growth: ``python -m benchmarks.matching.checks NAME FOLDER``."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import stored_world
from benchmarks.matching.contenders import CORES, K, ours, vectors
from benchmarks.matching.measure import clocked, peak_mb
from benchmarks.world import DAY, World, town
from matching.engine import oracle
from matching.engine.lists import MatchLists, merge_partial
from matching.engine.neighbors import CoverageNeighbors
from matching.engine.sharding import shard_ranges

ORACLE_PAIRS = 20_000
LATENCY_ROLES = 50_000


def _same(one: MatchLists, other: MatchLists) -> bool:
    names = ("indptr", "ids", "orders", "failed", "k", "found")
    parts = [(getattr(one, part), getattr(other, part)) for part in ("full", "near")]
    arrays = [(getattr(a, name), getattr(b, name)) for a, b in parts for name in names]
    return all(np.array_equal(a, b) for a, b in [*arrays, (one.reachable, other.reachable)])


def equality(world: World) -> dict[str, Any]:
    """Against the oracle, the plain path, shards and threads."""
    g = np.random.default_rng(11)
    people = world.technicians.take(
        np.sort(g.choice(len(world.technicians), min(1_000, len(world.technicians)), replace=False))
    )
    roles = world.roles.take(np.sort(g.choice(len(world.roles), min(500, len(world.roles)), replace=False)))
    everything = {"n_neighbors": len(roles), "n_near": len(roles), "min_neighbors_role": len(people), "day": DAY}
    fast, slow = (
        CoverageNeighbors(world.matrix, backend=backend, **everything).match(people, roles)
        for backend in ("compiled", "plain")
    )
    listed = [
        {
            int(i): (int(key), int(mark))
            for part in (one.full, one.near)
            for i, key, mark in zip(part.ids, part.keys, part.failed, strict=True)
        }
        for one in fast.technicians
    ]
    wrong = 0
    for t, r in zip(g.integers(0, len(people), ORACLE_PAIRS), g.integers(0, len(roles), ORACLE_PAIRS), strict=True):
        total, met = oracle.pair(people, t, roles, r, world.matrix)
        failed = oracle.failed_limits(people, t, roles, r)
        expected = None
        if total and len(failed) <= 1:
            expected = (int(met) << 16 | total, failed[0] if failed else -1)
        wrong += listed[t].get(int(roles.ids[r])) != expected
    return {
        "pairs against the oracle": ORACLE_PAIRS,
        "of people": len(people),
        "of roles": len(roles),
        "different": wrong,
        "all pairs of these equal to the plain path": _same(fast.technicians, slow.technicians)
        and _same(fast.roles, slow.roles),
    } | _shards_and_threads(world)


def _shards_and_threads(world: World) -> dict[str, Any]:
    people = world.technicians.take(slice(0, 30_000))
    roles = world.roles.take(slice(0, 3_000))
    single = ours(world, backend="compiled").match(people, roles)
    equal = {}
    for threads in (1, 2):
        for shards in (1, 2, 7):
            nn = ours(world, backend="compiled", n_jobs=threads)
            parts = [nn.match(people.take(slice(*one)), roles) for one in shard_ranges(len(people), None, shards)]
            ranking = np.concatenate([part.technicians.full.orders for part in parts])
            equal[f"{shards} shards, {threads} threads"] = _same(
                merge_partial(*(part.roles for part in parts)), single.roles
            ) and np.array_equal(ranking, single.technicians.full.orders)
    return {"lists identical": equal, "on": [len(people), len(roles)]}


def latencies(world: World) -> dict[str, Any]:
    """One role against everybody, and one person against 50,000 roles."""
    out: dict[str, Any] = {}
    roles = _ones(world.roles, 200)
    wall, _, nn = clocked(lambda: ours(world, backend="compiled").fit(world.technicians))
    out[f"a role against {len(world.technicians):,} people"] = _timed(nn.match_one_role, roles) | {
        "fit s": round(wall, 2)
    }
    out["scikit-learn, the same"] = _sklearn_timed(world, of_people=True)
    out["peak MB"] = round(peak_mb())
    many = town(1_000, LATENCY_ROLES, n_skills=world.technicians.n_skills)
    wall, _, nn = clocked(lambda: ours(many, backend="compiled").fit(many.roles))
    people = _ones(many.technicians, 1_000)
    out[f"a person against {LATENCY_ROLES:,} roles"] = _timed(nn.match_one_technician, people) | {
        "fit s": round(wall, 2)
    }
    out["scikit-learn, the same "] = _sklearn_timed(many, of_people=False)
    return out


def _ones(side: Any, n: int) -> list[Any]:
    rows = np.random.default_rng(3).integers(0, len(side), n)
    return [side.take(slice(int(row), int(row) + 1)) for row in rows]


def _timed(call: Callable[[Any], Any], queries: Sequence[Any]) -> dict[str, float]:
    for query in queries[:5]:
        call(query)
    walls, cpus = [], []
    for query in queries:
        wall, cpu = time.perf_counter(), time.process_time()
        call(query)
        walls.append((time.perf_counter() - wall) * 1e3)
        cpus.append((time.process_time() - cpu) * 1e3)
    return {
        f"p{share} {name}ms": round(float(np.percentile(times, share)), 3)
        for name, times in (("", walls), ("CPU ", cpus))
        for share in (50, 99)
    }


def _sklearn_timed(world: World, *, of_people: bool) -> dict[str, float]:
    from sklearn.neighbors import NearestNeighbors

    held, asked = vectors(world)
    fitted, queries = (held, asked) if of_people else (asked, held)
    nn = NearestNeighbors(n_neighbors=K, metric="cosine", algorithm="brute", n_jobs=CORES).fit(fitted)
    rows = np.random.default_rng(3).integers(0, queries.shape[0], 60)
    return _timed(nn.kneighbors, [queries[row] for row in rows])


_COLD = """
import time; started = time.perf_counter()
import numpy as np
from benchmarks.world import town
world = town(50, 20, n_skills=400)
from matching.engine.neighbors import CoverageNeighbors
nn = CoverageNeighbors(world.matrix, backend="compiled")
before = time.perf_counter()
from matching.engine import singles, sweep
imported = time.perf_counter()
nn.match(world.technicians, world.roles)
matched = time.perf_counter()
nn.fit(world.roles).match_one_technician(world.technicians.take([0]))
nn.fit(world.technicians).match_one_role(world.roles.take([0]))
print(imported - before, matched - imported, time.perf_counter() - matched)
"""


def cold_start(_: World) -> dict[str, Any]:
    """Import, first match and first single updates: with nothing compiled yet, and again."""
    out = {}
    with tempfile.TemporaryDirectory() as cache:
        for name in ("nothing compiled yet", "compiled before"):
            done = subprocess.run(
                [sys.executable, "-c", _COLD],
                env=os.environ | {"NUMBA_CACHE_DIR": cache},
                capture_output=True,
                text=True,
                check=True,
            )
            figures = [round(float(figure), 2) for figure in done.stdout.split()]
            out[name] = dict(zip(("import s", "first match s", "first single updates s"), figures, strict=True))
    return out


def growth(_: World) -> dict[str, Any]:
    """CPU seconds of one thread over four sizes of each, and the exponent of the growth."""
    base = {"people": 10_000, "roles": 2_000, "skills": 8_000}
    sizes = {
        "people": (10_000, 20_000, 40_000, 80_000),
        "roles": (1_000, 2_000, 4_000, 8_000),
        "skills": (2_000, 4_000, 8_000, 16_000),
    }
    out = {}
    for name, values in sizes.items():
        seconds = []
        for value in values:
            at = base | {name: value}
            world = town(at["people"], at["roles"], n_skills=at["skills"])
            sweep = lambda world=world: [ours(world).sweep(world.technicians, world.roles)]  # noqa: E731
            seconds.append(
                min(clocked(lambda sweep=sweep: [(*one.chunks(), one.roles()) for one in sweep()])[1] for _ in range(3))
            )
        slope = float(np.polyfit(np.log(values), np.log(seconds), 1)[0])
        out[name] = {"sizes": values, "CPU s": [round(one, 3) for one in seconds], "exponent": round(slope, 2)}
    return out | {"others": base}


CHECKS: dict[str, Callable[[World], dict[str, Any]]] = {
    "equality": equality,
    "latencies": latencies,
    "cold start": cold_start,
    "growth": growth,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=CHECKS)
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    print(json.dumps(CHECKS[arguments.name](stored_world.load(arguments.folder))))


if __name__ == "__main__":
    main()
