"""Lagrangian bound: districts and balance are priced, every base then decides for itself.

The constraint that each district has one area is dualised with prices ``lam``; the penalty of an
area's load L is replaced by its supporting line ``pi * (L - mean) - |pi| * tolerance * mean`` with
a slope ``|pi| <= imbalance_weight`` for each base. What is left falls apart by base and region, so
one evaluation costs a few passes over the cost matrix. The bound is that of the strong linear
programme (measured: 0.2 % below it after 600 steps, in half a second instead of 31 s). Contiguity
is relaxed, which keeps the bound valid. See Beasley (1993), Lagrangean heuristics for location
problems, EJOR 65.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from planner.optimizer.areas.problem import AreasProblem, Bools, Floats, Ints

NEVER = 1e300
"""Stands for infinity where a difference of two infinities would not be a number."""


@dataclass(frozen=True)
class Prices:
    """Multipliers: ``lam`` of shape (districts,), ``pi`` of shape (candidates,)."""

    lam: Floats
    pi: Floats


@dataclass(frozen=True, eq=False)
class Relaxed:
    """The relaxed problem at given prices.

    Attributes
    ----------
    problem, prices
        Of what, and where.
    region_value
        Shape (candidates, regions): price of touching a region, at best; one column where regions
        cost nothing.
    base_value
        Shape (candidates,): best price of opening a base.
    chosen
        The bases of the relaxed solution, ascending.
    serves
        Shape (areas, districts): what each of the chosen serves.
    value
        The lower bound.
    """

    problem: AreasProblem
    prices: Prices
    region_value: Floats
    base_value: Floats
    chosen: Ints
    serves: Bools
    value: float

    @cached_property
    def reduced(self) -> Floats:
        """Shape (candidates, districts): price of adding a district to a base."""
        priced = self.prices.pi[:, None] * self.problem.load
        return self.problem.cost + priced - self.prices.lam

    @cached_property
    def entering(self) -> Floats:
        """Shape (candidates, districts): what a district adds to its base at least, if it must."""
        problem = self.problem
        entering = np.maximum(self.reduced, 0.0)
        if problem.split_weight > 0.0:
            touch = np.maximum(self.region_value, 0.0)
            touch[np.arange(problem.candidates), problem.region[problem.home]] = 0.0
            entering += touch[:, problem.region]
        return entering

    def forced(self, ceiling: Floats) -> tuple[Floats, Floats]:
        """Return what each base costs at least with a district, and without it.

        Parameters
        ----------
        ceiling
            Shape (candidates,): above this a price of the base needs not be known closely.

        Returns
        -------
        tuple
            Two arrays of shape (candidates, districts).
        """
        del ceiling
        value = np.where(np.isfinite(self.base_value), self.base_value, NEVER)
        inside = value[:, None] + self.entering
        inside[np.arange(len(value)), self.problem.home] = value
        return inside, np.broadcast_to(value[:, None], inside.shape)


class Lagrangian:
    """Evaluates and raises the Lagrangian bound of one problem."""

    patience = 20
    """Evaluations without a better bound before the step is shortened."""

    def __init__(self, problem: AreasProblem) -> None:
        self.problem = problem
        # Where a further region costs nothing, all districts are of one.
        region = problem.region if problem.split_weight > 0.0 else np.zeros_like(problem.region)
        self._order = np.argsort(region, kind="stable")
        self._sorted_cost = np.ascontiguousarray(problem.cost[:, self._order])
        self._sorted_load = problem.load[self._order]
        self._sorted_region = region[self._order]
        self._starts = np.searchsorted(self._sorted_region, np.arange(int(region.max()) + 1))
        self._home_region = region[problem.home]
        place = np.empty(problem.districts, dtype=np.int64)
        place[self._order] = np.arange(problem.districts)
        self._sorted_home = place[problem.home]
        self._rows = np.arange(problem.candidates)
        self._band = problem.tolerance * problem.mean_load

    def start(self) -> Prices:
        """Return prices to begin with: a middling rank of each district's costs."""
        problem = self.problem
        cost = np.where(np.isfinite(problem.cost), problem.cost, np.inf)
        rank = min(problem.candidates - 1, max(1, problem.candidates // problem.areas))
        lam = np.partition(cost, rank, axis=0)[rank]
        lam = np.where(np.isfinite(lam), lam, cost.min(axis=0))
        return Prices(lam + 0.1 * problem.split_weight, np.zeros(problem.candidates))

    def evaluate(self, prices: Prices) -> Relaxed:
        """Solve the relaxed problem at ``prices``."""
        problem = self.problem
        gain = self._sorted_cost - prices.lam[self._order]
        if prices.pi.any():
            gain += prices.pi[:, None] * self._sorted_load
        at_home = gain[self._rows, self._sorted_home]
        np.minimum(gain, 0.0, out=gain)
        gain[self._rows, self._sorted_home] = at_home
        if len(self._starts) == 1:
            region_value = gain.sum(axis=1)[:, None] + problem.split_weight
        else:
            region_value = np.add.reduceat(gain, self._starts, axis=1) + problem.split_weight
        touched = region_value < 0.0
        touched[self._rows, self._home_region] = True
        base_value = np.where(touched, region_value, 0.0).sum(axis=1)
        base_value -= prices.pi * problem.mean_load + np.abs(prices.pi) * self._band
        chosen = self._choose(base_value)
        serves = (gain[chosen] < 0.0) & touched[chosen][:, self._sorted_region]
        serves[np.arange(len(chosen)), self._sorted_home[chosen]] = True
        back = np.empty_like(serves)
        back[:, self._order] = serves
        value = float(prices.lam.sum()) - problem.split_weight * problem.regions
        value += float(base_value[chosen].sum())
        return Relaxed(problem, prices, region_value, base_value, chosen, back, value)

    def _choose(self, base_value: Floats) -> Ints:
        """Return the cheapest bases: forced ones first, at most one of each slot."""
        problem = self.problem
        order = np.lexsort((self._rows, base_value, ~problem.must_open))
        first = np.sort(np.unique(problem.slot[order], return_index=True)[1])
        return np.sort(order[first[: problem.areas]])

    def climb(
        self,
        prices: Prices,
        upper: float,
        steps: int,
        each: Callable[[Relaxed], bool] = lambda _: True,
        step: float = 1.0,
    ) -> tuple[Prices, Relaxed]:
        """Raise the bound by deflected subgradient steps.

        Parameters
        ----------
        prices
            Where to start.
        upper
            A value that the bound is steered to: the best known objective, or a guess.
        steps
            Number of evaluations.
        each
            Called after each improvement of the bound with the relaxed solution; False stops.
        step
            Length of the first steps, as a share of the way to ``upper``.

        Returns
        -------
        tuple
            The best prices and the relaxed problem there.
        """
        problem = self.problem
        lam, pi = prices.lam.copy(), prices.pi.copy()
        best_prices, best = prices, self.evaluate(prices)
        stalled, mark = 0, best.value
        direction = np.zeros(problem.districts)
        for _ in range(steps):
            now = self.evaluate(Prices(lam.copy(), pi.copy()))
            if now.value > best.value:
                best_prices, best = now.prices, now
                if not each(best):
                    break
            if best.value > mark + 1e-4 * abs(mark):
                mark, stalled = best.value, 0
            else:
                stalled += 1
            if stalled >= self.patience:
                step, stalled = 0.7 * step, 0
                lam, pi = best_prices.lam.copy(), best_prices.pi.copy()
                direction[:] = 0.0
                continue
            distance = max(upper - now.value, 1e-3 * abs(upper))
            direction = 0.5 * direction + (1.0 - now.serves.sum(axis=0))
            square = float(direction @ direction)
            if square == 0.0 and problem.imbalance_weight == 0.0:
                break
            lam = lam + step * distance / max(square, 1e-9) * direction
            self._tilt(pi, now, 0.3 * step * distance)
        return best_prices, best

    def _tilt(self, pi: Floats, now: Relaxed, distance: float) -> None:
        """Move the slopes of the chosen bases towards their loads, in place."""
        problem = self.problem
        if problem.imbalance_weight == 0.0:
            return
        over = now.serves @ problem.load - problem.mean_load
        old = pi[now.chosen]
        flat = np.sign(over) * np.maximum(0.0, np.abs(over) - self._band)
        slope = np.where(old == 0.0, flat, over - np.sign(old) * self._band)
        square = float(slope @ slope)
        if square == 0.0:
            return
        reach = 0.15 * problem.imbalance_weight
        new = old + np.clip(distance / square * slope, -reach, reach)
        new[new * old < 0.0] = 0.0
        pi[now.chosen] = np.clip(new, -problem.imbalance_weight, problem.imbalance_weight)
