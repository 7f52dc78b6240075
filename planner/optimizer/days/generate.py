"""Column generation: prices from the days known so far, and days that beat these prices.

Whatever the prices ``u`` of stations and ``w`` of strata (not negative), no plan is worth more
than ``sum(u) + sum(w * quota) + sum over pairs of the best day's worth less its prices``
(Lagrangian bound); at the optimum of the relaxed master this is the bound of the set packing. The
best day comes from the labels where all of them fit, else from the table of rests, which is
weaker but valid.

Prices are smoothed towards those of the best bound (Wentges, "Weighted Dantzig-Wolfe
decomposition for linear mixed-integer programming", ITOR 4, 1997).
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from planner.optimizer.days.completion import Completion, completion
from planner.optimizer.days.labels import Pricing, near_memory, price, whole_memory
from planner.optimizer.days.master import Prices, relaxed_master
from planner.optimizer.days.network import Network
from planner.optimizer.days.pool import Column, Pool

FloatArray = npt.NDArray[np.float64]
NEAR = 10
"""Stations that a label remembers at each node."""
SMOOTHING = 0.6
FIRST_WIDTH, WIDEN = 250, 4
KEEP = 40
"""Days taken up from one pricing."""
ACTIVE = 1_500
"""Days known before that the first relaxed master holds; the others join by their prices."""
EPSILON, TOLERANCE = 1e-6, 1e-3


@dataclass(frozen=True)
class Effortful:
    """How far the generation goes.

    Parameters
    ----------
    rounds
        Most rounds of pricing.
    width
        Most labels of a layer.
    stopped
        Asked between layers and rounds whether to give up.
    keep
        Days taken up from one pricing.
    smoothing
        Share of the prices of the best bound in those that are tried.
    """

    rounds: int
    width: int
    stopped: Callable[[], bool]
    keep: int = KEEP
    smoothing: float = SMOOTHING


@dataclass(frozen=True)
class Generated:
    """The best bound, its prices and what it counts for a pair of each kind.

    ``converged`` if it is the bound of the relaxed master.
    """

    bound: float
    prices: Prices
    most: tuple[float, ...]
    converged: bool


def rewards(pool: Pool, network: Network, prices: Prices) -> FloatArray:
    """Return the worth of each node less the prices of its station and its stratum."""
    stratum = pool.cluster.stratum[network.station]
    result: FloatArray = network.worth - prices.station[network.station] - prices.stratum[stratum]
    return result


def fixed_part(pool: Pool, prices: Prices) -> float:
    """Return what the Lagrangian bound has beside the days: all prices times their limits."""
    return float(prices.station.sum() + prices.stratum @ pool.cluster.stratum_quota)


class Generator:
    """Grows a pool and lowers the bound round by round.

    Parameters
    ----------
    pool
        Days known so far; new ones are added to it.
    incumbent
        Value that is known to be possible: a bound below the next integer ends the generation.
    begun
        A bound that is known, with its prices; None to begin without prices.
    rests
        Bounds on the rests of each kind's days under given prices; those of :mod:`completion`
        if None.
    """

    def __init__(
        self,
        pool: Pool,
        incumbent: int,
        begun: Generated | None = None,
        rests: Callable[[Prices], Sequence[Completion]] | None = None,
    ) -> None:
        self.pool = pool
        self.incumbent = incumbent
        self.rounds = 0
        self.rests = rests or self._completions
        if begun is None:
            begun = self._unpriced()
        self.centre = begun.prices
        self.most = begun.most
        self.bound = begun.bound
        self.known = list(pool.columns)
        self.matrix = pool.matrix(self.known)
        by_worth = sorted(range(len(self.known)), key=lambda i: (-self.known[i].worth, i))
        self.active = set(by_worth[:ACTIVE])

    def _unpriced(self) -> Generated:
        """Return the bound without prices: that of pairs which do not disturb each other."""
        networks = self.pool.networks
        most = tuple(completion(network, network.worth).whole() for network in networks)
        bound = sum(m * len(network.teams) for m, network in zip(most, networks, strict=True))
        return Generated(bound, unpriced(self.pool).prices, most, converged=False)

    def _completions(self, at: Prices) -> list[Completion]:
        networks = self.pool.networks
        return [completion(network, rewards(self.pool, network, at)) for network in networks]

    def run(self, how: Effortful) -> Generated:
        """Price until nothing beats the prices, the bound meets the incumbent or effort ends."""
        width, share = min(FIRST_WIDTH, how.width), how.smoothing
        converged = False
        for _ in range(how.rounds):
            self.rounds += 1
            columns = self._columns()
            _, prices = relaxed_master(self.pool, columns)
            if self._activated(prices):
                continue
            at = self.centre.mixed(prices, share)
            found, exact = self._price(at, prices, width, how)
            if math.floor(self.bound + EPSILON) <= self.incumbent or how.stopped():
                break
            if found:
                share = how.smoothing
            elif share:
                share = 0.0
            elif exact:
                converged = True
                break
            elif width < how.width:
                width = min(how.width, width * WIDEN)
            else:
                break
        return Generated(self.bound, self.centre, self.most, converged=converged)

    def _columns(self) -> Sequence[Column]:
        old = [self.known[index] for index in sorted(self.active)]
        return [*old, *self.pool.columns[len(self.known) :]]

    def _activated(self, prices: Prices) -> bool:
        """Let known days that beat the prices join the master."""
        if len(self.active) == len(self.known):
            return False
        worth = np.array([column.worth for column in self.known], dtype=np.float64)
        gain = worth - self.matrix.T @ prices.rows()
        gain[sorted(self.active)] = 0.0
        best = np.argsort(-gain, kind="stable")[: KEEP * len(self.pool.networks)]
        more = {int(index) for index in best if gain[index] > EPSILON}
        self.active |= more
        return bool(more)

    def _price(self, at: Prices, master: Prices, width: int, how: Effortful) -> tuple[bool, bool]:
        """Price days of all kinds; True if some beat the master's prices, and if all fitted."""
        upper = fixed_part(self.pool, at)
        new = False
        all_exact = True
        mosts = []
        rests = self.rests(at)
        for kind, network in enumerate(self.pool.networks):
            reward = rewards(self.pool, network, at)
            rest = rests[kind]
            most, exact, beats = self._best_day(network, reward, rest, at, master, kind, width, how)
            all_exact &= exact
            new |= beats
            upper += len(network.teams) * most
            mosts.append(most)
        if upper < self.bound - EPSILON:
            self.bound, self.centre, self.most = upper, at, tuple(mosts)
        return new, all_exact

    def _best_day(
        self,
        network: Network,
        reward: FloatArray,
        rest: Completion,
        at: Prices,
        master: Prices,
        kind: int,
        width: int,
        how: Effortful,
    ) -> tuple[float, bool, bool]:
        """Return a bound on the best day of a kind, whether it is exact, and if any is new."""
        threshold = max(0.0, float(at.kind[kind]))
        whole = rest.whole()
        if whole <= threshold + EPSILON:
            return whole, True, False
        pricing = Pricing(
            width=width,
            keep=how.keep,
            memory=near_memory(network, NEAR),
            every=False,
            by_worth=False,
            stopped=how.stopped,
        )
        priced = price(network, reward, rest, threshold, pricing)
        before = len(self.pool)
        self.pool.add(network.route(path, network.teams[0]) for path in priced.paths)
        beats = any(
            column.worth
            - sum(
                master.station[s] + master.stratum[self.pool.cluster.stratum[s]]
                for s in column.stations
            )
            - master.kind[kind]
            > EPSILON
            for column in self.pool.columns[before:]
        )
        most = max(threshold, priced.best) if priced.exact else whole
        return most, priced.exact, beats


