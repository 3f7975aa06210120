"""The compiled loops give the oracle's integers and the plain path's, whatever the blocks, threads and shards."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching.engine import oracle, singles, sweep
from matching.engine.arrays import Limits, LimitSpec
from matching.engine.lists import merge_partial
from matching.engine.neighbors import CoverageNeighbors, OneMatch
from matching.engine.sharding import shard_ranges
from tests.matching.engine.worlds import (
    DAY,
    SETTINGS,
    World,
    assert_same,
    matrix_of,
    plain,
    roles_of,
    technicians_of,
    worlds,
)

pytestmark = pytest.mark.slow  # numba compiles once, and keeps the result on disk


def compiled(world: World, **settings: int) -> CoverageNeighbors:
    return CoverageNeighbors(world.matrix, backend="compiled", **(SETTINGS | settings))


@pytest.fixture(autouse=True, params=[8, 4_096])
def block(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Small blocks too, so that small worlds have several, and some needs are lists."""
    monkeypatch.setattr(sweep, "BLOCK", request.param)
    monkeypatch.setattr(sweep, "LISTED", 4 if request.param == 8 else 32)
    monkeypatch.setattr(sweep, "COMMON", 2 if request.param == 8 else 48)
    monkeypatch.setattr(singles, "RANGE", request.param)


unhurried = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])


@unhurried
@given(worlds(people=30), st.sampled_from([1, 2]))
def test_both_sides_equal_the_oracle_with_any_number_of_threads(world: World, threads: int) -> None:
    people, vacancies = oracle.match(
        world.technicians, world.roles, world.matrix, day=DAY, k_technician=3, k_roles=world.k_roles, k_near=2
    )
    fast = compiled(world, n_jobs=threads)
    both = fast.match(world.technicians, world.roles)
    assert_same(both.technicians, people)
    assert_same(both.roles, vacancies)
    assert_same(fast.fit(world.technicians).kneighbors(world.roles), vacancies)
    assert_same(fast.fit(world.roles).kneighbors(world.technicians), people)


@unhurried
@given(worlds(people=40, vacancies=40), st.sampled_from([1, 2, 7]), st.sampled_from([0, 1, 20]), st.integers(0, 20))
def test_every_count_and_length_equals_the_plain_path_in_shards(world: World, shards: int, k: int, near: int) -> None:
    lengths = {"n_neighbors": k, "n_near": near, "min_neighbors_role": k}
    slow = CoverageNeighbors(world.matrix, backend="plain", **(SETTINGS | lengths))
    whole = slow.match(world.technicians, world.roles)
    fast = compiled(world, n_jobs=2, **lengths)
    ranges = shard_ranges(len(world.technicians), None, shards) or [(0, 0)]
    parts = [fast.match(world.technicians.take(slice(*one)), world.roles) for one in ranges]
    assert [row for part in parts for row in plain(part.technicians)] == plain(whole.technicians)
    assert plain(merge_partial(*(part.roles for part in parts))) == plain(whole.roles)


@unhurried
@given(worlds(people=30, vacancies=30), st.sampled_from([0, 1, 3, 50]))
def test_single_updates_equal_the_plain_path(world: World, k: int) -> None:
    lengths = {"n_neighbors": k, "n_near": k, "min_neighbors_role": k}
    slow, fast = (
        CoverageNeighbors(world.matrix, backend=backend, **(SETTINGS | lengths)) for backend in ("plain", "compiled")
    )
    slow.fit(world.roles), fast.fit(world.roles)
    for row in range(len(world.technicians)):
        assert_same_one(*(nn.match_one_technician(world.technicians.take([row])) for nn in (slow, fast, fast)))
    slow.fit(world.technicians), fast.fit(world.technicians)
    for row in range(len(world.roles)):
        assert_same_one(*(nn.match_one_role(world.roles.take([row])) for nn in (slow, fast, fast)))


def test_a_fitted_estimator_survives_a_journey_to_another_process() -> None:
    import pickle

    people, roles = technicians_of([{0: 3}] * 9, 1), roles_of([[(0, 3, 1.0, False)]] * 5, 1)
    nn = CoverageNeighbors(matrix_of([[100]]), backend="compiled")
    for side, match, one in (
        (roles, CoverageNeighbors.match_one_technician, people.take([0])),
        (people, CoverageNeighbors.match_one_role, roles.take([0])),
    ):
        copy = pickle.loads(pickle.dumps(nn.fit(side)))
        assert_same_one(match(nn, one), match(copy, one))


@pytest.mark.parametrize(("n_jobs", "threads"), [(None, 1), (1, 1), (3, 3), (-1, 4), (-2, 3), (-9, 1)])
def test_n_jobs_means_what_scikit_learn_means_by_it(n_jobs: int | None, threads: int) -> None:
    assert sweep.threads_of(n_jobs, cores=4) == threads


