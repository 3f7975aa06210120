"""Integer weights: an exact, constant sum, in proportion, and nobody below one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engine.arrays import scale_weights

positive = st.one_of(st.integers(1, 1000).map(float), st.floats(1e-300, 1e300))


@given(st.lists(positive, min_size=1, max_size=60), st.randoms(use_true_random=False))
def test_weights_sum_to_650_keep_their_order_and_ignore_the_order_of_input(weights: list[float], random) -> None:
    scaled = scale_weights(weights).tolist()
    assert sum(scaled) == 650
    assert min(scaled) >= 1
    assert [value for _, value in sorted(zip(weights, scaled, strict=True))] == sorted(scaled)
    shuffled = list(weights)
    random.shuffle(shuffled)
    assert sorted(scale_weights(shuffled).tolist()) == sorted(scaled)


def test_scaling_all_weights_changes_nothing() -> None:
    assert scale_weights([1, 2, 4]).tolist() == scale_weights([0.25, 0.5, 1.0]).tolist() == [93, 186, 371]


def test_a_tiny_weight_gets_one_and_equal_remainders_go_to_the_first() -> None:
    assert scale_weights([1e9, 1.0]).tolist() == [649, 1]
    assert scale_weights([1, 1, 1]).tolist() == [217, 217, 216]
    assert scale_weights([1] * 650).tolist() == [1] * 650
    assert scale_weights([]).tolist() == []


@pytest.mark.parametrize("weights", [[1, 0], [-1], [float("nan")], [float("inf")], [1] * 651])
def test_weights_that_mean_nothing_are_refused(weights: list[float]) -> None:
    with pytest.raises(ValueError, match=r"weight|at most 650"):
        scale_weights(weights)
