"""The search: bound and incumbent take turns, then the exact model closes the gap."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from planner.domain.plan import StopReason
from planner.optimizer.areas.bound import Lagrangian, Prices, Relaxed
from planner.optimizer.areas.branch import Tree
from planner.optimizer.areas.budget import Budget
from planner.optimizer.areas.construct import construct
from planner.optimizer.areas.exact import Proof, prove, within
from planner.optimizer.areas.fixing import Rest, everything
from planner.optimizer.areas.improve import improve
from planner.optimizer.areas.model import Limits, ReducedModel
from planner.optimizer.areas.problem import AreasProblem, Ints
from planner.optimizer.areas.regroup import Regrouping
from planner.optimizer.areas.tolled import TolledClimb
from planner.optimizer.areas.whole import whole_lagrangian
from planner.optimizer.areas.whole_tree import WholeTree


@dataclass(frozen=True)
class SearchLimits:
    """How far the search goes; all limits are counts, so that it repeats itself exactly.

    Attributes
    ----------
    wanted_gap
        Relative gap at which the search is content.
    climb_rounds, climb_steps
        Rounds of subgradient steps; after each, some of the relaxed solutions are repaired.
    repairs
        Relaxed solutions repaired in a round.
    kicks
        Bases closed and replaced by the iterated local search.
    choices
        Largest exact model, in (base, district) choices.
    nodes
        Branch-and-bound nodes of one exact model.
    branches
        Nodes of the search over bases, which precedes the exact model of a plain p-median.
    few_areas
        No such search where more bases are left to choose: the tree grows with their number, and
        the model then shrinks.
    work
        Choices and cuts of all exact models together.
    easy_choices, easy_districts, hopeful_gap, hopeful_share
        An exact model of more choices in more districts is begun only within this gap, or if its
        linear relaxation divides at most this share of the districts. SciPy's HiGHS knows no limit
        of work inside a node, and beyond that one node took minutes and proved nothing (balance
        five times dearer than the default: 5 % between linear programme and incumbent).
    regroups
        Sets of neighbouring areas that are solved again, where balance is all but hard.
    glanced
        Choices of the exact model that is looked at without branching before that search.
    forks
        Nodes of the search over bases with whole loads, where balance is all but hard.
    tolled
        Linear programmes over listed areas, where balance is all but hard.
    """

    wanted_gap: float = 5e-3
    climb_rounds: int = 3
    climb_steps: int = 200
    repairs: int = 6
    kicks: int = 60
    choices: int = 7_500
    nodes: int = 200
    branches: int = 4_000
    few_areas: int = 20
    work: int = 12_000
    easy_choices: int = 2_000
    easy_districts: int = 60
    hopeful_gap: float = 0.03
    hopeful_share: float = 0.15
    regroups: int = 40
    glanced: int = 4_000
    forks: int = 100
    tolled: int = 60

    def scaled(self, scale: float) -> "SearchLimits":
        """Return limits for ``scale`` times the work."""
        return replace(
            self,
            climb_steps=max(1, round(self.climb_steps * scale)),
            repairs=max(1, round(self.repairs * scale)),
            kicks=round(self.kicks * scale),
            choices=max(100, round(self.choices * scale)),
            nodes=max(1, round(self.nodes * scale)),
            branches=round(self.branches * scale),
            work=max(100, round(self.work * scale)),
            glanced=max(100, round(self.glanced * scale)),
            regroups=round(self.regroups * scale),
            forks=round(self.forks * scale),
            tolled=round(self.tolled * scale),
        )


@dataclass(frozen=True)
class Found:
    """Outcome of a search: ``owner`` of shape (districts,), its value, a valid bound, the stop."""

    owner: Ints
    value: float
    bound: float
    stop: StopReason


def solve(
    problem: AreasProblem, budget: Budget, limits: SearchLimits | None = None, *, start: Ints
) -> Found:
    """Solve a districting problem.

    Parameters
    ----------
    problem
        The problem.
    budget
        Seed, scale, clock and cancellation.
    limits
        Iteration limits before scaling; the defaults suit 200 districts and 15 areas.
    start
        A feasible solution, e.g. from :func:`first`.
    """
    limits = (limits or SearchLimits()).scaled(budget.effort.scale)
    return _Search(problem, budget, limits, start).run()


def first(problem: AreasProblem, limits: SearchLimits, budget: Budget) -> Ints | None:
    """Return any feasible solution: constructed, else from the exact model; None if none found."""
    if not np.isfinite(problem.cost).any(axis=0).all():
        return None  # pins have left a district that no base may serve
    relaxation = Lagrangian(problem)
    relaxed = relaxation.evaluate(relaxation.start())
    owner = construct(problem, relaxed.chosen.tolist())
    if owner is not None:
        return owner
    left = everything(problem)
    if left.serve.sum() > limits.choices:
        return None
    if not left.serve.any(axis=0).all():
        return None
    goal = Limits(limits.nodes, 1.0, limits.work)
    return prove(problem, ReducedModel(problem, left), None, np.inf, goal, budget).owner


_WORTH_NARROWING = 0.1
"""Share of the choices that must fall away before the rest is made a problem of its own."""
_DISLIKED = 1e300
_USUAL_DISTRICTS = 250
"""Up to here the limits hold as they stand; a descent grows faster than its districts."""
_DETOUR = 1.1
"""What a solution may grow by until its balance is kept."""
_WIDE = 0.1
"""Gap beyond which a hard balance cannot be kept, or is far from being kept."""
_SHARPENINGS = 2
_SHARP_STEP = 0.3
"""Rounds of the bound with whole loads, and the first step of each."""
_SOFT_PRICES = (1.0, 8.0)
"""Prices of balance before its own, in the usual drive to a unit of load."""


def _soft_weights(problem: AreasProblem) -> tuple[float, ...]:
    """Return prices of balance that let a descent pass: none where its own is no higher."""
    middle = min(problem.candidates - 1, problem.candidates // (2 * problem.areas))
    drive = np.partition(problem.cost, middle, axis=0)[middle]
    carried = np.isfinite(drive) & (problem.load > 0.0)
    if not carried.any():
        return ()
    usual = float(drive[carried].sum() / problem.load[carried].sum())
    weights = (share * usual for share in _SOFT_PRICES)
    return tuple(weight for weight in weights if 2.0 * weight < problem.imbalance_weight)


class _Search:
    """One search in progress."""

    def __init__(
        self, problem: AreasProblem, budget: Budget, limits: SearchLimits, owner: Ints
    ) -> None:
        self.problem, self.budget, self.limits = problem, budget, limits
        self.rng = np.random.default_rng(budget.effort.seed)
        self.owner, self.value = owner, problem.value(owner)
        whole = Rest.of(problem, everything(problem))
        if whole is None:
            msg = "a problem with a solution has choices for it"
            raise AssertionError(msg)
        self.rest = whole
        self.relaxation = Lagrangian(whole.problem)
        self.prices: Prices = self.relaxation.start()
        self.relaxed: Relaxed = self.relaxation.evaluate(self.prices)
        self._soft_weights = _soft_weights(problem)
        self._descents = 0
        self._whole = False
        self._regrouping = Regrouping(problem)
        self.bound = -np.inf
        self._raise_bound(self.relaxed.value)

    def run(self) -> Found:
        """Climb, kick, climb, prove, kick; stop early at the wanted gap or when told to."""
        self._accept(self._improved(self.owner))
        steps = [self._climb_and_repair, self._kick, self._climb, self._prove, self._kick]
        if self.problem.plain:
            # Its proof is quick and looks for better solutions by itself.
            del steps[1]
        elif self._soft_weights and whole_lagrangian(self.problem) is not None:
            # Where balance is all but hard, the bound and the moves that know whole loads.
            steps[3:] = [self._sharpen, self._settle]
        self._done(steps)
        stop = self.budget.stopped or StopReason.ITERATIONS
        return Found(
            self.owner, self.value, self.bound, StopReason.PROVEN if self._content() else stop
        )

    def _done(self, steps: Sequence[Callable[[], object]]) -> None:
        for step in steps:
            if self.budget.stopped or self._content():
                break
            step()
            self.budget.report(self.value, self.bound)

    def _settle(self) -> None:
        """Close the gap with parts and the tree; where it is wide, with the exact model alone.

        It is wide where no areas keep the balance: parts and leaves are then as hard as the whole.
        """
        if self.value - self.bound > _WIDE * abs(self.value):
            self._done([self._prove, self._kick])
        else:
            self._done([self._regroup, self._toll])

    def _halted(self) -> bool:
        return self.budget.stopped is not None

    def _content(self) -> bool:
        return self.value - self.bound <= self.limits.wanted_gap * abs(self.value)

    def _improved(self, owner: Ints | None) -> Ints | None:
        """Descend, at times over softer prices first.

        A hard balance blocks nearly every single move, so that the descent would end where it
        began: it passes over prices of balance that rise to its own (measured with 200 irregular
        districts at 10 %: 1.3 % better). A dear split of regions does the same less often, so every
        other descent begins without it (1.5 % better where regions are small, and no worse).
        """
        if owner is None:
            return None
        for weight in self._soft_weights:
            soft = replace(self.problem, imbalance_weight=weight)
            owner = improve(soft, owner, self._halted)
        self._descents += 1
        if self.problem.split_weight > 0.0 and self._descents % 2 == 0:
            owner = improve(replace(self.problem, split_weight=0.0), owner, self._halted)
        return improve(self.problem, owner, self._halted)

    def _accept(self, owner: Ints | None) -> None:
        """Keep a solution if it is the best so far."""
        if owner is not None and (value := self.problem.value(owner)) < self.value:
            self.owner, self.value = owner, value
            self.budget.report(self.value, self.bound)

    def _raise_bound(self, bound: float) -> None:
        self.bound = max(self.bound, min(self.problem.rounded(bound), self.value))

    @property
    def _goal(self) -> float:
        """The largest objective that is better than the incumbent's."""
        return self.value - self.problem.grain

    @property
    def _steered(self) -> float:
        """What the bound is steered to: the incumbent, less what a balance not kept yet costs.

        The price of a hard balance that is not kept would make all steps far too long.
        """
        if not self._soft_weights:
            return self.value
        loads = np.bincount(self.owner, weights=self.problem.load)[np.unique(self.owner)]
        uneven = sum(self.problem.imbalance(load) for load in loads.tolist())
        return min(self.value, _DETOUR * (self.value - uneven))

    @property
    def _worth(self) -> float:
        """Share of its value that a better solution must save to be looked for: the wanted gap.

        A hair less, so that the gap is met where nothing is found.
        """
        return (1.0 - 1e-9) * self.limits.wanted_gap

    def _climb(self) -> list[list[int]]:
        """Raise the bound; return the distinct sets of bases met on the way, best last."""
        met: dict[tuple[int, ...], None] = {}

        def each(relaxed: Relaxed) -> bool:
            key = tuple(self.rest.rows[relaxed.chosen].tolist())
            met.pop(key, None)
            met[key] = None
            return not self._halted()

        self.prices, self.relaxed = self.relaxation.climb(
            self.prices, self._steered, self.limits.climb_steps, each
        )
        self._raise_bound(self.relaxed.value)
        self._narrow()
        return [list(key) for key in met]

    def _narrow(self) -> None:
        """Drop what no better solution can use; go on with what is left of the problem."""
        if self._content():
            return
        rest = self.rest.narrowed(self.problem, self.relaxed, self._goal)
        if rest is None:
            self._raise_bound(self.value)
            return
        if rest.left.serve.sum() < (1 - _WORTH_NARROWING) * self.rest.left.serve.sum():
            slopes = self.rest.spread(self.prices.pi)
            self.rest = rest
            whole = whole_lagrangian(rest.problem) if self._whole else None
            self.relaxation = whole or Lagrangian(rest.problem)
            self.prices = Prices(self.prices.lam, slopes[rest.rows])
            self.relaxed = self.relaxation.evaluate(self.prices)
            self._raise_bound(self.relaxed.value)

    def _climb_and_repair(self) -> None:
        for _ in range(self.limits.climb_rounds):
            for bases in self._climb()[-self._turns(self.limits.repairs) :]:
                if self._halted() or self._content():
                    return
                self._accept(self._improved(construct(self.problem, bases)))

    def _turns(self, wanted: int) -> int:
        """Return how often to descend anew: less often where one descent takes longer."""
        size = max(1.0, self.problem.districts / _USUAL_DISTRICTS)
        return min(wanted, max(1, round(wanted / (size * math.sqrt(size)))))

    def _kick(self) -> None:
        """Close a base at random, open one that the prices like, and descend again."""
        liked = np.full(self.problem.candidates, _DISLIKED)
        opening = self.relaxed.base_value
        liked[self.rest.rows] = np.where(np.isfinite(opening), opening, _DISLIKED)
        for _ in range(self._turns(self.limits.kicks)):
            bases = np.unique(self.owner)
            free = bases[~self.problem.must_open[bases]]
            if self._halted() or self._content() or not len(free):
                return
            closed = int(self.rng.choice(free))
            luck = self.rng.exponential(4e-3 * abs(self.value) + 1e-9, len(liked))
            order = np.argsort(liked - luck, kind="stable")
            kept = bases[bases != closed].tolist()
            wanted = [*kept, *order[~np.isin(order, bases)].tolist()]
            self._accept(self._improved(construct(self.problem, wanted)))

    def _prove(self) -> None:
        """Fix by reduced costs and solve what is left exactly, unless that is hopeless."""
        limits = self.limits
        target = within(self.rest, self.relaxed, self._goal, limits.choices)
        rest = self.rest.narrowed(self.problem, self.relaxed, target)
        if target == self._goal:
            target = self.value
        if rest is None:
            self._raise_bound(target)
            return
        few = self.problem.areas - rest.left.opened.sum() <= limits.few_areas
        if self.problem.plain and few:
            self._branch()
            if self._halted() or self._content():
                return
        model = ReducedModel(self.problem, rest.left)
        if not self._hopeful(model, target):
            return
        # A small model is worth solving to its end: that costs a second and often is the optimum.
        share = 0.02 if model.size <= limits.easy_choices else 0.5
        goal = Limits(limits.nodes, share * limits.wanted_gap, limits.work)
        proof: Proof = prove(self.problem, model, self.owner, target, goal, self.budget)
        self._raise_bound(proof.bound)
        # Straight on from there: a descent over softer prices could leave the optimum.
        if proof.owner is not None:
            self._accept(improve(self.problem, proof.owner, self._halted))

    def _sharpen(self) -> None:
        """Go on with the bound that keeps loads whole."""
        self._whole = True
        for _ in range(_SHARPENINGS):
            relaxation = whole_lagrangian(self.rest.problem)
            if relaxation is None or self._halted() or self._content():
                return
            self.relaxation = relaxation
            self.prices, self.relaxed = relaxation.climb(
                self.prices,
                self.value,
                self.limits.climb_steps // 2,
                lambda _: not self._halted(),
                _SHARP_STEP,
            )
            self._raise_bound(self.relaxed.value)
            self._narrow()

    def _regroup(self) -> None:
        """Solve neighbouring areas again, two and three at a time."""
        self._accept(self._regrouped(self.owner))

    def _regrouped(self, owner: Ints) -> Ints:
        tries = self._turns(self.limits.regroups)
        for size in (2, 3):
            owner = self._regrouping.run(owner, self.prices.lam, size, tries, self.budget)
        return owner

    def _toll(self) -> None:
        """Raise the bound over listed areas; by the model and the tree where there are too many."""
        goal = self.value - self._worth * abs(self.value)
        rest = self.rest.narrowed(self.problem, self.relaxed, goal)
        if rest is None:
            self._raise_bound(goal)
            return
        climb = TolledClimb.of(rest, self.prices.lam, self.rest.spread(self.prices.pi))
        rounds = self.limits.tolled
        begun = rounds > 0 and climb.run(self.value, self._worth, rounds, self.budget)
        self._raise_bound(min(goal, climb.bound))
        if climb.owner is not None:
            self._accept(self._regrouped(rest.rows[climb.owner]))
        if not begun:
            self._done([self._glance, self._regroup, self._fork])

    def _glance(self) -> None:
        """Let the exact model look at what is worth finding, without branching.

        Its cuts and heuristics do at times what the tree does with many nodes.
        """
        goal = self.value - self._worth * abs(self.value)
        target = within(self.rest, self.relaxed, goal, self.limits.glanced)
        rest = self.rest.narrowed(self.problem, self.relaxed, target)
        if rest is None:
            self._raise_bound(target)
            return
        model = ReducedModel(self.problem, rest.left)
        limits = Limits(1, 0.5 * self.limits.wanted_gap, self.limits.work)
        proof = prove(self.problem, model, self.owner, target, limits, self.budget)
        self._raise_bound(proof.bound)
        self._accept(proof.owner)

    def _fork(self) -> None:
        """Search over the bases that are left with whole loads, for what is worth finding."""
        tree = WholeTree(self.problem, self.owner, self._worth, self._regrouped)
        found = tree.run(self.rest, self.prices, self._turns(self.limits.forks), self.budget)
        self._accept(found.owner)
        self._raise_bound(found.bound)

    def _branch(self) -> None:
        """Search over the bases that are left, which proves the most where areas are few."""
        tree = Tree(self.rest.problem, self.value, self.problem.grain)
        found = tree.run(self.prices.lam, self.limits.branches, self.budget)
        if found.owner is not None:
            self._accept(self.rest.rows[found.owner])
        self._raise_bound(found.bound)

    def _hopeful(self, model: ReducedModel, target: float) -> bool:
        """Tell whether branching is worth beginning: a small model, a small gap, few fractions."""
        limits = self.limits
        if model.size <= limits.easy_choices or self.problem.districts <= limits.easy_districts:
            return True
        if self.budget.left_s is not None:
            return True  # the clock stops a node as well
        bound, divided = model.relax(self.budget.left_s)
        self._raise_bound(min(bound, target))
        near = self.value - self.bound <= limits.hopeful_gap * abs(self.value)
        return not self._halted() and (near or divided <= limits.hopeful_share)
