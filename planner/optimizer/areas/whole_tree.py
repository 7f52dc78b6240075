"""Branch and bound over bases with whole loads: proves that little is left to gain.

The bound with whole loads is as good as any over single areas; what it cannot see is that a place
either has a base or has none. Branching on that raises it quickly. The tree looks only for
solutions below a target: what reaches the target is not looked at further, and what is left of the
problem at a node is what a solution below the target may use. The node with the lowest bound is
always next, so that the bound of all rises with every node.
"""

import heapq
from dataclasses import dataclass

import numpy as np

from planner.optimizer.areas.bound import Lagrangian, Prices, Relaxed
from planner.optimizer.areas.branch import Branched
from planner.optimizer.areas.budget import Budget
from planner.optimizer.areas.exact import prove
from planner.optimizer.areas.fixing import Rest, Survivors
from planner.optimizer.areas.model import Limits, ReducedModel
from planner.optimizer.areas.problem import AreasProblem, Bools, Floats, Ints
from planner.optimizer.areas.whole import WholeRelaxed, whole_lagrangian

_STEPS = 30
"""Price steps of a node."""
_FIRST_STEP = 0.2
_LINEAR_STEPS = 8
_NEAR = 0.003
"""Relaxed solutions within this share of the best bound tell which bases are in doubt."""
_LEAF_CHOICES = 700
"""A node with fewer (base, district) choices goes to the exact model."""
_LEAF = Limits(nodes=200, gap=1e-4, work=3_000)


@dataclass(frozen=True, eq=False)
class _Node:
    """A part of the solutions: what may serve what, prices to begin with, and a bound."""

    rest: Rest
    lam: Floats
    slopes: Floats
    bound: float


class WholeTree:
    """Best-first search for a solution below a target.

    Parameters
    ----------
    problem
        A problem whose relaxation with whole loads exists.
    owner
        A feasible solution, shape (districts,).
    target
        What a solution must be below to be looked for; at most the value of ``owner``.
    """

    def __init__(self, problem: AreasProblem, owner: Ints, target: float) -> None:
        self.problem, self.owner, self.target = problem, owner, target
        self.best: Ints | None = None
        self._waiting: list[tuple[float, int, _Node]] = []
        self._count = 0
        self._settled = target

    def run(self, rest: Rest, prices: Prices, nodes: int, budget: Budget) -> Branched:
        """Search what is left of the problem over at most ``nodes`` nodes.

        Parameters
        ----------
        rest
            What is left.
        prices
            Of the relaxation of ``rest``, to begin with.
        nodes
            Limit.
        budget
            Clock and cancellation.
        """
        slopes = np.zeros(self.problem.candidates)
        slopes[rest.rows] = prices.pi
        self._add(_Node(rest, prices.lam, slopes, -np.inf))
        done = 0
        while self._waiting and done < nodes and not budget.stopped:
            node = self._waiting[0][2]
            children = self._children(node, budget)
            if budget.stopped:
                break
            heapq.heappop(self._waiting)
            done += 1
            for child in children:
                self._add(child)
        bound = min([self._settled, *(waiting[0] for waiting in self._waiting)])
        return Branched(self.best, bound, done)

    def _add(self, node: _Node) -> None:
        self._count += 1
        heapq.heappush(self._waiting, (node.bound, self._count, node))

    def _children(self, node: _Node, budget: Budget) -> list[_Node]:
        rest = node.rest
        linear = Lagrangian(rest.problem)
        start = Prices(node.lam, node.slopes[rest.rows])
        tilted, _ = linear.climb(start, self.target, _LINEAR_STEPS, step=0.05)
        relaxation = whole_lagrangian(rest.problem)
        if relaxation is None:
            msg = "a part of a problem with whole loads has whole loads"
            raise AssertionError(msg)
        seen: list[WholeRelaxed] = []

        def each(now: Relaxed) -> bool:
            return now.value < self.target and not budget.stopped

        relaxation.watch = seen.append
        prices, relaxed = relaxation.climb(
            Prices(node.lam, tilted.pi), self.target, _STEPS, each, _FIRST_STEP
        )
        if relaxed.value >= self.target:
            return []
        left = rest.narrowed(self.problem, relaxed, self.target)
        if left is None:
            return []
        bound = max(node.bound, relaxed.value)
        if left.left.serve.sum() <= _LEAF_CHOICES:
            self._solve(left, bound, budget)
            return []
        slopes = node.slopes.copy()
        slopes[rest.rows] = prices.pi
        base = self._in_doubt(left, rest, seen, relaxed.value)
        if base is None:
            self._solve(left, bound, budget)
            return []
        return self._split(_Node(left, prices.lam, slopes, bound), base)

    def _split(self, node: _Node, base: int) -> list[_Node]:
        children = []
        for inside in (False, True):
            serve, opened = node.rest.left.serve.copy(), node.rest.left.opened.copy()
            if inside:
                opened[base] = True
            else:
                serve[base] = False
            child = Rest.of(self.problem, Survivors(serve, opened))
            if child is not None:
                children.append(_Node(child, node.lam, node.slopes, node.bound))
        return children

    def _in_doubt(
        self, left: Rest, rest: Rest, seen: list[WholeRelaxed], value: float
    ) -> int | None:
        """Return the base that the best relaxed solutions agree on least."""
        near = [one for one in seen if one.value >= value - _NEAR * abs(value)]
        used = np.zeros(self.problem.candidates)
        for one in near:
            used[rest.rows[one.chosen]] += 1.0 / len(near)
        free: Bools = left.left.serve.any(axis=1) & ~left.left.opened
        if not free.any():
            return None
        return int(np.where(free, np.abs(used - 0.5), np.inf).argmin())

    def _solve(self, left: Rest, bound: float, budget: Budget) -> None:
        """Solve what is left of a node exactly, as far as the limits go."""
        model = ReducedModel(self.problem, left.left)
        proof = prove(self.problem, model, self.owner, self.target, _LEAF, budget)
        if proof.owner is not None and self.problem.value(proof.owner) < self.problem.value(
            self.owner
        ):
            self.owner = self.best = proof.owner
        self._settled = min(self._settled, max(bound, proof.bound))
