"""The Lagrangian bound and the fixing that rests on it, against enumeration."""

from collections.abc import Callable

import numpy as np
import pytest

from planner.optimizer.areas.bound import Lagrangian, Prices
from planner.optimizer.areas.fixing import everything, survivors
from planner.optimizer.areas.problem import AreasProblem, Ints

Brute = Callable[[AreasProblem], tuple[float, Ints | None]]
Make = Callable[..., AreasProblem]


@pytest.mark.parametrize("seed", range(12))
def test_any_prices_give_a_valid_bound(brute_force: Brute, random_problem: Make, seed: int) -> None:
    problem = random_problem(seed, pinned=seed % 3)
    best, _ = brute_force(problem)
    rng = np.random.default_rng(seed)
    for _ in range(5):
        lam = rng.normal(100, 100, problem.districts)
        limit = problem.imbalance_weight
        prices = Prices(lam, rng.uniform(-limit, limit, problem.candidates))
        assert Lagrangian(problem).evaluate(prices).value <= best + 1e-6


def test_the_climb_never_ends_below_its_start(random_problem: Make) -> None:
    relaxation = Lagrangian(random_problem(4))
    start = relaxation.start()
    _, end = relaxation.climb(start, 1000.0, 50)
    assert end.value >= relaxation.evaluate(start).value


@pytest.mark.parametrize("seed", range(12))
def test_fixing_keeps_the_optimum(brute_force: Brute, random_problem: Make, seed: int) -> None:
    problem = random_problem(seed, pinned=seed % 3)
    best, owner = brute_force(problem)
    if owner is None:
        return
    relaxation = Lagrangian(problem)
    _, relaxed = relaxation.climb(relaxation.start(), best, 80)
    left = survivors(problem, relaxed, best + 1e-3)
    assert left.serve[owner, np.arange(problem.districts)].all()
    assert set(np.flatnonzero(left.opened)) <= set(owner.tolist())
    assert left.serve.sum() <= everything(problem).serve.sum()


def test_fixing_leaves_less_the_nearer_the_incumbent(random_problem: Make) -> None:
    problem = random_problem(2, districts=20, areas=4)
    relaxation = Lagrangian(problem)
    _, relaxed = relaxation.climb(relaxation.start(), 2000.0, 200)
    sizes = [
        survivors(problem, relaxed, relaxed.value * share).serve.sum() for share in (1.0, 1.1, 2.0)
    ]
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[-1]
