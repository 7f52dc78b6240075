"""Hubs of one area: agreement with complete enumeration, and valid bounds."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.optimizer.allocation import hubs
from planner.optimizer.allocation.hubs import HubProblem, greedy, solve_hubs


def _random(seed: int, hubs: int, points: int, pairs: int) -> HubProblem:
    rng = np.random.default_rng(seed)
    minutes = rng.uniform(1, 60, (hubs, points))
    minutes[rng.random((hubs, points)) < 0.4] = np.inf
    demand = rng.integers(1, 9, points)
    cap = rng.integers(0, pairs + 1, hubs)
    cap[0] = pairs
    floor = np.minimum(rng.integers(0, 2, hubs), cap)
    floor = floor if floor.sum() <= pairs else np.zeros(hubs, dtype=np.int64)
    capacity = 1.1 * float(demand.sum()) / max(1, pairs)
    return HubProblem(minutes, demand, pairs, capacity, 600.0, floor, cap)


def _best(problem: HubProblem) -> float:
    ranges = [range(a, b + 1) for a, b in zip(problem.floor, problem.cap, strict=True)]
    return min(
        problem.value(np.array(counts))
        for counts in itertools.product(*ranges)
        if sum(counts) == problem.pairs
    )


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000), st.integers(1, 4), st.integers(1, 6), st.integers(1, 4))
def test_as_good_as_enumeration(seed: int, hubs: int, points: int, pairs: int) -> None:
    problem = _random(seed, hubs, points, pairs)
    solved = solve_hubs(problem, 400, None)
    best = _best(problem)
    assert solved.counts.sum() == pairs
    assert (solved.counts >= problem.floor).all()
    assert (solved.counts <= problem.cap).all()
    assert solved.bound <= best + 1e-6
    assert solved.value == pytest.approx(best, rel=1e-3)
    assert problem.value(greedy(problem)) >= best - 1e-6
    assert problem.easy_bound() <= best + 1e-6


def test_out_of_time_still_gives_a_solution() -> None:
    problem = _random(7, 12, 60, 9)
    solved = solve_hubs(problem, 1, 0.0)
    assert solved.counts.sum() == 9
    assert solved.bound <= solved.value


def test_flows_tied_to_their_hub_bound_more_at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = _random(11, 12, 40, 5)
    tied = solve_hubs(problem, 1, None)
    monkeypatch.setattr(hubs, "STRONG_FLOWS", 0)
    loose = solve_hubs(problem, 1, None)
    assert tied.bound >= loose.bound - 1e-6
    assert tied.value <= loose.value + 1e-6
    assert tied.value - tied.bound < 0.5 * (loose.value - loose.bound)