def assert_same_one(*results: OneMatch) -> None:
    first, *others = (
        (
            [
                (o.k, o.found, o.ids.tolist(), o.orders.tolist(), o.failed.tolist())
                for o in (r.lists.full, r.lists.near)
            ],
            (r.lists.owner_id, r.lists.reachable),
            (r.pairs.ids.tolist(), r.pairs.orders.tolist(), r.pairs.failed.tolist()),
        )
        for r in results
    )
    for other in others:
        assert other == first


def both_backends(people, roles, matrix, **lengths) -> None:
    results = [
        CoverageNeighbors(matrix, backend=backend, day=DAY, **lengths).match(people, roles)
        for backend in ("plain", "compiled")
    ]
    for side in ("technicians", "roles"):
        assert plain(getattr(results[0], side)) == plain(getattr(results[1], side))
    assert sum(results[0].roles.full.found) + sum(results[0].roles.near.found) > 0


def test_full_profiles_and_long_roles_are_no_different() -> None:
    g = np.random.default_rng(1)
    people = technicians_of([{int(c): int(g.integers(1, 5)) for c in g.permutation(300)[:80]} for _ in range(50)], 300)
    needs = [[(int(c), int(g.integers(1, 5)), 1.0, bool(g.random() < 0.9)) for c in g.permutation(300)] for _ in "abc"]
    related = g.integers(1, 101, (300, 300)) * (g.random((300, 300)) < 0.05)
    both_backends(people, roles_of([*needs, []], 300), matrix_of(related))


def test_a_town_of_equals_is_ordered_by_the_hash_alone() -> None:
    people = technicians_of([{0: 3}] * 500, 1)
    roles = roles_of([[(0, 3, 1.0, True)]] * 300, 1)
    both_backends(people, roles, matrix_of([[100]]), n_neighbors=20, min_neighbors_role=30, n_near=0)


def test_who_has_nothing_gets_empty_lists() -> None:
    people, roles = technicians_of([{}, {0: 3}], 1), roles_of([[], [(0, 3, 1.0, False)]], 1)
    both_backends(people, roles, matrix_of([[100]]))


def test_a_limit_of_very_many_kinds_is_tested_for_each_role(monkeypatch: pytest.MonkeyPatch) -> None:
    from matching.engine import packed

    monkeypatch.setattr(packed, "MOST_KINDS", 1)
    g = np.random.default_rng(2)
    people = technicians_of([{0: 3}] * 40, 1, has=g.integers(0, 8, (40, 6)).astype(np.uint64))
    roles = roles_of([[(0, 2, 1.0, False)]] * 20, 1, need=g.integers(0, 3, (20, 6)).astype(np.uint64))
    both_backends(people, roles, matrix_of([[100]]))


@pytest.mark.parametrize("count", [8, 9])
def test_eight_limits_are_compiled_and_more_take_the_plain_path(count: int) -> None:
    limits = Limits(tuple(LimitSpec(f"limit{number}", "all") for number in range(count)))
    g = np.random.default_rng(3)
    has, need = ((g.random((size, count)) < 0.7).astype(np.uint64) for size in (60, 20))
    people = technicians_of([{0: 3}] * 60, 1, has=has, limits=limits)
    roles = roles_of(
        [[(0, 2, 1.0, False)]] * 20, 1, need=(need & (g.random((20, count)) < 0.4)).astype(np.uint64), limits=limits
    )
    both_backends(people, roles, matrix_of([[100]]))
    if count > 8:
        with pytest.raises(ValueError, match="at most 8 limits"):
            CoverageNeighbors(matrix_of([[100]])).sweep(people, roles)


def test_small_input_does_not_wait_for_the_compiler() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from tests.matching.engine.worlds import *;"
        "from matching.engine.neighbors import CoverageNeighbors as C;"
        "C(matrix_of([[100]])).match(technicians_of([{0: 3}], 1), roles_of([[(0, 3, 1.0, False)]], 1));"
        "sys.exit('numba' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_compiled_code_is_kept_by_the_source_of_all_loops_and_not_at_all_where_nothing_can_be_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from matching.engine.compiled import cache

    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "given"))
    cache.folder.cache_clear()
    first = cache.folder()
    assert first.parent == tmp_path / "given"
    monkeypatch.setattr(cache, "_HERE", tmp_path / "package" / "compiled")
    for name in ("compiled/new.py", "constants.py", "score.py"):
        (tmp_path / "package" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "package" / name).write_text("changed = 1\n")
    cache.folder.cache_clear()
    assert cache.folder().parent == first.parent
    assert cache.folder() != first
    (tmp_path / "file").touch()
    monkeypatch.setattr(cache, "_HERE", tmp_path / "package" / "compiled")
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "file"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    (tmp_path / "package" / "compiled" / "__pycache__").touch()
    cache.folder.cache_clear()
    assert cache.folder() is None
    with cache.in_folder() as kept:
        assert not kept
    cache.folder.cache_clear()
