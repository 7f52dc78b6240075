"""Areas that cost little over given prices, listed for all bases, and the bound they prove.

Contiguous areas, with their penalties of balance and with tolls on triples of districts: what is
listed up to the price of the last base that is opened is the relaxed problem, solved exactly.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from planner.optimizer.areas.bound import Prices
from planner.optimizer.areas.grown import Ground, grown
from planner.optimizer.areas.knapsack import whole_loads
from planner.optimizer.areas.problem import AreasProblem, Bools, Floats, Ints
from planner.optimizer.areas.triples import Tolls
from planner.optimizer.areas.whole import WholeLagrangian

_MOST_BEGUN = 500_000
"""Areas of one base that may be begun."""


@dataclass(frozen=True, eq=False)
class Offer:
    """Prices at which areas are listed.

    Attributes
    ----------
    lam
        Shape (districts,): price of each district.
    opening
        What an area may cost over the prices of its districts and still be wanted.
    tolls
        What is paid for two districts of a triple.
    """

    lam: Floats
    opening: float
    tolls: Tolls

    def excess(self, listed: "Listed") -> Floats:
        """Return what each area costs beyond what it may, shape (areas,); negative is wanted."""
        cost = listed.cost - listed.members @ self.lam - self.opening
        return np.asarray(cost + self.tolls.paid(listed.members), dtype=np.float64)


@dataclass(frozen=True, eq=False)
class Listed:
    """Different areas, each with its cheapest base.

    Attributes
    ----------
    members
        Shape (areas, districts).
    cost
        Shape (areas,): drive and penalty of balance.
    base
        Shape (areas,).
    """

    members: Bools
    cost: Floats
    base: Ints

    def __len__(self) -> int:
        """Return how many areas there are."""
        return len(self.cost)

    @classmethod
    def of(cls, members: Bools, cost: Floats, base: Ints) -> "Listed":
        """Return areas of any order, and the same more than once, as a list; ordered by cost."""
        order = np.argsort(cost, kind="stable")
        bits = np.packbits(members[order], axis=1)
        whole = np.ascontiguousarray(bits).view(np.dtype((np.void, bits.shape[1]))).ravel()
        kept = order[np.sort(np.unique(whole, return_index=True)[1])]
        return cls(members[kept], cost[kept], base[kept])

    def joined(self, other: "Listed") -> "Listed":
        """Return the areas of both."""
        return Listed.of(
            np.concatenate([self.members, other.members]),
            np.concatenate([self.cost, other.cost]),
            np.concatenate([self.base, other.base]),
        )


@dataclass(frozen=True, eq=False)
class Look:
    """What was found at some prices.

    Attributes
    ----------
    listed
        The areas.
    offer
        Prices at which no area is wanted, with the same bound: where a base had cheaper areas, its
        home has become so much cheaper.
    bound
        Lower bound of the problem.
    """

    listed: Listed
    offer: Offer
    bound: float


class Listing:
    """Lists the areas of a problem.

    Parameters
    ----------
    problem
        A problem whose relaxation with whole loads exists.
    relaxation
        That relaxation.
    slopes
        Shape (candidates,): of balance, for its linear part.
    """

    def __init__(self, problem: AreasProblem, relaxation: WholeLagrangian, slopes: Floats) -> None:
        load = whole_loads(problem)
        if load is None:
            msg = "a problem whose relaxation has whole loads has whole loads"
            raise AssertionError(msg)
        self.problem, self._relaxation, self._slopes = problem, relaxation, slopes
        self._ground = Ground.of(problem, load)

    def opening(self, lam: Floats) -> float:
        """Return what the last base of the relaxed solution costs at prices of districts."""
        relaxed = self._relaxation.evaluate(Prices(lam, self._slopes))
        return float(relaxed.base_value[relaxed.chosen].max())

    def near(
        self, offer: Offer, room: float, most: int, halted: Callable[[], bool] = lambda: False
    ) -> Look | None:
        """Return all areas of an excess up to ``room`` and what they prove.

        Parameters
        ----------
        offer
            Prices.
        room
            At least 0.
        most
            Areas at most.
        halted
            Asked before each base; True ends the look.

        Returns
        -------
        Look
            None where there are too many areas, or where it was halted.
        """
        problem, limit = self.problem, offer.opening + room
        relaxed = self._relaxation.evaluate(Prices(offer.lam, self._slopes))
        values = np.where(np.isfinite(relaxed.base_value), relaxed.base_value, limit)
        inside, _ = relaxed.forced(np.full(problem.candidates, limit))
        found, bases = [], []
        count = 0
        for base in np.flatnonzero(relaxed.base_value <= limit).tolist():
            if halted():
                return None
            able = np.isfinite(problem.cost[base]) & (inside[base] <= limit)
            gain = np.where(able, problem.cost[base] - offer.lam, np.inf)
            home = int(problem.home[base])
            begun = _MOST_BEGUN if able[home] else 0
            listed = grown(self._ground, home, gain, limit, offer.tolls, begun) if begun else None
            if begun and listed is None:
                return None
            values[base] = limit
            if listed is not None and len(listed[0]):
                values[base] = float(listed[1].min())
                found.append(listed[0])
                bases.append(base)
                count += len(listed[0])
            if count > most:
                return None
        return Look(self._listed(found, bases), *self._settled(offer, values))

    def _settled(self, offer: Offer, values: Floats) -> tuple[Offer, float]:
        """Return prices at which all bases cost the same at least, and their bound.

        All areas of a base hold its home: at a lower price of the home they cost more by as much.
        """
        areas = self.problem.areas
        opening = float(np.sort(values)[areas - 1])
        off = np.zeros(self.problem.districts)
        np.maximum.at(off, self.problem.home, opening - values)
        lam = offer.lam - off
        bound = float(lam.sum()) - offer.tolls.total + areas * opening
        return Offer(lam, opening, offer.tolls), bound

    def _listed(self, found: list[Bools], bases: list[int]) -> Listed:
        problem = self.problem
        members = np.concatenate([np.zeros((0, problem.districts), dtype=np.bool_), *found])
        base = np.repeat(np.array(bases, dtype=np.int64), [len(one) for one in found])
        cost = np.zeros(len(members))
        for one in bases:
            rows = base == one
            drive = np.where(np.isfinite(problem.cost[one]), problem.cost[one], 0.0)
            cost[rows] = members[rows] @ drive
        cost += problem.imbalances(members @ problem.load)
        kept = self._together(members)
        return Listed.of(members[kept], cost[kept], base[kept])

    def _together(self, members: Bools) -> Bools:
        """Tell which areas hold all of one pinned group or nothing of any."""
        group = self.problem.group
        kept = np.ones(len(members), dtype=np.bool_)
        met = np.zeros(len(members), dtype=np.int64)
        for number in np.unique(group[group >= 0]).tolist():
            inside = group == number
            held = members[:, inside].sum(axis=1)
            kept &= (held == 0) | (held == inside.sum())
            met += held > 0
        return kept & (met <= 1)
