"""A bound on days that knows who drives where, and is cheap where clusters are large.

Stations, strata and the driving of each kind of pair get prices (Lagrangian relaxation). What is
left for a pair is the best walk (:mod:`walk_graph`): an opening, visits, a closing, where each
station pays its price and each second of driving that of its kind. The best walk is never worth
less than the best day, whatever the prices; these are improved by steps along a subgradient, whose
length aims at a value that is known to be possible (Polyak, "Minimization of unsmooth
functionals", USSR Computational Mathematics and Mathematical Physics 9, 1969).

Windows between visits are passed over beyond what arcs know of them: where they bind, labels
(:mod:`labels`) bound better.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from planner.optimizer.days.cluster import Cluster, Route
from planner.optimizer.days.generate import Generated
from planner.optimizer.days.master import Prices
from planner.optimizer.days.network import NEVER, VISIT, Network
from planner.optimizer.days.walk_graph import NEAR, walk_graph
from planner.optimizer.days.walk_rests import WalkRests, walk_rests
from planner.optimizer.days.walk_table import Walk, WalkTable

FloatArray = npt.NDArray[np.float64]
EPSILON = 1e-6
FIRST_PRICE, FIRST_DRIVE = 0.2, 4.0
"""Prices in the beginning: of a station in values of a visit to it, of a pair's driving in values
of a visit."""
STEP, SHRINK, PATIENCE, SHORTEST_STEP = 1.0, 0.7, 6, 0.02
"""Share of Polyak's step in the beginning; it shrinks after so many steps in vain, to an end."""
SMOOTHING = 0.9
"""Share of the last direction in the next."""
LEAST_DRIVE, DRIVE_CHANGE, DRIVE_TRIALS = 0.25, 2.0, 6
"""Price of driving under other prices: the least, in values of a visit, to be tried from; by what
factor it is changed at first, and how often."""
MOST_WORK = 4_000_000
"""Arcs times visits of a table that is still worth filling in again and again."""


@dataclass(frozen=True)
class WalkPrices:
    """Prices, none negative.

    Parameters
    ----------
    station, stratum
        In units of value, shapes (stations,) and (strata,).
    drive
        In units of value for all the driving that a pair may do, shape (kinds,).
    """

    station: FloatArray
    stratum: FloatArray
    drive: FloatArray


