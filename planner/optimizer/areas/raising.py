"""Raising the bound by branching over bases: which towns are bases at all, before who serves whom.

The Lagrangian bound of a districting problem lies below the optimum mostly because it may open
parts of bases. Every node fixes some bases open or closed, climbs from its parent's prices, and is
done with once its bound reaches the target; the node of the lowest bound is always the next, so
that the lowest bound of all open nodes is a bound of the whole problem at any time.
"""

import heapq
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from planner.optimizer.areas.bound import Lagrangian, Prices, Relaxed
from planner.optimizer.areas.fixing import Rest, Survivors
from planner.optimizer.areas.problem import AreasProblem, Floats, Ints

_STEPS = 40
"""Price steps of a node."""
_FIRST_STEP = 0.3


@dataclass(frozen=True, eq=False)
class _Node:
    left: Survivors
    prices: Prices
    base: int


class Raising:
    """Branches over bases until no node lies below the target.

    Parameters
    ----------
    problem
        The problem, or what fixing has left of one.
    left
        Its choices.
    upper
        Objective of the incumbent, which steers the steps.
    target
        The bound that is wanted; choices of solutions above it may be dropped.
    """

    def __init__(
        self, problem: AreasProblem, left: Survivors, upper: float, target: float
    ) -> None:
        self.problem, self.upper, self.target = problem, upper, target
        self.bound = -np.inf
        self.nodes = 0
        self._closed = target
        self._open: list[tuple[float, int, _Node]] = []
        self._left = left

    def run(
        self, prices: Prices, nodes: int, each: Callable[[Ints, float], bool]
    ) -> float:
        """Branch over at most ``nodes`` nodes; return the bound of the problem, cut at the target.

        Parameters
        ----------
        prices
            Where to begin, over the candidates of the problem.
        each
            Called with the bases of every node's relaxed solution and the bound so far; False
            stops.
        """
        self._look(self._left, prices, -np.inf)
        while self._open and self.nodes < nodes:
            bound, _, node = heapq.heappop(self._open)
            for inside in (False, True):
                serve, opened = node.left.serve.copy(), node.left.opened.copy()
                if inside:
                    opened[node.base] = True
                else:
                    serve[node.base] = False
                bases = self._look(Survivors(serve, opened), node.prices, bound)
                self.bound = min(self._closed, min((one[0] for one in self._open), default=np.inf))
                if bases is not None and not each(bases, self.bound):
                    return self.bound
        self.bound = min(self._closed, min((one[0] for one in self._open), default=np.inf))
        return self.bound

    def _look(self, left: Survivors, prices: Prices, above: float) -> Ints | None:
        """Bound a node and put it among the open ones, unless it reaches the target."""
        rest = Rest.of(self.problem, left)
        if rest is None:
            return None
        self.nodes += 1
        seen = np.zeros(len(rest.rows))
        start = Prices(prices.lam, prices.pi[rest.rows])
        best, relaxed = Lagrangian(rest.problem).climb(
            start, self.upper, _STEPS, lambda now: now.value < self.target, _FIRST_STEP, seen
        )
        bound = max(above, relaxed.value)
        bases = rest.rows[relaxed.chosen]
        if bound >= self.target:
            return bases
        after = rest.narrowed(self.problem, relaxed, self.target)
        if after is None:
            return bases
        base = self._branching(rest, after, relaxed, seen)
        if base is None:
            self._closed = min(self._closed, bound)
            return bases
        slopes = np.zeros(self.problem.candidates)
        slopes[rest.rows] = best.pi
        node = _Node(after.left, Prices(best.lam, slopes), base)
        heapq.heappush(self._open, (bound, self.nodes, node))
        return bases

    def _branching(
        self, rest: Rest, after: Rest, relaxed: Relaxed, seen: Floats
    ) -> int | None:
        """Return the free base that is about as often in the relaxed solutions as not."""
        share = np.zeros(self.problem.candidates)
        share[rest.rows] = seen / max(1.0, float(seen.sum()) / self.problem.areas)
        free = after.rows[~after.problem.must_open]
        if len(free) == 0 or after.problem.must_open.sum() == self.problem.areas:
            return None
        return int(free[np.abs(share[free] - 0.6).argmin()])
