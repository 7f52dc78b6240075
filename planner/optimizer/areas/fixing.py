"""Reduced-cost fixing: what no solution better than the incumbent can use.

A choice whose forced Lagrangian value reaches the incumbent is left out of the exact model. The
bound stays valid: the optimum is either the incumbent or inside the reduced model.
"""

from dataclasses import dataclass, replace

import numpy as np

from planner.optimizer.areas.bound import NEVER, Relaxed
from planner.optimizer.areas.problem import AreasProblem, Bools, Floats, Ints


@dataclass(frozen=True)
class Survivors:
    """What a better solution may still use.

    Attributes
    ----------
    serve
        Shape (candidates, districts): bases and what they may serve; an all-false row is a base
        that cannot be opened.
    opened
        Shape (candidates,): bases that every better solution opens.
    """

    serve: Bools
    opened: Bools

    def __and__(self, other: "Survivors") -> "Survivors":
        """Combine two sets of valid exclusions."""
        return Survivors(self.serve & other.serve, self.opened | other.opened)


def everything(problem: AreasProblem) -> Survivors:
    """Return survivors before any fixing: all that is allowed at all."""
    return Survivors(np.isfinite(problem.cost), problem.must_open.copy())


def survivors(problem: AreasProblem, relaxed: Relaxed, upper: float) -> Survivors:
    """Return what a solution with an objective below ``upper`` may still use.

    Parameters
    ----------
    problem, relaxed
        The problem and its relaxation at some prices.
    upper
        Objective of the incumbent.
    """
    room = upper - relaxed.value + 1e-9 * abs(upper)
    rows = np.arange(problem.candidates)
    chosen = relaxed.chosen
    values = np.where(np.isfinite(relaxed.base_value), relaxed.base_value, NEVER)
    free = chosen[~problem.must_open[chosen]]
    is_chosen = np.zeros(problem.candidates, dtype=np.bool_)
    is_chosen[chosen] = True
    # Opening c pushes out the chosen base of its slot, else at best the dearest free one.
    rival = dict(zip(problem.slot[chosen].tolist(), values[chosen].tolist(), strict=True))
    dearest = float(values[free].max()) if len(free) else -np.inf
    pushed = np.array([rival.get(slot, dearest) for slot in problem.slot.tolist()])
    pushed[is_chosen] = values[is_chosen]
    inside, outside = relaxed.forced(pushed + room)
    serve = np.isfinite(problem.cost) & (inside - pushed[:, None] < room)
    # Closing a chosen base brings in the cheapest that is left.
    rest = values[~is_chosen]
    spare = float(rest.min()) if len(rest) else np.inf
    opened = problem.must_open | (is_chosen & (spare - values >= room))
    # What a base that is opened cannot do without is served by no other.
    for base in np.flatnonzero(opened & is_chosen).tolist():
        own = outside[base] - values[base] >= room
        serve[:, own] &= (rows == base)[:, None]
    # A base that cannot have its home cannot open.
    serve &= serve[rows, problem.home][:, None]
    return Survivors(serve, opened)


@dataclass(frozen=True, eq=False)
class Rest:
    """What is left of a problem after fixing, as a problem of its own.

    Attributes
    ----------
    problem
        Only the bases that may open, at infinite cost where they may not serve.
    rows
        Shape (candidates left,): their numbers in the whole problem.
    left
        The same choices over the whole problem.
    """

    problem: AreasProblem
    rows: Ints
    left: Survivors

    @classmethod
    def of(cls, problem: AreasProblem, left: Survivors) -> "Rest | None":
        """Return what is left, or None where no solution is."""
        rows = np.flatnonzero(left.serve.any(axis=1))
        if len(np.unique(problem.slot[rows])) < problem.areas or not len(rows):
            return None
        cost = np.where(left.serve, problem.cost, np.inf)
        for base in np.flatnonzero(left.opened).tolist():
            others = np.arange(problem.candidates) != base
            cost[others, problem.home[base]] = np.inf
        if not np.isfinite(cost[rows].min(axis=0)).all() or left.opened.sum() > problem.areas:
            return None
        rest = replace(
            problem, cost=cost[rows], home=problem.home[rows], must_open=left.opened[rows]
        )
        return cls(rest, rows.astype(np.int64), left)

    def narrowed(self, whole: AreasProblem, relaxed: Relaxed, upper: float) -> "Rest | None":
        """Return what is left of this for solutions below ``upper``; None where nothing is.

        Parameters
        ----------
        whole
            The whole problem.
        relaxed
            The relaxation of :attr:`problem` at some prices.
        """
        return Rest.of(whole, self.lifted(survivors(self.problem, relaxed, upper)))

    def forked(self, whole: AreasProblem, base: int) -> "list[Rest]":
        """Return what is left without a base and with it open, each if it has solutions.

        Parameters
        ----------
        whole
            The whole problem, which ``base`` is a candidate of.
        """
        serve, opened = self.left.serve.copy(), self.left.opened.copy()
        serve[base] = False
        opened[base] = True
        choices = Survivors(serve, self.left.opened), Survivors(self.left.serve, opened)
        rests = [Rest.of(whole, left) for left in choices]
        return [rest for rest in rests if rest is not None]

    def spread(self, part: Floats) -> Floats:
        """Return a number of each base that is left over all candidates; 0 for the others."""
        spread = np.zeros(len(self.left.serve))
        spread[self.rows] = part
        return spread

    def lifted(self, found: Survivors) -> Survivors:
        """Return survivors of :attr:`problem` over the whole problem."""
        serve = np.zeros_like(self.left.serve)
        serve[self.rows] = found.serve
        opened = self.left.opened.copy()
        opened[self.rows] |= found.opened
        return Survivors(serve, opened)
