"""Neighbouring areas are solved again a few at a time, those first that cost most over their price.

At good prices of the districts every area has an excess: what it costs over the prices of its
districts. The excesses add up to the gap, so that a few areas can gain no more than theirs.
"""

import numpy as np

from planner.optimizer.areas.budget import Budget
from planner.optimizer.areas.part import Part, neighbouring
from planner.optimizer.areas.problem import AreasProblem, Floats, Ints

Areas = frozenset[tuple[int, ...]]


class Regrouping:
    """Solves neighbouring areas again; remembers those that it could not improve.

    Parameters
    ----------
    problem
        The whole problem.
    """

    def __init__(self, problem: AreasProblem) -> None:
        self.problem = problem
        self._tried: set[Areas] = set()

    def run(self, owner: Ints, lam: Floats, size: int, tries: int, budget: Budget) -> Ints:
        """Return a solution that is not worse, after at most ``tries`` parts of ``size`` areas.

        Parameters
        ----------
        owner
            A feasible solution, shape (districts,).
        lam
            Shape (districts,): prices of the districts.
        size
            Areas of a part.
        tries
            Limit.
        budget
            Clock and cancellation.
        """
        for _ in range(tries):
            bases = None if budget.stopped else self._next(owner, lam, size)
            if bases is None:
                return owner
            part = Part.of(self.problem, owner, np.array(bases))
            found = part.solved(lam[part.districts], budget)
            if found is not None:
                owner = part.placed(owner, found)
        return owner

    def _next(self, owner: Ints, lam: Floats, size: int) -> tuple[int, ...] | None:
        """Return the bases with the largest excess that were not tried yet, and note them."""
        problem = self.problem
        over = problem.cost[owner, np.arange(problem.districts)] - lam
        members = {int(base): np.flatnonzero(owner == base) for base in np.unique(owner)}
        excess = {base: float(over[inside].sum()) for base, inside in members.items()}
        named = {base: tuple(inside.tolist()) for base, inside in members.items()}
        groups = neighbouring(problem, owner, size)
        groups.sort(key=lambda group: (-sum(excess[base] for base in group), group))
        for group in groups:
            areas = frozenset(named[base] for base in group)
            if areas not in self._tried:
                self._tried.add(areas)
                return group
        return None
