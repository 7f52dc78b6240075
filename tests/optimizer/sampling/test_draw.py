import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.optimizer.sampling.draw import draw
from planner.optimizer.sampling.neighbourhoods import neighbourhoods


def points(n: int, seed: int = 7) -> np.ndarray:
    return np.random.default_rng(seed).uniform(40, 50, (n, 2))


@given(st.integers(0, 200), st.integers(1, 12), st.integers(0, 3))
def test_neighbourhoods_hold_every_station_once(n: int, smallest: int, seed: int):
    groups = neighbourhoods(points(n, seed), smallest)
    together = sorted(index for group in groups for index in group.tolist())
    assert together == list(range(n))
    if n >= smallest:
        assert all(smallest <= len(group) < 2 * smallest for group in groups)


def test_neighbourhoods_of_one_building():
    groups = neighbourhoods(np.ones((9, 2)), 2)
    assert sorted(len(group) for group in groups) == [2, 2, 2, 3]


def test_a_neighbourhood_of_none_is_refused():
    with pytest.raises(ValueError, match="Expected smallest of 1 or more, got 0"):
        neighbourhoods(points(3), 0)


@given(
    st.integers(0, 120),
    st.integers(0, 60),
    st.integers(0, 30),
    st.integers(1, 6),
    st.integers(0, 9),
)
def test_a_draw_takes_what_was_asked_and_no_station_twice(
    n: int, wanted: int, spare: int, per_cluster: int, seed: int
):
    drawn = draw(points(n), wanted, spare, per_cluster, np.random.default_rng(seed))
    chosen = [*drawn.primaries.tolist(), *drawn.substitutes.tolist()]
    assert len(drawn.primaries) == min(wanted, n)
    assert len(drawn.substitutes) == min(spare, n - len(drawn.primaries))
    assert len(set(chosen)) == len(chosen)
    assert drawn.probability * n == pytest.approx(len(drawn.primaries))


@pytest.mark.parametrize(("n", "wanted", "per_cluster"), [(60, 12, 4), (37, 9, 3), (20, 16, 4)])
def test_every_station_has_the_stated_chance(n: int, wanted: int, per_cluster: int):
    """4,000 seeds: each station's share of draws within five standard errors of its chance."""
    times = np.zeros(n)
    seeds = 4_000
    for seed in range(seeds):
        times[draw(points(n), wanted, 0, per_cluster, np.random.default_rng(seed)).primaries] += 1
    chance = wanted / n
    error = np.sqrt(chance * (1 - chance) / seeds)
    assert np.abs(times / seeds - chance).max() < 5 * error


@settings(max_examples=20)
@given(st.integers(0, 1_000))
def test_the_same_generator_draws_the_same(seed: int):
    first, second = (draw(points(50), 12, 6, 4, np.random.default_rng(seed)) for _ in range(2))
    assert first.primaries.tolist() == second.primaries.tolist()
    assert first.substitutes.tolist() == second.substitutes.tolist()


def test_stations_of_a_draw_lie_together():
    here = points(400)
    drawn = here[draw(here, 12, 0, 4, np.random.default_rng(1)).primaries]
    nearest = np.sort(np.hypot(*(drawn[:, None] - drawn[None]).transpose(2, 0, 1)), axis=1)[:, 1]
    spread = here[np.random.default_rng(1).permutation(400)[:12]]
    apart = np.sort(np.hypot(*(spread[:, None] - spread[None]).transpose(2, 0, 1)), axis=1)[:, 1]
    assert np.median(nearest) < np.median(apart)
