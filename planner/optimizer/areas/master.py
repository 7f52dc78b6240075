"""The linear programme over listed areas: prices of districts, openings and tolls, in a box.

Every district is in one area, there are as many areas as wanted, and at most one area holds two
districts of a triple. Prices are kept within a box around those that proved the best bound so far,
as areas that were not listed matter farther away. See du Merle, Villeneuve, Desrosiers and Hansen
(1999), Stabilized column generation, Discrete Mathematics 194.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from planner.optimizer.areas.listing import Listed, Offer
from planner.optimizer.areas.problem import AreasProblem, Bools, Floats, Ints
from planner.optimizer.areas.triples import Tolls, holding

_BEGUN_WITH = 1_000
_OF_A_BASE = 6
_AT_A_TIME = 400
"""Areas that the programme begins with, and that enter at a time."""
_CLOSE = 2e-5
"""Relative distance from the programme over all listed areas at which it counts as solved."""
_MOST_ROUNDS = 60
_LIGHTEST = 0.1
"""A price may move in step with its district's load, but at least with this share of the mean."""


@dataclass(frozen=True, eq=False)
class Mixture:
    """A solution of the linear programme.

    Attributes
    ----------
    value
        Of the programme, which is no bound of the problem by itself.
    offer
        Its prices.
    members, base, share
        Areas used, of shape (areas, districts), the base of each, and how much of each.
    """

    value: float
    offer: Offer
    members: Bools
    base: Ints
    share: Floats


class Master:
    """Solves the linear programme over areas that were listed.

    Parameters
    ----------
    problem
        The problem.
    listed
        Areas to begin with.
    """

    def __init__(self, problem: AreasProblem, listed: Listed) -> None:
        self.problem, self.listed = problem, listed
        self._held = np.zeros((0, len(listed)), dtype=np.bool_)
        self._triples: Ints = np.zeros((0, 3), dtype=np.int64)
        self._matrix = sparse.csr_array(listed.members, dtype=np.float64)
        least = _LIGHTEST * float(problem.load.mean())
        self._weight = np.maximum(problem.load, least) / problem.mean_load

    def add(self, listed: Listed) -> None:
        """Take in more areas."""
        self.listed = self.listed.joined(listed)
        self._matrix = sparse.csr_array(self.listed.members, dtype=np.float64)
        self._held = holding(self.listed.members, self._triples)

    def keep(self, triples: Ints) -> None:
        """Have these triples, and no others.

        Parameters
        ----------
        triples
            Shape (triples, 3).
        """
        known = {tuple(one): row for row, one in enumerate(self._triples.tolist())}
        rows = [known.get(tuple(one), -1) for one in triples.tolist()]
        new = [row for row, place in enumerate(rows) if place < 0]
        held = np.zeros((len(triples), len(self.listed)), dtype=np.bool_)
        old = [row for row, place in enumerate(rows) if place >= 0]
        held[old] = self._held[[rows[row] for row in old]]
        held[new] = holding(self.listed.members, triples[new])
        self._held, self._triples = held, triples

    def solve(self, centre: Offer, side: float, begun: Offer) -> Mixture:
        """Solve the programme with prices near to a centre.

        Parameters
        ----------
        centre
            Middle of the box.
        side
            How far a toll may go from there, and the prices of all districts of an area together
            to either side; the opening half as far.
        begun
            Prices that tell which areas to begin with.
        """
        excess = begun.excess(self.listed)
        active = np.sort(np.argsort(excess, kind="stable")[:_BEGUN_WITH])
        tolls = centre.tolls.of(self._triples).price
        for _ in range(_MOST_ROUNDS):
            mixture = self._solved(active, centre, side, tolls)
            excess = self._excess(mixture.offer)
            wanted = np.flatnonzero(excess < -1e-4)
            least = np.full(int(self.listed.base.max(initial=0)) + 1, 0.0)
            np.minimum.at(least, self.listed.base, excess)
            missing = -float(np.sort(least)[: self.problem.areas].sum())
            if not len(wanted) or missing <= _CLOSE * abs(mixture.value):
                break
            active = np.union1d(active, self._worst(wanted, excess))
        return mixture

    def _excess(self, offer: Offer) -> Floats:
        cost = self.listed.cost - self._matrix @ offer.lam - offer.opening
        return np.asarray(cost + offer.tolls.price @ self._held, dtype=np.float64)

    def _worst(self, wanted: Ints, excess: Floats) -> Ints:
        """Return the areas that are wanted most, a few of each base."""
        order = wanted[np.argsort(excess[wanted], kind="stable")]
        base = self.listed.base[order]
        by_base = np.argsort(base, kind="stable")
        first = np.searchsorted(base[by_base], base[by_base], side="left")
        rank = np.empty(len(order), dtype=np.int64)
        rank[by_base] = np.arange(len(order)) - first
        return order[rank < _OF_A_BASE][:_AT_A_TIME]

    def _solved(self, active: Ints, centre: Offer, side: float, tolls: Floats) -> Mixture:
        """Solve over some areas; to leave the box costs as much as its sides say."""
        count, districts, triples = len(active), self.problem.districts, len(self._triples)
        reach = side * self._weight
        # Columns: areas, prices too high and too low, an opening too high, tolls too high.
        unit: Any = sparse.eye_array(districts)
        blank: Any = sparse.csr_array((districts, triples + 1))
        cover: Any = sparse.hstack([self._matrix[active].T, unit, -unit, blank])
        opened = np.zeros((1, count + 2 * districts + 1 + triples))
        opened[0, :count] = opened[0, count + 2 * districts] = 1.0
        equal: Any = sparse.vstack([cover, sparse.csr_array(opened)]).tocsr()
        above: Any = None
        if triples:
            held = sparse.csr_array(self._held[:, active], dtype=np.float64)
            blank = sparse.csr_array((triples, 2 * districts + 1))
            above = sparse.hstack([held, blank, -sparse.eye_array(triples)]).tocsr()
        price = [self.listed.cost[active], centre.lam + reach, reach - centre.lam]
        price += [np.array([centre.opening + 0.5 * side]), tolls + side]
        found: Any = linprog(
            np.concatenate(price),
            A_eq=equal,
            b_eq=np.append(np.ones(districts), self.problem.areas),
            A_ub=above,
            b_ub=np.ones(triples) if triples else None,
            bounds=(0.0, None),
            method="highs-ds",
        )
        if found.status != 0:
            msg = f"a programme in a box has a solution: {found.message}"
            raise AssertionError(msg)
        dual = np.asarray(found.eqlin.marginals)
        paid = -np.asarray(found.ineqlin.marginals) if triples else np.zeros(0)
        offer = Offer(dual[:-1], float(dual[-1]), Tolls(self._triples, np.maximum(paid, 0.0)))
        share = np.asarray(found.x[:count])
        used = share > 1e-7
        areas, value = active[used], float(found.fun)
        members, base = self.listed.members[areas], self.listed.base[areas]
        return Mixture(value, offer, members, base, share[used])
