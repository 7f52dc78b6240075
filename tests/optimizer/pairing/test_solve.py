"""The core on random arrays: valid bounds, exchanges that never lose, merged areas."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.plan import StopReason
from planner.optimizer.pairing.construct import pairs_of, place
from planner.optimizer.pairing.exact import columns, solve_exactly
from planner.optimizer.pairing.improve import improve
from planner.optimizer.pairing.matching import match
from planner.optimizer.pairing.prices import PriceSearch
from planner.optimizer.pairing.problem import NEVER, Pairing, PairingProblem
from planner.optimizer.pairing.relaxation import Relaxation
from planner.optimizer.pairing.solve import Budget, merge, solve


def random_problem(seed: int, people: int, quota: tuple[int, ...], states: int) -> PairingProblem:
    rng = np.random.default_rng(seed)
    traits = 4
    together = rng.integers(0, 60, (people, people))
    together = np.triu(together, 1) + np.triu(together, 1).T
    state = rng.integers(0, states, people)
    together[state[:, None] == state[None, :]] = NEVER
    placed = rng.integers(-10, 40, (traits, traits, len(quota)))
    placed = np.maximum(placed, placed.transpose(1, 0, 2))
    teams = min(people // 2, sum(quota))
    nothing = np.zeros((traits, traits), dtype=np.int64)
    trait = rng.integers(0, traits, people)
    return PairingProblem(together, trait, placed, nothing, np.array(quota), teams, 100_000)


def budget(**fields: object) -> Budget:
    values = {
        "scale": 1.0,
        "seed": 1,
        "deadline": None,
        "cancelled": lambda: False,
        "watch": lambda _value, _bound: None,
    } | fields
    return Budget(**values)  # type: ignore[arg-type]


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000), st.integers(1, 5), st.integers(2, 5), st.integers(0, 10_000))
def test_any_prices_give_a_valid_bound(seed: int, half: int, states: int, other: int) -> None:
    problem = random_problem(seed, 2 * half, (1, 2, 2), states)
    best, exact = solve_exactly(problem, columns(problem), 10_000, None)
    value = exact if best is None else problem.value(best)
    assert value == pytest.approx(exact)
    relaxation = Relaxation(problem)
    prices = relaxation.prices(np.random.default_rng(other).normal(0, 30, 4))
    answer = relaxation.answer(prices)
    matched = match(problem, prices).bound
    assert answer.bound >= matched - 1e-6
    assert matched >= value - 1e-6


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000), st.integers(1, 12), st.integers(2, 5))
def test_solutions_use_everybody_once_and_exchanges_never_lose(
    seed: int, half: int, states: int
) -> None:
    problem = random_problem(seed, 2 * half, (3, 2, 4), states)
    answer = PriceSearch(problem).best
    start = place(problem, *pairs_of(answer.partner, answer.worth))
    better = improve(problem, start)
    assert problem.value(better) >= problem.value(start)
    for solution in (start, better):
        everybody = np.concatenate((solution.first, solution.second))
        assert sorted(everybody.tolist()) == list(range(2 * half))
        use = np.bincount(solution.area, minlength=4)
        assert (use[:3] <= problem.quota).all()
        assert use[3] <= problem.bench


@pytest.mark.parametrize("states", [3, 12])
def test_large_enough_to_need_every_step(states: int) -> None:
    problem = random_problem(11, 120, (20, 25, 15), states)
    solved = solve(problem, budget())
    assert problem.value(solved.solution) == solved.value <= solved.bound
    assert solved.bound - solved.value <= 1e-3 * solved.bound


def test_limits_and_deadlines_keep_the_best_so_far() -> None:
    problem = random_problem(12, 200, (40, 30, 30), 20)
    for limited in (budget(deadline=0.0), budget(cancelled=lambda: True)):
        solved = solve(problem, limited)
        assert solved.stop in {StopReason.TIME, StopReason.CANCELLED, StopReason.PROVEN}
        assert solved.bound >= solved.value > 0


def test_alike_areas_are_merged_and_split_again() -> None:
    problem = random_problem(13, 20, (3, 4, 3), 6)
    problem.placed[:, :, 2] = problem.placed[:, :, 0]
    merged, members = merge(problem)
    assert members == [[0, 2], [1]]
    assert merged.quota.tolist() == [6, 4]
    solved = solve(problem, budget())
    assert np.bincount(solved.solution.area, minlength=3).tolist() == [3, 4, 3]
    assert problem.value(solved.solution) == solved.value


def test_odd_circles_are_left_with_one_person() -> None:
    worth = np.array([[0, 5, 1, 0], [5, 0, 9, 0], [1, 9, 0, 0], [0, 0, 0, 0]], dtype=np.float64)
    first, second = pairs_of(np.array([1, 2, 0, 3]), worth)
    assert {frozenset(pair) for pair in zip(first.tolist(), second.tolist(), strict=True)} == {
        frozenset({1, 2}),
        frozenset({0, 3}),
    }


def test_forbidden_teams_cost_a_penalty_and_are_no_teams() -> None:
    problem = random_problem(14, 4, (2,), 1)
    solution = Pairing(np.array([0, 2]), np.array([1, 3]), np.array([0, 0]))
    assert not problem.is_team(solution).any()
    assert problem.value(solution) == -2 * problem.penalty
