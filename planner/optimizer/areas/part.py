"""A few neighbouring areas as a problem of their own: solved again, nearly always to its end.

With two or three areas the bound with whole loads leaves so little that the exact model is small.
Where balance is hard, this finds what single shifts and swaps cannot: several districts change
sides at once, and bases with them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from planner.optimizer.areas.bound import Lagrangian, Prices
from planner.optimizer.areas.budget import Budget
from planner.optimizer.areas.exact import prove
from planner.optimizer.areas.fixing import Rest, everything
from planner.optimizer.areas.model import Limits, ReducedModel
from planner.optimizer.areas.problem import AreasProblem, Floats, Ints
from planner.optimizer.areas.whole import whole_lagrangian

_STEPS = 60
"""Price steps of a part, once linear and once with whole loads."""
_FIRST_STEP = 0.3
_LIMITS = Limits(nodes=200, gap=1e-4, work=3_000)
_MOST_CHOICES = 1_000
_FEW_CHOICES = 100
_WIDE = 0.1
"""Gap beyond which only a part of few choices goes to the exact model."""


@dataclass(frozen=True, eq=False)
class Part:
    """Some areas of a solution as a problem.

    Attributes
    ----------
    problem
        Only their districts, and the candidates that lie in them.
    districts, candidates
        Their numbers in the whole problem.
    owner
        Shape (districts of the part,): the solution as it stands.
    """

    problem: AreasProblem
    districts: Ints
    candidates: Ints
    owner: Ints

    @classmethod
    def of(cls, whole: AreasProblem, owner: Ints, bases: Ints) -> "Part":
        """Return the areas of ``bases`` in a solution as a problem of their own."""
        inside = np.flatnonzero(np.isin(owner, bases))
        place = np.full(whole.districts, -1, dtype=np.int64)
        place[inside] = np.arange(len(inside))
        candidates = np.flatnonzero(place[whole.home] >= 0)
        number = np.full(whole.candidates, -1, dtype=np.int64)
        number[candidates] = np.arange(len(candidates))
        near = whole.neighbours and tuple(
            tuple(place[list(whole.neighbours[i])][place[list(whole.neighbours[i])] >= 0].tolist())
            for i in inside.tolist()
        )
        problem = replace(
            whole,
            cost=whole.cost[np.ix_(candidates, inside)],
            load=whole.load[inside],
            home=place[whole.home[candidates]],
            region=np.unique(whole.region[inside], return_inverse=True)[1].astype(np.int64),
            areas=len(bases),
            neighbours=near,
            group=whole.group[inside],
            must_open=whole.must_open[candidates],
            usual_load=whole.mean_load,
        )
        return cls(problem, inside, candidates, number[owner[inside]])

    def placed(self, owner: Ints, found: Ints) -> Ints:
        """Return a solution of the whole problem with this part of it replaced."""
        new = owner.copy()
        new[self.districts] = self.candidates[found]
        return new

    def solved(self, lam: Floats, budget: Budget) -> Ints | None:
        """Return a better solution of the part, or None where none is found.

        Parameters
        ----------
        lam
            Shape (districts of the part,): prices to begin with.
        budget
            Clock and cancellation.
        """
        problem = self.problem
        value = problem.value(self.owner)
        goal = value - 1e-9 * abs(value) - 1e-6
        rest = Rest.of(problem, everything(problem))
        slopes = np.zeros(problem.candidates)
        for kind in (Lagrangian, whole_lagrangian):
            if rest is None:
                return None
            relaxation = kind(rest.problem)
            if relaxation is None:
                continue
            prices, relaxed = relaxation.climb(
                Prices(lam, slopes[rest.rows]),
                value,
                _STEPS,
                lambda now: now.value < goal,
                _FIRST_STEP,
            )
            if relaxed.value >= goal:
                return None
            lam, slopes[rest.rows] = prices.lam, prices.pi
            rest = rest.narrowed(problem, relaxed, goal)
        if rest is None:
            return None
        # Where the gap is wide no areas keep the balance: a model would take long and say little.
        wide = value - relaxed.value > _WIDE * abs(value)
        if rest.left.serve.sum() > (_FEW_CHOICES if wide else _MOST_CHOICES):
            return None
        limits = replace(_LIMITS, seconds=budget.left_s)
        model = ReducedModel(problem, rest.left)
        found = prove(problem, model, self.owner, goal, limits, budget).owner
        return found if found is not None and problem.value(found) < goal else None


def neighbouring(problem: AreasProblem, owner: Ints, size: int) -> list[tuple[int, ...]]:
    """Return all sets of ``size`` bases whose areas hang together, ascending."""
    near: dict[int, set[int]] = {int(base): set() for base in np.unique(owner)}
    for district, others in enumerate(problem.neighbours or ()):
        near[int(owner[district])] |= set(owner[list(others)].tolist()) - {int(owner[district])}

    def grown(one: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        for other in set().union(*(near[base] for base in one)) - set(one):
            yield tuple(sorted((*one, other)))

    found: set[tuple[int, ...]] = {(base,) for base in near}
    for _ in range(size - 1):
        found = {more for one in found for more in grown(one)}
    return sorted(found)
