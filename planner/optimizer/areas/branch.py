"""Branch and bound over bases, for problems that are a p-median and nothing else.

Every node has its own Lagrangian bound, begun at the prices of its parent, and drops by reduced
cost what no better solution below it can use; where two bases at most are left to choose, all
choices are looked at. With some ten areas and hundreds of districts this proves in seconds what
the exact model, with a variable for every base and district, proves in minutes.
"""

from dataclasses import dataclass

import numpy as np

from planner.optimizer.areas.bound import Lagrangian, Prices, Relaxed
from planner.optimizer.areas.budget import Budget
from planner.optimizer.areas.fixing import Rest, everything
from planner.optimizer.areas.median import assigned
from planner.optimizer.areas.problem import AreasProblem, Floats, Ints

_STEPS = 30
"""Price steps of a node."""
_FIRST_STEP = 0.4
_LEAF_CELLS = 4_000_000
"""Largest table of the last two bases against districts."""
_BLOCK_CELLS = 1_000_000


@dataclass(frozen=True)
class Branched:
    """What the tree achieved.

    Attributes
    ----------
    owner
        The best solution of the problem that was branched on, or None if none beats ``upper``.
    bound
        Lower bound of all solutions below ``upper``; ``upper`` where there is none or the best
        was found.
    nodes
        Nodes that were looked at.
    """

    owner: Ints | None
    bound: float
    nodes: int


@dataclass(frozen=True, eq=False)
class _Node:
    rest: Rest
    lam: Floats
    bound: float


class Tree:
    """Depth-first search for a solution below ``upper``.

    Parameters
    ----------
    problem
        A problem that is :attr:`~AreasProblem.plain`, or what fixing has left of one.
    upper
        Objective of the incumbent.
    grain
        Two different objectives lie at least this far apart.
    """

    def __init__(self, problem: AreasProblem, upper: float, grain: float) -> None:
        self.problem, self.upper, self.grain = problem, upper, grain
        self.best: Ints | None = None
        self.nodes = 0

    @property
    def _goal(self) -> float:
        return self.upper - self.grain

    def run(self, lam: Floats, nodes: int, budget: Budget) -> Branched:
        """Search from prices ``lam`` of shape (districts,) over at most ``nodes`` nodes."""
        root = Rest.of(self.problem, everything(self.problem))
        waiting = [] if root is None else [_Node(root, lam, -np.inf)]
        while waiting and self.nodes < nodes and not budget.stopped:
            node = waiting.pop()
            if node.bound <= self._goal:
                self.nodes += 1
                waiting += self._children(node)
        bound = min((node.bound for node in waiting), default=self.upper)
        owner = None if self.best is None else assigned(self.problem, self.best)
        return Branched(owner, min(bound, self.upper), self.nodes)

    def _children(self, node: _Node) -> list[_Node]:
        rest = node.rest
        if self._looked_at(rest):
            return []
        relaxation = Lagrangian(rest.problem)
        start = Prices(node.lam, np.zeros(rest.problem.candidates))
        prices, relaxed = relaxation.climb(
            start, self.upper, _STEPS, lambda now: now.value <= self._goal, _FIRST_STEP
        )
        self._try(rest.rows[relaxed.chosen])
        if relaxed.value > self._goal:
            return []
        left = rest.narrowed(self.problem, relaxed, self._goal)
        if left is None or self._looked_at(left):
            return []
        base = self._branching(left, rest, relaxed)
        if base is None:
            return []
        bound = max(node.bound, relaxed.value)
        return [_Node(child, prices.lam, bound) for child in left.forked(self.problem, base)]

    def _branching(self, left: Rest, rest: Rest, relaxed: Relaxed) -> int | None:
        """Return the free base that the relaxed solution wants most."""
        free = [
            (float(relaxed.base_value[row]), int(rest.rows[row]))
            for row in relaxed.chosen.tolist()
            if not left.left.opened[rest.rows[row]] and left.left.serve[rest.rows[row]].any()
        ]
        if free:
            return min(free)[1]
        others = left.rows[~left.problem.must_open]
        return int(others[0]) if len(others) else None

    def _try(self, bases: Ints) -> None:
        value = float(self.problem.cost[bases].min(axis=0).sum())
        if value < self.upper - 1e-9 * abs(self.upper):
            self.upper, self.best = value, np.sort(bases)

    def _looked_at(self, rest: Rest) -> bool:
        """Look at all choices of the last two bases, if no more are left; tell whether so."""
        opened = rest.rows[rest.problem.must_open]
        free = rest.rows[~rest.problem.must_open]
        missing = self.problem.areas - len(opened)
        cost = self.problem.cost
        if missing > len(free):
            return True
        if missing == len(free) or missing == 0:
            self._try(np.concatenate([opened, free[:missing]]))
            return True
        ahead = cost[opened].min(axis=0, initial=np.inf)
        reduced = np.minimum(cost[free], ahead)
        if missing == 1:
            self._try(np.append(opened, free[int(reduced.sum(axis=1).argmin())]))
            return True
        if missing > 2 or len(free) ** 2 * len(ahead) > 2 * _LEAF_CELLS:
            return False
        one, other = np.triu_indices(len(free), 1)
        rows = max(1, _BLOCK_CELLS // len(ahead))
        totals = np.concatenate(
            [
                np.minimum(reduced[one[k : k + rows]], reduced[other[k : k + rows]]).sum(axis=1)
                for k in range(0, len(one), rows)
            ]
        )
        best = int(totals.argmin())
        self._try(np.append(opened, [free[one[best]], free[other[best]]]))
        return True