def all_days(
    pool: Pool, at: Generated, incumbent: int, width: int, stopped: Callable[[], bool]
) -> bool:
    """Add every day that a plan better than the incumbent may contain; True if that is all.

    A day whose worth less prices falls short of the best of its kind by more than the gap cannot
    be part of such a plan (variable fixing by reduced cost). A pair that is alone needs no more
    than its best day.
    """
    slack = at.bound - incumbent - 1
    alone = len(pool.networks) == 1 and len(pool.networks[0].teams) == 1
    complete = True
    for network, most in zip(pool.networks, at.most, strict=True):
        reward = rewards(pool, network, at.prices)
        threshold = most - slack - TOLERANCE
        how = Pricing(
            width=width,
            keep=KEEP,
            memory=whole_memory(network),
            every=not alone,
            by_worth=alone,
            stopped=stopped,
        )
        priced = price(network, reward, completion(network, reward), threshold, how)
        pool.add(network.route(path, network.teams[0]) for path in priced.paths)
        complete &= priced.exact
    return complete


def unpriced(pool: Pool) -> Generated:
    """Return what is known where nothing has been priced: no bound, and every price is zero."""
    cluster, kinds = pool.cluster, len(pool.networks)
    zero = Prices(np.zeros(cluster.stations), np.zeros(kinds), np.zeros(len(cluster.stratum_quota)))
    return Generated(math.inf, zero, (0.0,) * kinds, converged=False)


def promising(pool: Pool, at: Generated, incumbent: int, most: int) -> tuple[list[Column], bool]:
    """Return the columns that a plan better than the incumbent may contain, at most ``most``.

    True if none had to be left out for lack of room.
    """
    columns = [column for column in pool.columns if column.elementary]
    worth = np.array([column.worth for column in columns], dtype=np.float64)
    free = Prices(at.prices.station, np.zeros(len(pool.networks)), at.prices.stratum)
    short = worth - pool.matrix(columns).T @ free.rows()
    short -= np.array(at.most)[[column.kind for column in columns]]
    order = np.argsort(-short, kind="stable")
    order = order[short[order] >= incumbent + 1 - at.bound - TOLERANCE]
    return [columns[index] for index in order[:most].tolist()], len(order) <= most
