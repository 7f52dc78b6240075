"""All areas of one base, against looking at every set of districts."""

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.optimizer.areas.graph import is_connected
from planner.optimizer.areas.grown import Ground, grown
from planner.optimizer.areas.knapsack import whole_loads
from planner.optimizer.areas.problem import AreasProblem
from planner.optimizer.areas.triples import Tolls

Make = Callable[..., AreasProblem]


def ground_of(problem: AreasProblem) -> Ground:
    load = whole_loads(problem)
    assert load is not None
    return Ground.of(problem, load)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    seed=st.integers(0, 10_000),
    weight=st.sampled_from([2.0, 1e4]),
    contiguous=st.booleans(),
    tolls=st.integers(0, 4),
    room=st.floats(-50.0, 300.0),
)
def test_lists_what_looking_at_all_sets_finds(
    random_problem: Make, seed: int, weight: float, contiguous: bool, tolls: int, room: float
) -> None:
    problem = random_problem(seed, districts=8, contiguous=contiguous, weights=(0.0, weight))
    rng = np.random.default_rng(seed)
    if not problem.load.any():
        problem = replace(problem, load=problem.load + 1.0)
    triples = np.array(list(combinations(range(8), 3)))[rng.permutation(56)[:tolls]]
    toll = Tolls(triples, rng.uniform(0.0, 60.0, tolls))
    base = int(rng.integers(problem.candidates))
    gain = problem.cost[base] - rng.uniform(0.0, 200.0, 8)
    gain[rng.integers(8)] = np.inf
    home = int(problem.home[base])
    gain[home] = problem.cost[base, home] - 20.0
    found = grown(ground_of(problem), home, gain, room, toll, 10_000)
    assert found is not None
    listed = {tuple(np.flatnonzero(row).tolist()): cost for row, cost in zip(*found, strict=True)}
    expected = {}
    for size in range(8):
        for rest in combinations([i for i in range(8) if i != home], size):
            inside = tuple(sorted((home, *rest)))
            if contiguous and not is_connected(problem.neighbours or (), set(inside)):
                continue
            members = np.zeros((1, 8), dtype=np.bool_)
            members[0, list(inside)] = True
            cost = gain[list(inside)].sum() + problem.imbalance(problem.load[list(inside)].sum())
            cost += toll.paid(members)[0]
            if cost <= room:
                expected[inside] = cost
    assert set(listed) == set(expected)
    assert len(found[0]) == len(listed)
    for inside, cost in expected.items():
        assert abs(listed[inside] - cost) < 1e-6 * max(1.0, abs(cost))


def line(count: int) -> Ground:
    """Return districts in a row, a load of 1 each, whose balance costs nothing."""
    near = [tuple(j for j in (i - 1, i + 1) if 0 <= j < count) for i in range(count)]
    return Ground(tuple(near), np.ones(count, dtype=np.int64), np.zeros(count + 1))


def test_more_districts_than_bits_of_a_word() -> None:
    """In a row of 150 districts, home in the middle, an area is a stretch around it."""
    gain = np.ones(150)
    found = grown(line(150), 75, gain, 4.0, Tolls.none(), 100_000)
    assert found is not None
    stretches = sorted(tuple(np.flatnonzero(row).tolist()) for row in found[0])
    assert stretches == sorted(
        tuple(range(a, b + 1)) for a in range(72, 76) for b in range(75, 79) if b - a < 4
    )


def test_tells_that_there_are_too_many() -> None:
    assert grown(line(30), 15, np.zeros(30), 1.0, Tolls.none(), 10) is None


def test_a_home_that_is_too_heavy_has_no_area() -> None:
    ground = Ground(None, np.array([5, 1]), np.array([0.0, 0.0, 9.0, 9.0, 9.0, 9.0, 9.0]))
    found = grown(ground, 0, np.array([1.0, -1.0]), 3.0, Tolls.none(), 10)
    assert found is not None
    assert len(found[0]) == 0
