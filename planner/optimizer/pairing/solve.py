"""The joint problem of one role: bounds and solutions in turn, until they meet."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from planner.domain.plan import StopReason
from planner.optimizer.pairing.construct import pairs_of, place
from planner.optimizer.pairing.exact import (
    MAX_COLUMNS,
    NODES,
    POOL_NODES,
    columns,
    columns_of,
    solve_exactly,
    well_priced,
)
from planner.optimizer.pairing.improve import improve
from planner.optimizer.pairing.matching import MAX_PEOPLE, match
from planner.optimizer.pairing.prices import PriceSearch
from planner.optimizer.pairing.problem import Ints, Pairing, PairingProblem
from planner.optimizer.pairing.relaxation import Answer

STEPS = 120
"""Limit of the price search, times the effort's scale."""
ROUNDS = 3
"""Limit of rounds of restarts and an exact model of their pairs, times the effort's scale."""
RESTARTS = 4
"""Restarts of a round."""
NOISE = 0.5
"""Standard deviation of the price changes between restarts, in points."""
EVERY = 10
"""Price steps between two solutions."""
WANTED_GAP = 1e-4


@dataclass(frozen=True, eq=False)
class Solved:
    """A solution with its claims.

    Parameters
    ----------
    solution
        Pairs and areas of the problem as given.
    value, bound
        Points and a valid upper bound, penalties included; whole numbers.
    stop
        Why the search ended.
    """

    solution: Pairing
    value: int
    bound: int
    stop: StopReason


@dataclass(frozen=True)
class Budget:
    """How long to go on.

    Parameters
    ----------
    scale
        Multiplies all limits.
    seed
        Seed of the shaking.
    deadline
        Of :func:`time.monotonic`, or None for reproducible runs.
    cancelled
        Tells whether the user wants the best so far.
    watch
        Is told every new value and bound.
    """

    scale: float
    seed: int
    deadline: float | None
    cancelled: Callable[[], bool]
    watch: Callable[[float, float], None]

    @property
    def over(self) -> StopReason | None:
        """Why to stop now, or None."""
        if self.cancelled():
            return StopReason.CANCELLED
        if self.deadline is not None and time.monotonic() >= self.deadline:
            return StopReason.TIME
        return None

    @property
    def seconds(self) -> float | None:
        """Seconds that are left, or None."""
        return None if self.deadline is None else max(0.1, self.deadline - time.monotonic())


class _Search:
    """The best solution and the best bound, and whether they have met."""

    def __init__(self, problem: PairingProblem, budget: Budget) -> None:
        self.problem = problem
        self.budget = budget
        self.solution: Pairing | None = None
        self.value = -(2**60)
        self.bound = 2**60
        self.restarts = 0

    def take(self, solution: Pairing) -> None:
        value = self.problem.value(solution)
        if self.solution is None or value > self.value:
            self.solution, self.value = solution, value

    def cap(self, bound: float) -> None:
        # All points are whole numbers, so that a bound may be rounded down.
        if np.isfinite(bound):
            self.bound = min(self.bound, int(np.floor(bound + 1e-5)))
        self.budget.watch(float(self.value), float(self.bound))

    @property
    def stop(self) -> StopReason | None:
        if self.bound <= self.value:
            return StopReason.PROVEN
        scale = max(abs(self.value), abs(self.bound))
        if (self.bound - self.value) <= WANTED_GAP * scale and self.problem.people > 60:
            return StopReason.PROVEN
        return self.budget.over


def solve(problem: PairingProblem, budget: Budget) -> Solved:
    """Pair and place for the most points.

    Prices of the areas' slots give bounds, their permutations give solutions, exchanges improve
    them (a Lagrangian relaxation). What is left open then goes to an exact model of all teams, if
    that is small, and else of the teams in several good solutions; exact matchings sharpen the
    bound.
    """
    merged, members = merge(problem)
    search = _Search(merged, budget)
    prices = PriceSearch(merged)
    search.take(improve(merged, from_answer(merged, prices.best)))
    search.cap(prices.best.bound)
    steps = max(1, int(STEPS * budget.scale))
    for step in range(1, steps + 1):
        if search.stop is not None or prices.finished:
            break
        prices.step()
        search.cap(prices.best.bound)
        if step % EVERY == 0 or prices.finished:
            search.take(improve(merged, from_answer(merged, prices.best)))
    if search.stop is None:
        _finish(search, prices)
    stop = search.stop or StopReason.ITERATIONS
    best = search.solution
    if best is None:
        msg = "the search ended without a solution"
        raise RuntimeError(msg)
    bound = max(search.bound, search.value)
    return Solved(_split(best, members, problem), search.value, bound, stop)


