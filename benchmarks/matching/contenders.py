"""Those who are measured, each run in a process of its own: ``python -m benchmarks.matching.contenders NAME FOLDER``.

Peers answer an easier question than ours: cosine of skills and levels, no relatedness, no limits, one side only.
Prints one line of JSON.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from benchmarks import stored_world
from benchmarks.matching.measure import clocked, median_of, peak_mb, sampled
from benchmarks.world import DAY, World
from matching.engine.arrays import Limits
from matching.engine.lists import MatchLists
from matching.engine.neighbors import CoverageNeighbors

K, NEAR, DIMENSIONS = 100, 50, 128
SECONDS = 20.0  # about how long a peer's sample runs
CORES = os.cpu_count() or 1


def ours(world: World, **settings: Any) -> CoverageNeighbors:
    """The estimator as it is measured: K 100 and 50 near, on both sides."""
    return CoverageNeighbors(world.matrix, n_neighbors=K, n_near=NEAR, day=DAY, **settings)


def vectors(world: World) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """Both sides as rows of length 1: levels of people, weights of roles."""
    from sklearn.preprocessing import normalize

    people, roles, shape = world.technicians, world.roles, world.technicians.n_skills
    held = sparse.csr_matrix(
        (people.levels.astype(np.float32), people.indices, people.indptr), shape=(len(people), shape)
    )
    asked = sparse.csr_matrix(
        (roles.weights.astype(np.float32), roles.indices, roles.indptr), shape=(len(roles), shape)
    )
    return normalize(held), normalize(asked)


def dense(world: World) -> tuple[np.ndarray, np.ndarray]:
    """The same in 128 dimensions; making them is not timed."""
    from sklearn.decomposition import TruncatedSVD
    from sklearn.preprocessing import normalize

    held, asked = vectors(world)
    g = np.random.default_rng(0)
    some = g.choice(held.shape[0], min(20_000, held.shape[0]), replace=False)
    svd = TruncatedSVD(DIMENSIONS, random_state=0).fit(sparse.vstack([held[some], asked]))
    return tuple(normalize(svd.transform(side)).astype(np.float32) for side in (held, asked))  # type: ignore[return-value]


def _sums(lists: MatchLists) -> int:
    """A sum over all entries: chunks of any size add up to the same."""
    full, near = (int(part.orders.sum(dtype=np.uint64)) for part in (lists.full, lists.near))
    return full + 3 * near


def _compiled(world: World, threads: int) -> dict[str, Any]:
    seen = {}

    def run() -> None:
        sweep = ours(world, n_jobs=threads).sweep(world.technicians, world.roles)
        entries = reach = check = 0
        for lists in sweep.chunks():  # as a rebuild stores them, chunk by chunk
            entries += lists.full.ids.size + lists.near.ids.size
            reach += int(lists.reachable.sum())
            check += _sums(lists)
        roles = sweep.roles()
        check += _sums(roles)
        keys = roles.full.keys
        last = roles.full.indptr[1:-1]
        within = np.ones(max(0, keys.size - 1), dtype=bool)
        within[last[(last > 0) & (last < keys.size)] - 1] = False
        seen.update(
            entries=entries,
            reachable=reach,
            check=f"{check % 2**64:016x}",
            ties={
                "neighbours in roles' lists with equal keys": round(
                    float((np.diff(keys.astype(np.int64)) == 0)[within].mean()), 3
                ),
                "roles with more pairs than places": round(float((roles.full.found > roles.full.k).mean()), 3),
            },
        )

    ours(world).sweep(world.technicians.take(slice(0, 10)), world.roles.take(slice(0, 10))).roles()  # compiled by now
    pairs = len(world.technicians) * len(world.roles)
    return median_of(run, 3 if pairs < 2e9 else 1) | seen


def compiled_1(world: World) -> dict[str, Any]:
    return _compiled(world, 1)


def compiled_2(world: World) -> dict[str, Any]:
    return _compiled(world, 2)


def plain(world: World) -> dict[str, Any]:
    nn = ours(world, backend="plain")
    people = world.technicians
    shuffled = people.take(np.random.default_rng(0).permutation(len(people))[:20_000])
    return _scaled(
        sampled(lambda n: nn.match(shuffled.take(slice(0, n)), world.roles), len(shuffled), seconds=SECONDS), people
    )


def _scaled(result: dict[str, Any], whole: Any) -> dict[str, Any]:
    share = len(whole) / result["of"]
    return result | {"wall s": result["wall s"] * share, "CPU s": result["CPU s"] * share, "of": len(whole)}


def sklearn_for_people(world: World) -> dict[str, Any]:
    from sklearn.neighbors import NearestNeighbors

    held, asked = vectors(world)
    nn = NearestNeighbors(n_neighbors=min(K, asked.shape[0]), metric="cosine", algorithm="brute", n_jobs=CORES).fit(
        asked
    )
    return sampled(lambda n: nn.kneighbors(held[:n]), held.shape[0], seconds=SECONDS)


def sklearn_for_roles(world: World) -> dict[str, Any]:
    from sklearn.neighbors import NearestNeighbors

    held, asked = vectors(world)
    nn = NearestNeighbors(n_neighbors=min(K, held.shape[0]), metric="cosine", algorithm="brute", n_jobs=CORES).fit(held)
    return sampled(lambda n: nn.kneighbors(asked[:n]), asked.shape[0], seconds=SECONDS, start=50)


def sparse_dot_topn(world: World) -> dict[str, Any]:
    from sparse_dot_topn import sp_matmul_topn

    held, asked = vectors(world)
    columns = asked.T.tocsr()
    return sampled(
        lambda n: sp_matmul_topn(held[:n], columns, top_n=K, sort=True, n_threads=CORES), held.shape[0], seconds=SECONDS
    )


def faiss_flat(world: World) -> dict[str, Any]:
    import faiss

    held, asked = dense(world)
    faiss.omp_set_num_threads(CORES)
    index = faiss.IndexFlatIP(DIMENSIONS)
    index.add(asked)
    k = min(K, len(asked))
    return sampled(lambda n: index.search(held[:n], k), len(held), seconds=SECONDS) | _recall(
        world, held, lambda rows: index.search(rows, k)[1]
    )


def hnswlib(world: World) -> dict[str, Any]:
    import hnswlib as library

    held, asked = dense(world)
    k = min(K, len(asked))

    def build() -> Any:
        index = library.Index(space="ip", dim=DIMENSIONS)
        index.init_index(max_elements=len(asked), ef_construction=200, M=16, random_seed=0)
        index.set_num_threads(CORES)
        index.add_items(asked)
        index.set_ef(2 * K)
        return index

    wall, cpu, index = clocked(build)
    result = sampled(lambda n: index.knn_query(held[:n], k=k), len(held), seconds=SECONDS)
    result = result | {"build wall s": wall, "build CPU s": cpu}
    return result | _recall(world, held, lambda rows: index.knn_query(rows, k=k)[0])


def _recall(world: World, held: np.ndarray, find: Callable[[np.ndarray], np.ndarray]) -> dict[str, Any]:
    """How much of our exact lists a peer finds: as they are, and with all limits left out."""
    rows = np.random.default_rng(5).choice(len(held), min(1_000, len(held)), replace=False)
    theirs = world.roles.ids[find(held[rows])]
    people = world.technicians.take(rows)
    free = Limits()
    open_people = dataclasses.replace(people, limits=free, has=np.zeros((len(people), 0), dtype=np.uint64))
    open_roles = dataclasses.replace(world.roles, limits=free, need=np.zeros((len(world.roles), 0), dtype=np.uint64))
    found = {}
    for name, one, roles in (("recall", people, world.roles), ("recall without limits", open_people, open_roles)):
        exact = ours(world).fit(roles).kneighbors(one)
        shares = [
            np.isin(mine.full.ids, row).mean() for mine, row in zip(exact, theirs, strict=True) if mine.full.ids.size
        ]
        found[name] = round(float(np.mean(shares)), 3)
    return found


CONTENDERS: dict[str, Callable[[World], dict[str, Any]]] = {
    "ours, 1 thread": compiled_1,
    "ours, 2 threads": compiled_2,
    "ours, plain NumPy": plain,
    "scikit-learn, roles for people": sklearn_for_people,
    "scikit-learn, people for roles": sklearn_for_roles,
    "sparse_dot_topn": sparse_dot_topn,
    "faiss flat, 128 dimensions": faiss_flat,
    "hnswlib, 128 dimensions": hnswlib,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=CONTENDERS)
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    world = stored_world.load(arguments.folder)
    loaded = peak_mb()
    try:
        result = CONTENDERS[arguments.name](world)
    except ModuleNotFoundError as error:
        print(json.dumps({"missing": error.name}))
        return
    print(json.dumps(result | {"peak MB": round(peak_mb()), "of that to load": round(loaded)}))


if __name__ == "__main__":
    main()
