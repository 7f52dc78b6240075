"""Neighbouring areas solved again as a problem of their own."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from planner.optimizer.areas.budget import Budget
from planner.optimizer.areas.construct import construct, is_feasible
from planner.optimizer.areas.part import Part, neighbouring
from planner.optimizer.areas.problem import AreasProblem, Ints

Brute = Callable[[AreasProblem], tuple[float, Ints | None]]
Make = Callable[..., AreasProblem]


def made(random_problem: Make, seed: int) -> tuple[AreasProblem, Ints]:
    """Return a problem with a hard balance, and a solution that nobody has improved."""
    problem = random_problem(seed, districts=14, areas=4, weights=(0.0, 1e3))
    owner = construct(problem, np.random.default_rng(seed).permutation(15).tolist())
    assert owner is not None
    return problem, owner


def test_two_areas_become_the_best_two(
    brute_force: Brute, random_problem: Make, budget: Budget
) -> None:
    tried, better = 0, 0
    for seed in range(8):
        problem, owner = made(random_problem, seed)
        for pair in neighbouring(problem, owner, 2):
            part = Part.of(problem, owner, np.array(pair))
            if len(part.districts) > 8:
                continue
            tried += 1
            best, _ = brute_force(part.problem)
            found = part.solved(np.zeros(len(part.districts)), budget)
            if found is None:
                assert part.problem.value(part.owner) == pytest.approx(best)
                continue
            better += 1
            assert part.problem.value(found) == pytest.approx(best)
            new = part.placed(owner, found)
            assert is_feasible(problem, new)
            gain = part.problem.value(part.owner) - part.problem.value(found)
            assert problem.value(owner) - problem.value(new) == pytest.approx(gain)
    assert tried > better > 5


def test_neighbouring_areas_hang_together(random_problem: Make) -> None:
    problem, _ = made(random_problem, 1)
    line = tuple(tuple(j for j in (i - 1, i + 1) if 0 <= j < 6) for i in range(6))
    problem = replace(problem, neighbours=line)
    owner = np.array([0, 0, 3, 3, 5, 9])
    assert neighbouring(problem, owner, 2) == [(0, 3), (3, 5), (5, 9)]
    assert neighbouring(problem, owner, 3) == [(0, 3, 5), (3, 5, 9)]