class Walks:
    """The best walks of every kind of pair under given prices.

    Parameters
    ----------
    cluster, networks
        The pairs, of which there must be one at least, and what their days may contain.
    """

    def __init__(self, cluster: Cluster, networks: Sequence[Network]) -> None:
        self.cluster = cluster
        self.networks = networks
        self.teams = np.array([len(network.teams) for network in networks], dtype=np.float64)
        self.graph = walk_graph(networks)
        self.most = min(cluster.limits.max_visits, cluster.stations)
        self._met: dict[Route, None] = {}
        self._drive = np.zeros(len(networks))

    @property
    def days(self) -> list[Route]:
        """Return the best walks so far that are days, each once, with the first pair of a kind."""
        return list(self._met)

    def bound(self, prices: WalkPrices) -> tuple[float, WalkPrices, tuple[float, ...]]:
        """Return the bound of these prices, its subgradient, and the most of a pair of each kind.

        The subgradient is in the units of the prices; what a pair is worth is so with its
        station's and stratum's prices taken off, but not that of its driving.
        """
        cluster = self.cluster
        quota = cluster.stratum_quota
        most_s = max(1, cluster.limits.max_drive_s)
        table = self._table(prices)
        total = float(prices.station.sum() + prices.stratum @ quota + self.teams @ prices.drive)
        seen, spare = np.zeros(cluster.stations), self.teams.copy()
        most = []
        for kind, teams in enumerate(self.teams.tolist()):
            walk = table.walk(kind)
            most.append(float(prices.drive[kind]) + walk.worth)
            total += teams * walk.worth
            np.add.at(seen, list(walk.stations), teams)
            spare[kind] -= teams * walk.drive_s / most_s
            self._meet(kind, walk)
        strata = np.bincount(cluster.stratum, weights=seen, minlength=len(quota))
        left: FloatArray = np.asarray(quota - strata, dtype=np.float64)
        return total, WalkPrices(1.0 - seen, left, spare), tuple(most)

    def _table(self, prices: WalkPrices) -> WalkTable:
        price = prices.station + prices.stratum[self.cluster.stratum]
        each_s = prices.drive / max(1, self.cluster.limits.max_drive_s)
        return WalkTable(self.graph, self.most, price, each_s)

    def rests(self, prices: Prices) -> list[WalkRests]:
        """Return what can follow in a day of each kind under prices of stations and strata.

        What driving costs a kind begins as in the lowest bound and is tried higher where its best
        walk drives too much, lower where it could drive more.
        """
        limit_s = self.cluster.limits.max_drive_s
        drive = lowest = np.maximum(self._drive, LEAST_DRIVE * self.cluster.visit_value.mean())
        most = np.full(len(drive), np.inf)
        change = DRIVE_CHANGE
        for _ in range(DRIVE_TRIALS):
            table = self._table(WalkPrices(prices.station, prices.stratum, drive))
            walks = [table.walk(kind) for kind in range(len(drive))]
            found = drive + np.array([walk.worth for walk in walks])
            lowest, most = np.where(found < most, drive, lowest), np.minimum(found, most)
            more = np.array([walk.drive_s > limit_s for walk in walks])
            drive = drive * np.where(more, change, 1 / change)
            change = math.sqrt(change)
        table = self._table(WalkPrices(prices.station, prices.stratum, lowest))
        return walk_rests(self.graph, table, self.networks, most.tolist())

    def _meet(self, kind: int, walk: Walk) -> None:
        """Keep a walk that is a day: no station twice, and no limit broken."""
        stations = walk.stations
        if not stations or len(set(stations)) < len(stations):
            return
        route = Route(self.networks[kind].teams[0], walk.opening, walk.visits, walk.closing)
        if route not in self._met and walk.drive_s <= self.cluster.limits.max_drive_s:
            self._met[route] = None

    def lowest(self, known: int, steps: int, stopped: Callable[[], bool]) -> Generated:
        """Return the lowest bound that was found, with its prices.

        Parameters
        ----------
        known
            Value that is possible; the search ends where the bound meets it.
        steps
            Most prices tried.
        stopped
            Asked before each whether to end.
        """
        cluster = self.cluster
        sizes = cluster.stations, len(cluster.stratum_quota), len(self.teams)
        at = np.zeros(sum(sizes))
        at[: sizes[0]] = FIRST_PRICE * cluster.visit_value
        at[-sizes[2] :] = FIRST_DRIVE * cluster.visit_value.mean()
        direction = np.zeros(sum(sizes))
        none = Prices(at[: sizes[0]], np.zeros(sizes[2]), np.zeros(sizes[1]))
        best = Generated(np.inf, none, (0.0,) * sizes[2], converged=False)
        share, vain = STEP, 0
        for _ in range(steps):
            if stopped() or best.bound < known + 1 or share < SHORTEST_STEP:
                break
            station, stratum, drive = _cut(at, sizes)
            found, slope, most = self.bound(WalkPrices(station, stratum, drive))
            vain += 1
            if found < best.bound - EPSILON:
                prices = Prices(station, np.zeros(sizes[2]), stratum)
                self._drive = drive
                best, vain = Generated(found, prices, most, converged=False), 0
            elif vain >= PATIENCE:
                share, vain = share * SHRINK, 0
            here = np.concatenate([slope.station, slope.stratum, slope.drive])
            # A price of nothing cannot fall.
            here = np.where((at <= 0) & (here > 0), 0.0, here)
            direction = here + SMOOTHING * direction
            length = share * (found - known) / max(EPSILON, float(direction @ direction))
            at = np.maximum(0.0, at - length * direction)
        return best


def walks_pay(networks: Sequence[Network]) -> bool:
    """Tell whether driving can bind, and a table is small enough to be filled in many times."""
    work = 0
    for network in networks:
        visits = np.flatnonzero(network.role == VISIT)
        arcs = int((network.leg_s[np.ix_(visits, visits)] < NEVER).sum()) << NEAR
        work += arcs * min(network.limits.max_visits, network.stations)
    return work <= MOST_WORK and any(network.caps_drive for network in networks)


def _cut(at: FloatArray, sizes: tuple[int, int, int]) -> list[FloatArray]:
    return np.split(at, np.cumsum(sizes)[:-1])
