"""Base problems with whole loads, against all sets of districts."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.optimizer.areas.knapsack import Knapsacks, whole_loads
from planner.optimizer.areas.problem import AreasProblem, Floats

Make = Callable[..., AreasProblem]
COUNT = 6


def enumerated(problem: AreasProblem, base: int, gain: Floats) -> tuple[float, Floats, Floats]:
    """Return the least cost of a base, with every district, and without it."""
    inside, outside = np.full(COUNT, np.inf), np.full(COUNT, np.inf)
    for bits in product((False, True), repeat=COUNT):
        members = np.array(bits)
        if members[problem.home[base]]:
            cost = gain[members].sum() + problem.imbalance(float(problem.load[members].sum()))
            inside[members] = np.minimum(inside[members], cost)
            outside[~members] = np.minimum(outside[~members], cost)
    return float(inside[problem.home[base]]), inside, outside


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    seed=st.integers(0, 10_000),
    weight=st.sampled_from([3.0, 30.0, 1e4]),
    heavy=st.sampled_from([None, 40.0, 150.0]),
    usual=st.sampled_from([None, 12.0]),
    unit=st.sampled_from([1.0, 7.0]),
)
def test_agrees_with_all_sets(
    random_problem: Make,
    seed: int,
    weight: float,
    heavy: float | None,
    usual: float | None,
    unit: float,
) -> None:
    problem = random_problem(seed, districts=COUNT, weights=(0.0, weight))
    load = problem.load.copy()
    load[0] = heavy or load[0] + 1.0
    problem = replace(problem, load=unit * load, usual_load=usual and unit * usual)
    rng = np.random.default_rng(seed)
    gain = problem.cost - rng.normal(100, 150, COUNT)
    gain[rng.random(gain.shape) < 0.1] = np.inf
    whole = whole_loads(problem)
    assert whole is not None
    knapsacks, bases = Knapsacks(problem, whole), np.arange(problem.candidates)
    values, serves = knapsacks.solve(bases, gain)
    inside, outside = knapsacks.forced(bases, gain)
    for base in bases.tolist():
        best, with_it, without = enumerated(problem, base, gain[base])
        assert values[base] == pytest.approx(best)
        assert inside[base] == pytest.approx(with_it)
        assert outside[base] == pytest.approx(without)
        if np.isfinite(best):
            members = serves[base]
            load_of = float(problem.load[members].sum())
            assert gain[base, members].sum() + problem.imbalance(load_of) == pytest.approx(best)


def test_loads_in_parts_have_no_table(random_problem: Make) -> None:
    problem = random_problem(1)
    assert whole_loads(replace(problem, load=problem.load + 0.5)) is None
    assert whole_loads(replace(problem, load=np.zeros(7))) is None


def test_a_common_unit_shortens_the_table(random_problem: Make) -> None:
    problem = replace(random_problem(1), load=np.array([6.0, 9, 3, 0, 12, 3, 3]) * 1e6)
    whole = whole_loads(problem)
    assert whole is not None
    assert whole.tolist() == [2, 3, 1, 0, 4, 1, 1]
    assert whole_loads(replace(problem, load=problem.load + np.eye(7)[0])) is None
