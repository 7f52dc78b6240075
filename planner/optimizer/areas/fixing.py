"""Reduced-cost fixing: what no solution better than the incumbent can use.

A choice whose forced Lagrangian value reaches the incumbent is left out of the exact model. The
bound stays valid: the optimum is either the incumbent or inside the reduced model.
"""

from dataclasses import dataclass

import numpy as np

from planner.optimizer.areas.bound import Relaxed
from planner.optimizer.areas.problem import AreasProblem, Bools

_NEVER = 1e300
"""Stands for infinity where a difference of two infinities would not be a number."""


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
    values = np.where(np.isfinite(relaxed.base_value), relaxed.base_value, _NEVER)
    free = chosen[~problem.must_open[chosen]]
    is_chosen = np.zeros(problem.candidates, dtype=np.bool_)
    is_chosen[chosen] = True
    # Opening c pushes out the chosen base of its slot, else at best the dearest free one.
    rival = dict(zip(problem.slot[chosen].tolist(), values[chosen].tolist(), strict=True))
    dearest = float(values[free].max()) if len(free) else -np.inf
    pushed = np.array([rival.get(slot, dearest) for slot in problem.slot.tolist()])
    extra = np.where(is_chosen, 0.0, values - pushed)
    home_region = problem.region[problem.home]
    base = relaxed.region_value.copy()
    base[rows, home_region] = 0.0
    entering = np.maximum(base, 0.0)[:, problem.region] + np.maximum(relaxed.reduced, 0.0)
    serve = np.isfinite(problem.cost) & (extra[:, None] + entering < room)
    can_open = extra < room
    serve &= can_open[:, None]
    serve[rows, problem.home] = can_open
    # Closing a chosen base brings in the cheapest that is left.
    outside = values[~is_chosen]
    spare = float(outside.min()) if len(outside) else np.inf
    opened = problem.must_open | (is_chosen & (spare - values >= room))
    return Survivors(serve, opened)
