"""Interchange of bases where districts are free: the local search of a plain p-median.

Where nothing ties districts together (no contiguity, balance, region charge or pin), the best
solution for given bases is every district at its cheapest base, and the gain of every exchange of
one base for one candidate follows from the cheapest and second cheapest base of each district
(Whitaker 1983, INFOR 21; in the form of Resende and Werneck 2007, European Journal of Operational
Research 179). One pass values all exchanges at once.
"""

from collections.abc import Callable

import numpy as np

from planner.optimizer.areas.problem import AreasProblem, Floats, Ints

_FORBIDDEN = 1e13
"""Stands for infinity in sums that must also be taken apart again."""


def interchange(
    problem: AreasProblem, owner: Ints, stopped: Callable[[], bool] = lambda: False
) -> Ints:
    """Exchange bases, the best exchange first, until none gains.

    Parameters
    ----------
    problem
        A problem that is :attr:`~AreasProblem.plain`.
    owner
        A feasible solution, shape (districts,).
    stopped
        Asked between exchanges; True ends the search.

    Returns
    -------
    ndarray
        A feasible solution that is not worse, shape (districts,).
    """
    cost = np.where(np.isfinite(problem.cost), problem.cost, _FORBIDDEN)
    bases = np.unique(owner)
    fixed = problem.must_open
    while not stopped():
        profit = _profits(cost, bases)
        profit[bases] = -np.inf
        profit[:, fixed[bases]] = -np.inf
        comes, goes = np.unravel_index(int(profit.argmax()), profit.shape)
        if profit[comes, goes] <= 1e-9 * float(cost[bases].min(axis=0).sum()) + 1e-9:
            break
        bases[goes] = comes
    return assigned(problem, np.sort(bases))


def _profits(cost: Floats, bases: Ints) -> Floats:
    """Return the gain of every exchange, shape (candidates, bases)."""
    served = cost[bases]
    districts = np.arange(cost.shape[1])
    nearest = served.argmin(axis=0)
    first = served[nearest, districts]
    if len(bases) == 1:
        alone: Floats = (first.sum() - cost.sum(axis=1))[:, None]
        return alone
    served[nearest, districts] = np.inf
    second = served.min(axis=0)
    # A district whose base goes falls to the newcomer or to its second: the sum is taken as if to
    # the second, and what the newcomer saves against that is given back.
    order = np.argsort(nearest, kind="stable")
    used, starts = np.unique(nearest[order], return_index=True)
    newcomer = np.maximum(cost, first)
    gain = (first - np.minimum(cost, first)).sum(axis=1)
    saved = np.maximum(second - newcomer, 0.0)[:, order]
    profit = np.zeros((len(cost), len(bases)))
    profit[:, used] = np.add.reduceat(saved, starts, axis=1)
    loss = np.bincount(nearest, weights=second - first, minlength=len(bases))
    profit += gain[:, None]
    profit -= loss
    return profit


def assigned(problem: AreasProblem, bases: Ints) -> Ints:
    """Return every district at its cheapest base, the base's own home with itself."""
    owner: Ints = bases[problem.cost[bases].argmin(axis=0)]
    owner[problem.home[bases]] = bases
    return owner
