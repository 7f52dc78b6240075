"""Plain p-medians: interchange, the search over bases and whole-number bounds, by enumeration."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from planner.domain.plan import StopReason
from planner.optimizer.areas.bound import Lagrangian
from planner.optimizer.areas.branch import Tree
from planner.optimizer.areas.budget import Budget
from planner.optimizer.areas.construct import is_feasible
from planner.optimizer.areas.fixing import Rest, everything
from planner.optimizer.areas.median import interchange
from planner.optimizer.areas.problem import AreasProblem
from planner.optimizer.areas.search import SearchLimits, first, solve
from planner.optimizer.stage import Effort, Silent

EXACT = SearchLimits(wanted_gap=1e-9)


def p_median(seed: int, vertices: int = 16, areas: int = 4, *, whole: bool = True) -> AreasProblem:
    rng = np.random.default_rng(seed)
    points = rng.uniform(0, 100, (vertices, 2))
    cost = np.hypot(*(points[:, None] - points).transpose(2, 0, 1))
    return AreasProblem.p_median(np.rint(cost) if whole else cost, areas)


def optimum(problem: AreasProblem) -> float:
    forced = set(np.flatnonzero(problem.must_open).tolist())
    return min(
        float(problem.cost[list(bases)].min(axis=0).sum())
        for bases in combinations(range(problem.candidates), problem.areas)
        if forced <= set(bases)
    )


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("seed", range(6))
def test_the_search_finds_and_proves_the_optimum(seed: int, whole: bool) -> None:
    problem = p_median(seed, whole=whole)
    budget = Budget(Effort(), Silent())
    start = first(problem, EXACT, budget)
    assert start is not None
    found = solve(problem, budget, EXACT, start=start)
    assert found.value == pytest.approx(optimum(problem))
    assert found.bound == pytest.approx(found.value)
    assert found.stop is StopReason.PROVEN


@pytest.mark.parametrize("seed", range(8))
def test_an_exchange_never_worsens_and_ends_where_none_gains(seed: int) -> None:
    problem = p_median(seed, areas=3)
    start = np.repeat(np.arange(3), [6, 5, 5])
    start[:3] = [0, 1, 2]
    end = interchange(problem, start)
    assert is_feasible(problem, end)
    assert problem.value(end) <= problem.value(start)
    bases = set(np.unique(end).tolist())
    for out in bases:
        for comes in set(range(problem.candidates)) - bases:
            others = sorted(bases - {out} | {comes})
            assert problem.cost[others].min(axis=0).sum() >= problem.value(end) - 1e-9


def test_a_base_that_must_open_is_never_exchanged() -> None:
    problem = p_median(3, areas=3)
    worst = int(problem.cost.sum(axis=1).argmax())
    must = np.arange(problem.candidates) == worst
    problem = replace(problem, must_open=must)
    start = np.full(problem.districts, worst)
    spare = [c for c in range(problem.candidates) if c != worst][:2]
    start[spare] = spare
    end = interchange(problem, start)
    assert worst in end
    assert problem.value(end) < problem.value(start)


@pytest.mark.parametrize("seed", range(8))
def test_the_tree_proves_from_any_incumbent(seed: int) -> None:
    """Below a poor incumbent it finds the optimum, below the optimum it finds nothing."""
    problem = p_median(seed, vertices=14, areas=5)
    best = optimum(problem)
    lam = Lagrangian(problem).start().lam
    budget = Budget(Effort(), Silent())
    found = Tree(problem, 3 * best, problem.grain).run(lam, 10_000, budget)
    assert found.owner is not None
    assert problem.value(found.owner) == best
    assert found.bound == best
    again = Tree(problem, best, problem.grain).run(lam, 10_000, budget)
    assert again.owner is None
    assert again.bound == best


def test_a_tree_that_is_cut_short_claims_no_more_than_it_knows() -> None:
    problem = p_median(2, vertices=40, areas=6)
    lam = Lagrangian(problem).start().lam
    budget = Budget(Effort(), Silent())
    whole = Tree(problem, 3 * problem.cost[:6].min(axis=0).sum(), problem.grain).run(
        lam, 100_000, budget
    )
    cut = Tree(problem, whole.bound + 5.0, problem.grain).run(lam, 1, budget)
    assert cut.bound <= whole.bound


def test_what_is_plain() -> None:
    problem = p_median(1)
    assert problem.plain
    assert not replace(problem, imbalance_weight=1.0).plain
    assert not replace(problem, split_weight=1.0).plain
    assert not replace(problem, neighbours=((),) * 16).plain
    pinned = problem.group.copy()
    pinned[0] = 0
    assert not replace(problem, group=pinned).plain
    assert not replace(problem, home=np.zeros(16, dtype=np.int64)).plain


def test_only_whole_objectives_round_their_bound_up() -> None:
    assert p_median(1).rounded(10.2) == 11.0
    assert p_median(1).rounded(11.0000001) == 11.0
    assert p_median(1, whole=False).rounded(10.2) == 10.2
    assert replace(p_median(1), imbalance_weight=0.5).rounded(10.2) == 10.2


def test_what_fixing_leaves_keeps_the_optimum() -> None:
    problem = p_median(5)
    best = optimum(problem)
    rest = Rest.of(problem, everything(problem))
    assert rest is not None
    relaxation = Lagrangian(rest.problem)
    _, relaxed = relaxation.climb(relaxation.start(), best, 100)
    left = rest.narrowed(problem, relaxed, best)
    assert left is not None
    assert len(left.rows) < problem.candidates
    assert optimum(left.problem) == best
    assert rest.narrowed(problem, relaxed, relaxed.value - 1.0) is None