def _finish(search: _Search, prices: PriceSearch) -> None:
    """Close what the price search left open."""
    problem, budget = search.problem, search.budget
    small = columns(problem)
    if len(small.points) <= MAX_COLUMNS:
        nodes = max(1, int(NODES * budget.scale))
        solution, bound = solve_exactly(problem, small, nodes, budget.seconds)
        if solution is not None:
            search.take(improve(problem, solution))
        search.cap(bound)
        if search.stop is not None:
            return
    rng = np.random.default_rng(budget.seed)
    pool: set[tuple[int, int]] = set()
    # Large rosters gain next to nothing from further rounds, which take them long.
    rounds = 1 if problem.people > MAX_PEOPLE else max(1, int(ROUNDS * budget.scale))
    for _ in range(rounds):
        pool |= _restart(search, prices, rng)
        if search.stop is not None:
            return
        pairs = np.array(sorted(pool), dtype=np.int64).reshape(-1, 2)
        found = well_priced(columns_of(problem, pairs[:, 0], pairs[:, 1]), prices.prices)
        nodes = max(1, int(POOL_NODES * budget.scale))
        solution, _ = solve_exactly(problem, found, nodes, budget.seconds)
        if solution is not None:
            search.take(improve(problem, solution))
            search.cap(float(search.bound))


def _restart(
    search: _Search, prices: PriceSearch, rng: np.random.Generator
) -> set[tuple[int, int]]:
    """Restart from pairs at slightly other prices; return the pairs of all solutions.

    Pairs come from exact matchings, in large rosters from assignments.
    """
    problem = search.problem
    pool: set[tuple[int, int]] = set()
    for _ in range(RESTARTS):
        if search.stop is not None:
            break
        # The first matching of all is at the best prices: it may close the bound.
        noise = rng.normal(0.0, NOISE, len(prices.prices)) * (search.restarts > 0)
        search.restarts += 1
        if problem.people > MAX_PEOPLE:
            start = from_answer(problem, prices.ask(prices.prices + noise))
        else:
            matched = match(problem, prices.valid(prices.prices + noise))
            search.cap(matched.bound)
            start = place(problem, matched.first, matched.second)
        solution = improve(problem, start)
        search.take(solution)
        for found in (start, solution):
            low, high = np.minimum(found.first, found.second), np.maximum(found.first, found.second)
            pool.update(zip(low.tolist(), high.tolist(), strict=True))
    return pool


def from_answer(problem: PairingProblem, answer: Answer) -> Pairing:
    """Return the solution that a relaxation's permutation suggests."""
    return place(problem, *pairs_of(answer.partner, answer.worth))


def merge(problem: PairingProblem) -> tuple[PairingProblem, list[list[int]]]:
    """Merge areas that are alike to everybody; their quotas add up.

    Returns
    -------
    merged, members
        The smaller problem, and for each of its areas the areas that it stands for.
    """
    groups: dict[bytes, list[int]] = {}
    for area in range(problem.areas):
        groups.setdefault(problem.placed[:, :, area].tobytes(), []).append(area)
    members = list(groups.values())
    return replace(
        problem,
        placed=problem.placed[:, :, [group[0] for group in members]],
        quota=np.array([problem.quota[group].sum() for group in members], dtype=np.int64),
    ), members


def _split(solution: Pairing, members: list[list[int]], problem: PairingProblem) -> Pairing:
    """Share the pairs of merged areas out over the areas they stand for, in order."""
    area: Ints = np.full(len(solution.area), problem.areas, dtype=np.int64)
    lowest = np.minimum(solution.first, solution.second)
    for merged, group in enumerate(members):
        pairs = np.flatnonzero(solution.area == merged)
        pairs = pairs[np.argsort(lowest[pairs], kind="stable")]
        slots = np.repeat(np.array(group, dtype=np.int64), problem.quota[group])
        area[pairs] = slots[: len(pairs)]
    return Pairing(solution.first, solution.second, area)
