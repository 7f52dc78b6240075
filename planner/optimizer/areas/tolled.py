"""The bound over contiguous areas with tolls on triples: climbs from the bound with whole loads.

The areas that cost little at good prices are listed once; a linear programme over them, with the
triples that its solution violates, proposes better prices near by; listing anew what is wanted at
these prices proves their bound, whatever was proposed.
"""

import numpy as np

from planner.optimizer.areas.budget import Budget
from planner.optimizer.areas.fixing import Rest
from planner.optimizer.areas.listing import Listing, Look, Offer
from planner.optimizer.areas.master import Master, Mixture
from planner.optimizer.areas.picked import partition, picked
from planner.optimizer.areas.problem import Floats, Ints
from planner.optimizer.areas.triples import Tolls, violated
from planner.optimizer.areas.whole import WholeLagrangian, whole_lagrangian

_FIRST_ROOM = 0.25
_LEAST_ROOM = 0.01
"""Shares of the gap that areas listed at first may cost too much."""
_MOST_LISTED = 40_000
_MOST_PICKED = 15_000
_TRIPLES = 20
"""Triples that enter at a time."""
_WIDEST, _NARROWEST, _ALL = 4.0, 0.02, 50.0
"""Sides of the box, as multiples of the room of the first list: while triples are found, and where
nothing is left to hope for within it or beyond it."""
_NEARLY = 0.7
"""Share of the proposed gain above which the box is as good as the whole."""


class TolledClimb:
    """Raises the bound of what is left of a problem.

    Parameters
    ----------
    rest
        What solutions below the target may use.
    relaxation
        Of what is left, with whole loads.
    lam
        Shape (districts,): prices to begin with.
    slopes
        Shape (candidates left,): of balance, for the linear part of the relaxation.

    Attributes
    ----------
    bound
        Of solutions below the target: the bound of the problem is the lower of both.
    offer
        Prices that prove it.
    owner
        A solution that was met and is better than what was known, by bases of what is left.
    value
        Of the best solution.
    rounds
        Linear programmes that were solved.
    """

    def __init__(
        self, rest: Rest, relaxation: WholeLagrangian, lam: Floats, slopes: Floats
    ) -> None:
        self.problem = rest.problem
        self.listing = Listing(rest.problem, relaxation, slopes)
        self.offer = self._asked = Offer(lam, self.listing.opening(lam), Tolls.none())
        self._room = self._side = 0.0
        self.owner: Ints | None = None
        self.value, self._worth = np.inf, 0.0
        self.bound = -np.inf
        self.rounds = 0

    @classmethod
    def of(cls, rest: Rest, lam: Floats, slopes: Floats) -> "TolledClimb":
        """Return the climb over what is left of a problem that has a relaxation with whole loads.

        Parameters
        ----------
        rest, lam
            As of the class.
        slopes
            Shape (candidates,): of all candidates.
        """
        relaxation = whole_lagrangian(rest.problem)
        if relaxation is None:
            msg = "a part of a problem with whole loads has whole loads"
            raise AssertionError(msg)
        return cls(rest, relaxation, lam, slopes[rest.rows])

    def run(self, value: float, worth: float, rounds: int, budget: Budget) -> bool:
        """Climb to the target, the limit or a standstill, then pick the best of what is listed.

        Parameters
        ----------
        value
            Of the best solution that is known.
        worth
            Share of its value that a better solution must save to be looked for.
        rounds
            Linear programmes at most.
        budget
            Clock and cancellation.

        Returns
        -------
        bool
            False where there are too many areas to begin.
        """
        self.value, self._worth = value, worth
        master = self._begun(budget)
        if master is None:
            return self.bound >= self.target
        for self.rounds in range(1, rounds + 1):
            if budget.stopped or self.bound >= self.target:
                return True
            if not self._raised(master, budget):
                break
        if not budget.stopped and self.bound < self.target:
            seconds = budget.left_s
            self._meet(picked(self.problem, master.listed, self.offer, _MOST_PICKED, seconds))
        return True

    def _raised(self, master: Master, budget: Budget) -> bool:
        """Solve one programme and look at its prices; tell whether there is more to hope for."""
        mixture = master.solve(self.offer, self._side, self._asked)
        self._meet(partition(self.problem, mixture.members, mixture.base))
        self._asked, before = mixture.offer, self.bound
        look = self._look(mixture.offer, 0.0, budget)
        if look is not None:
            master.add(look.listed)
            if look.bound > before:
                self.bound, self.offer = look.bound, look.offer
        if self.bound - before > _NEARLY * max(0.0, mixture.value - before):
            cut = self._cut(master, mixture)
            if not cut and self._side > _ALL * self._room:
                return False
            self._side = min(2.0 * self._side, _WIDEST * self._room) if cut else 2.0 * self._side
        elif self.bound == before:
            self._side *= 0.5
        return self._side >= _NARROWEST * self._room

    def _look(self, offer: Offer, room: float, budget: Budget) -> Look | None:
        return self.listing.near(offer, room, _MOST_LISTED, lambda: budget.stopped is not None)

    @property
    def target(self) -> float:
        """What a solution must be below to be looked for, and a bound need not be above."""
        return self.value - self._worth * abs(self.value)

    def _meet(self, owner: Ints | None) -> None:
        """Keep a solution that is better than what is known."""
        if owner is not None and (value := self.problem.value(owner)) < self.value:
            self.owner, self.value = owner, value

    def _begun(self, budget: Budget) -> Master | None:
        """List what costs little at first: as much as may be listed."""
        cheapest = self._look(self.offer, 0.0, budget)
        if cheapest is None:
            return None
        self.bound, self.offer = cheapest.bound, cheapest.offer
        share = _FIRST_ROOM
        while share >= _LEAST_ROOM and self.bound < self.target and not budget.stopped:
            room = share * (self.target - self.bound)
            look = self._look(self.offer, room, budget)
            if look is not None:
                self._room = self._side = room
                self._asked = self.offer
                return Master(self.problem, look.listed)
            share *= 0.5
        return None

    def _cut(self, master: Master, mixture: Mixture) -> bool:
        """Take in triples that the mixture violates, leave out those that no price uses."""
        paid, own = mixture.offer.tolls, self.offer.tolls
        kept = (paid.price > 1e-6) | (own.of(paid.triples).price > 0.0)
        new = violated(mixture.members, mixture.share, paid.triples, _TRIPLES)
        master.keep(np.concatenate([paid.triples[kept], new]))
        return len(new) > 0
