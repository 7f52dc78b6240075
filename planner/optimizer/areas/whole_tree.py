"""Branch and bound over bases with whole loads: proves that little is left to gain.

The bound with whole loads is as good as any over single areas; what it cannot see is that a place
either has a base or has none. Branching on that raises it quickly. The tree looks only for
solutions below a target: what reaches the target is not looked at further, and what is left of the
problem at a node is what a solution below the target may use. At first and now and then it plunges
to a solution; else the node with the lowest bound is next, so that the bound of all rises.
"""

import heapq
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from planner.optimizer.areas.bound import Lagrangian, Prices, Relaxed
from planner.optimizer.areas.branch import Branched
from planner.optimizer.areas.budget import Budget
from planner.optimizer.areas.exact import prove
from planner.optimizer.areas.fixing import Rest
from planner.optimizer.areas.model import Limits, ReducedModel
from planner.optimizer.areas.problem import AreasProblem, Bools, Floats, Ints
from planner.optimizer.areas.whole import WholeRelaxed, whole_lagrangian

_STEPS = 30
"""Price steps of a node."""
_FIRST_STEP = 0.2
_LINEAR_STEPS = 8
_NEAR = 0.003
"""Relaxed solutions within this share of the best bound tell which bases are in doubt."""
_BETWEEN_PLUNGES = 25
"""So many nodes after the last, bases are opened one after another down to a solution."""
_LEAF_CHOICES = 700
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
    worth
        Share of its value that a better solution must save to be looked for.
    polished
        Makes a solution that was found better, if it can.
    leaf_choices
        A node with no more (base, district) choices goes to the exact model.
    """

    def __init__(
        self,
        problem: AreasProblem,
        owner: Ints,
        worth: float,
        polished: Callable[[Ints], Ints] = lambda owner: owner,
        leaf_choices: int = _LEAF_CHOICES,
    ) -> None:
        self.problem, self.owner, self._worth, self._polished = problem, owner, worth, polished
        self._leaf_choices = leaf_choices
        self.best: Ints | None = None
        self.target = self._aim(problem.value(owner))
        self._waiting: list[tuple[float, int, _Node]] = []
        self._count = 0
        self._settled = np.inf

    def _aim(self, value: float) -> float:
        """Return what a solution must be below to be looked for."""
        return value - self._worth * abs(value)

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
        self._add(_Node(rest, prices.lam, rest.spread(prices.pi), -np.inf))
        done, plunging = 0, True
        while self._waiting and done < nodes and not budget.stopped:
            place = self._newest() if plunging else 0
            if self._waiting[0][0] >= self.target:
                break
            children = self._children(self._waiting[place][2], budget)
            if budget.stopped:
                break
            self._drop(place)
            done += 1
            if not children:
                self._settled = min(self._settled, self.target)
            for child in children:
                self._add(child)
            plunging = (plunging and bool(children)) or done % _BETWEEN_PLUNGES == 0
        bound = min([self._settled, *(waiting[0] for waiting in self._waiting)])
        return Branched(self.best, min(bound, self.target), done)

    def _newest(self) -> int:
        """Return the place of the node that was added last: one more base is opened in it."""
        return max(range(len(self._waiting)), key=lambda place: self._waiting[place][1])

    def _drop(self, place: int) -> None:
        self._waiting[place] = self._waiting[-1]
        self._waiting.pop()
        heapq.heapify(self._waiting)

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
        if left.left.serve.sum() <= self._leaf_choices:
            self._solve(left, bound, budget)
            return []
        slopes = node.slopes.copy()
        slopes[rest.rows] = prices.pi
        base = self._in_doubt(left, rest, seen, relaxed.value)
        if base is None:
            self._solve(left, bound, budget)
            return []
        return [
            _Node(child, prices.lam, slopes, bound) for child in left.forked(self.problem, base)
        ]

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
        self._settled = min(self._settled, max(bound, proof.bound))
        value = self.problem.value(self.owner)
        if proof.owner is not None and self.problem.value(proof.owner) < value:
            self.owner = self.best = self._polished(proof.owner)
            self.target = min(self.target, self._aim(self.problem.value(self.owner)))
