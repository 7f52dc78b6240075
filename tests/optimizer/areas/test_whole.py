"""The bound with whole loads and the fixing that rests on it, against enumeration."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.optimizer.areas.bound import Lagrangian, Prices
from planner.optimizer.areas.fixing import Rest, everything, survivors
from planner.optimizer.areas.problem import AreasProblem, Ints
from planner.optimizer.areas.whole import WholeLagrangian, whole_lagrangian

Brute = Callable[[AreasProblem], tuple[float, Ints | None]]
Make = Callable[..., AreasProblem]


def relaxation_of(problem: AreasProblem) -> WholeLagrangian:
    whole = whole_lagrangian(problem)
    assert whole is not None
    return whole


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    seed=st.integers(0, 10_000),
    weight=st.sampled_from([3.0, 1e4]),
    pinned=st.integers(0, 3),
    contiguous=st.booleans(),
    climbed=st.booleans(),
)
def test_never_above_the_optimum_and_keeps_it(
    brute_force: Brute,
    random_problem: Make,
    seed: int,
    weight: float,
    pinned: int,
    contiguous: bool,
    climbed: bool,
) -> None:
    problem = random_problem(
        seed, districts=6, pinned=pinned, contiguous=contiguous, weights=(0.0, weight)
    )
    best, owner = brute_force(problem)
    if owner is None:
        return
    relaxation = relaxation_of(problem)
    rng = np.random.default_rng(seed)
    prices = Prices(rng.normal(100, 100, 6), rng.uniform(-weight, weight, problem.candidates))
    _, relaxed = relaxation.climb(prices, best, 60 if climbed else 0)
    assert relaxed.value <= best + 1e-6
    left = survivors(problem, relaxed, best + 1e-3)
    assert left.serve[owner, np.arange(6)].all()
    assert set(np.flatnonzero(left.opened)) <= set(owner.tolist())
    rest = Rest.of(problem, left)
    assert rest is not None


def hard(problem: AreasProblem) -> AreasProblem:
    """Return the problem with loads of 5 to 9 that are to be kept within 15 %."""
    load = (5.0 + np.arange(problem.districts) % 5).astype(np.float64)
    return replace(problem, load=load, imbalance_weight=1e3, tolerance=0.15, split_weight=0.0)


def test_above_the_linear_bound_where_balance_is_hard(random_problem: Make) -> None:
    problem = hard(random_problem(3, districts=16, areas=4))
    linear = Lagrangian(problem)
    prices, low = linear.climb(linear.start(), 2_000.0, 200)
    relaxation = relaxation_of(problem)
    assert relaxation.evaluate(prices).value >= low.value
    _, high = relaxation.climb(prices, 2_000.0, 60)
    assert high.value > low.value
    left = [survivors(problem, one, 1.02 * high.value).serve.sum() for one in (low, high)]
    assert left[1] < left[0] <= everything(problem).serve.sum()


def test_a_district_behind_others_costs_the_way(random_problem: Make) -> None:
    """In a row of districts the far one is no cheaper than the dearest between."""
    problem = replace(
        hard(random_problem(1, districts=5, areas=2)),
        neighbours=((1,), (0, 2), (1, 3), (2, 4), (3,)),
    )
    relaxed = relaxation_of(problem).evaluate(
        Prices(np.array([900.0, 900, -900, 900, 900]), np.zeros(problem.candidates))
    )
    inside, outside = relaxed.forced(np.full(problem.candidates, np.inf))
    left = problem.home == 0
    assert (inside[left, 3] >= inside[left, 2]).all()
    assert (inside[left, 2] > inside[left, 1]).all()
    assert (outside[left, 0] == np.inf).all()


def test_none_where_regions_cost_or_balance_does_not(random_problem: Make) -> None:
    problem = random_problem(1)
    assert whole_lagrangian(problem) is None
    assert whole_lagrangian(replace(problem, split_weight=0.0, imbalance_weight=0.0)) is None
    free = replace(problem, split_weight=0.0)
    assert whole_lagrangian(free) is not None
    heavy = np.array([1.0, 5e6, 0.0, 0.0, 0.0, 0.0, 0.0])
    assert whole_lagrangian(replace(free, load=heavy, usual_load=1e3)) is None
