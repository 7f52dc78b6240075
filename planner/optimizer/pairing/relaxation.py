"""An upper bound: quotas priced by multipliers, the matching relaxed to an assignment.

For any price of each area's slots, ``D = max sum(points - price) + sum(price * quota)`` over
perfect matchings without quotas is an upper bound on the joint problem. The prices of areas that
need not be filled must not be negative; the others are free. A matching is half of a permutation
without fixed points, so that a linear assignment bounds it in turn; it takes milliseconds where an
exact matching takes a tenth of a second, and in rosters of several States the two hardly differ.
Prices are multiples of 1/256, so that all sums are exact in double precision.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from planner.optimizer.pairing.problem import NEVER, Floats, Ints, PairingProblem

_GRID = 256.0


@dataclass(frozen=True, eq=False)
class Answer:
    """What the relaxation says at some prices.

    Parameters
    ----------
    bound
        A valid upper bound on the points of every solution.
    excess
        Shape (areas + 1,): quota minus use of every area and of the bench; a subgradient.
    partner
        Shape (people,): the permutation; two cycles are pairs.
    worth
        Shape (people, people): priced points of every pair in its best place.
    """

    bound: float
    excess: Floats
    partner: Ints
    worth: Floats


class Relaxation:
    """Answers prices with bounds.

    Parameters
    ----------
    problem
        The problem to bound.
    """

    def __init__(self, problem: PairingProblem) -> None:
        self._problem = problem
        self.quota: Floats = np.append(problem.quota, problem.bench).astype(np.float64)
        # Far below every other permutation, and exact in double precision.
        self._never = 4.0 * NEVER

    def prices(self, wanted: Floats) -> Floats:
        """Return the nearest valid prices: on the grid, not negative where slots may stay free."""
        rounded: Floats = np.round(wanted * _GRID) / _GRID
        if not self._problem.full:
            rounded[:-1] = np.maximum(rounded[:-1], 0.0)
        return rounded

    def answer(self, prices: Floats) -> Answer:
        """Return the bound at ``prices``, shape (areas + 1,), as :meth:`prices` makes them."""
        problem = self._problem
        worth, place = self.worth(prices)
        np.fill_diagonal(worth, self._never)
        rows, partner = linear_sum_assignment(worth, maximize=True)
        bound = float(worth[rows, partner].sum()) / 2 + float(prices @ self.quota)
        use = np.bincount(place[rows, partner], minlength=problem.areas + 1) / 2
        return Answer(bound, self.quota - use, partner.astype(np.int64), worth)

    def worth(self, prices: Floats) -> tuple[Floats, Ints]:
        """Return for every two people their best priced points, and the place that gives them."""
        problem = self._problem
        across = np.ix_(problem.trait, problem.trait)
        left = problem.benched.astype(np.float64)
        bench = (left - prices[-1])[across]
        if not problem.areas:
            return bench, np.zeros(bench.shape, dtype=np.int64)
        priced = problem.placed - prices[:-1]
        place = priced.argmax(axis=2)[across]
        team = problem.together + priced.max(axis=2)[across]
        cheapest = int(prices[:-1].argmin())
        blocked = (left - problem.penalty - prices[cheapest])[across]
        place = np.where(blocked > team, cheapest, place)
        team = np.maximum(team, blocked)
        sits = bench > team if problem.bench else np.zeros(team.shape, dtype=bool)
        return np.where(sits, bench, team), np.where(sits, problem.areas, place)
