"""The Lagrangian bound with whole loads: every base meets the price of balance exactly.

Districts are priced as in :mod:`planner.optimizer.areas.bound`, but the penalty of an area's load
is not replaced by a line: every base solves a knapsack. The bound is that of the programme over all
areas that a base could have, contiguous or not; where balance is hard it lies well above the linear
one. The linear values stay as lower bounds of bases that are too dear to be looked at closely. See
Ceselli and Righini (2005), A branch-and-price algorithm for the capacitated p-median problem,
Networks 45.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from planner.optimizer.areas.bound import Lagrangian, Prices, Relaxed
from planner.optimizer.areas.knapsack import Knapsacks, whole_loads
from planner.optimizer.areas.problem import AreasProblem, Floats, Ints

_MOST_CELLS = 30_000_000
"""Loads of all areas together times districts: cells of the tables of one evaluation."""
_AHEAD = 1.4
"""Bases looked at before it is known which are needed, as a multiple of the areas."""


def whole_lagrangian(problem: AreasProblem) -> "WholeLagrangian | None":
    """Return the relaxation of a problem with whole loads; None where it has none or needs none.

    There is none where loads are not whole or regions cost something, and where the tables of all
    areas would be so large that a bound takes minutes.
    """
    if problem.imbalance_weight == 0.0 or problem.split_weight > 0.0:
        return None
    load = whole_loads(problem)
    if load is None or float(load.sum()) * problem.districts > _MOST_CELLS:
        return None
    return WholeLagrangian(problem, load)


@dataclass(frozen=True, eq=False)
class WholeRelaxed(Relaxed):
    """The relaxed problem with whole loads at given prices.

    Attributes
    ----------
    linear
        Shape (candidates,): the linear price of opening a base, never above ``base_value``.
    knapsacks
        Solves the base problems.
    """

    linear: Floats = field(kw_only=True)
    knapsacks: Knapsacks = field(kw_only=True)
    _forced: list[tuple[Floats, Floats, Floats]] = field(kw_only=True, default_factory=list)

    def forced(self, ceiling: Floats) -> tuple[Floats, Floats]:
        """Return what each base costs at least with a district, and without it.

        An area that hangs together holds all of a way from the base to the district: it costs no
        less than the dearest district of the cheapest way, and in linear prices than their sum.
        """
        for reached, *known in self._forced:
            if (ceiling <= reached).all():
                return known[0], known[1]
        problem = self.problem
        inside = np.repeat(self.base_value[:, None], problem.districts, axis=1)
        outside = inside.copy()
        rows = np.flatnonzero(self.base_value < ceiling)
        if not len(rows):
            return inside, outside
        close, without = self.knapsacks.forced(rows, problem.cost[rows] - self.prices.lam)
        if problem.neighbours is not None:
            home = problem.home[rows]
            near = _padded(problem.neighbours)
            summed = _along_ways(self.entering[rows], self.linear[rows], home, near, np.add)
            dearest = _along_ways(close, close[np.arange(len(rows)), home], home, near, np.maximum)
            close = np.maximum(dearest, summed)
        inside[rows], outside[rows] = close, without
        self._forced.append((ceiling, inside, outside))
        return inside, outside


class WholeLagrangian(Lagrangian):
    """Evaluates and raises the bound with whole loads; slopes of balance are left as they are.

    Parameters
    ----------
    problem
        A problem whose regions cost nothing.
    load
        Its loads from :func:`whole_loads`.

    Attributes
    ----------
    watch
        Called with every relaxed solution.
    """

    patience = 10

    def __init__(self, problem: AreasProblem, load: Ints) -> None:
        super().__init__(problem)
        self._knapsacks = Knapsacks(problem, load)
        self._ahead = min(problem.candidates, int(_AHEAD * problem.areas) + 1)
        self._able = np.isfinite(problem.cost)
        self._known = np.full(problem.candidates, -np.inf)
        self._known_at = np.zeros(problem.cost.shape)
        self.watch: Callable[[WholeRelaxed], None] = lambda _: None

    def evaluate(self, prices: Prices) -> WholeRelaxed:
        """Solve the relaxed problem at ``prices``, as few bases closely as it takes."""
        problem = self.problem
        linear = super().evaluate(prices)
        gain = problem.cost - prices.lam
        # What a base cost before, less all that its districts are worth more since.
        worth = np.where(self._able, prices.lam - self._known_at, 0.0)
        values = np.maximum(linear.base_value, self._known - np.maximum(worth, 0.0).sum(axis=1))
        known = np.zeros(problem.candidates, dtype=np.bool_)
        serves = np.zeros(problem.cost.shape, dtype=np.bool_)
        chosen = linear.chosen
        ahead = np.argsort(values, kind="stable")[: self._ahead]
        while not known[chosen].all():
            asked = np.union1d(ahead, chosen[~known[chosen]])
            close, serves[asked] = self._knapsacks.solve(asked, gain[asked])
            values[asked], self._known[asked], self._known_at[asked] = close, close, prices.lam
            known[asked] = True
            chosen, ahead = self._choose(values), ahead[:0]
        value = float(prices.lam.sum()) - problem.split_weight * problem.regions
        value += float(values[chosen].sum())
        relaxed = WholeRelaxed(
            problem,
            prices,
            linear.region_value,
            values,
            chosen,
            serves[chosen],
            value,
            linear=linear.base_value,
            knapsacks=self._knapsacks,
        )
        self.watch(relaxed)
        return relaxed

    def _tilt(self, pi: Floats, now: Relaxed, distance: float) -> None:
        """Leave the slopes: the bound does not rest on them."""


def _padded(neighbours: tuple[tuple[int, ...], ...]) -> Ints:
    """Return the neighbours as one array, shape (districts, most), padded with the district."""
    most = max(1, *(len(near) for near in neighbours))
    return np.array([[*near, *[i] * (most - len(near))] for i, near in enumerate(neighbours)])


def _along_ways(
    price: Floats, start: Floats, home: Ints, near: Ints, joined: Callable[..., Floats]
) -> Floats:
    """Return the least price of a way from each base's home to each district, ends included.

    Parameters
    ----------
    price
        Shape (bases, districts), joined along a way by ``joined``.
    start
        Shape (bases,): price at home.
    """
    rows = np.arange(len(home))
    reached = np.full(price.shape, np.inf)
    reached[rows, home] = start
    while True:
        longer = joined(price, reached[:, near].min(axis=2))
        longer[rows, home] = start
        if (longer >= reached).all():
            return reached
        reached = np.minimum(longer, reached)
