"""The joint problem of one role: bounds and solutions in turn, until they meet."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from planner.domain.plan import StopReason
from planner.optimizer.pairing.construct import pairs_of, place
from planner.optimizer.pairing.exact import MAX_COLUMNS, NODES, columns, solve_exactly
from planner.optimizer.pairing.improve import improve
from planner.optimizer.pairing.matching import matching_bound
from planner.optimizer.pairing.prices import PriceSearch
from planner.optimizer.pairing.problem import Ints, Pairing, PairingProblem
from planner.optimizer.pairing.relaxation import Answer

STEPS = 120
"""Limit of the price search, times the effort's scale."""
KICKS = 40
"""Limit of restarts from a shaken solution, times the effort's scale."""
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
    them (a Lagrangian relaxation). What is left open then goes to an exact model, if it is small,
    and else to an exact matching for the bound and to shaking for the solution.
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
    search.cap(matching_bound(problem, prices.prices))
    rng = np.random.default_rng(budget.seed)
    for _ in range(int(KICKS * budget.scale)):
        if search.stop is not None or search.solution is None:
            return
        search.take(improve(problem, _shaken(problem, search.solution, rng)))
        search.cap(float(search.bound))


def from_answer(problem: PairingProblem, answer: Answer) -> Pairing:
    """Return the solution that a relaxation's permutation suggests."""
    return place(problem, *pairs_of(answer.partner, answer.worth))


def _shaken(problem: PairingProblem, solution: Pairing, rng: np.random.Generator) -> Pairing:
    """Pair the people of a few pairs anew, by chance."""
    first, second = solution.first.copy(), solution.second.copy()
    some = rng.permutation(len(first))[: max(2, min(8, len(first)))]
    people = rng.permutation(np.concatenate((first[some], second[some])))
    first[some], second[some] = people[: len(some)], people[len(some) :]
    return place(problem, first, second)


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
