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

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from planner.optimizer.days.cluster import Cluster, IntArray, Route
from planner.optimizer.days.generate import Generated
from planner.optimizer.days.master import Prices
from planner.optimizer.days.network import NEVER, VISIT, Network
from planner.optimizer.days.walk_graph import NEAR, Nodes, walk_graph

FloatArray = npt.NDArray[np.float64]
NOWHERE, EPSILON = -1e15, 1e-6
FIRST_PRICE, FIRST_DRIVE = 0.2, 4.0
"""Prices in the beginning: of a station in values of a visit to it, of a pair's driving in values
of a visit."""
STEP, SHRINK, PATIENCE, SHORTEST_STEP = 1.0, 0.7, 6, 0.02
"""Share of Polyak's step in the beginning; it shrinks after so many steps in vain, to an end."""
SMOOTHING = 0.9
"""Share of the last direction in the next."""
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
        price = prices.station + prices.stratum[cluster.stratum]
        table = _Table(self, price, prices.drive / most_s)
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
        return total, WalkPrices(1.0 - seen, quota - strata, spare), tuple(most)

    def _meet(self, kind: int, walk: "_Walk") -> None:
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


def _paid(each_s: FloatArray, seconds: FloatArray) -> FloatArray:
    """Return what driving costs; a way that does not exist costs more than anything is worth."""
    exists = np.isfinite(seconds)
    cost: FloatArray = np.where(exists, each_s * np.where(exists, seconds, 0.0), -NOWHERE)
    return cost


def _cut(at: FloatArray, sizes: tuple[int, int, int]) -> list[FloatArray]:
    return np.split(at, np.cumsum(sizes)[:-1])


@dataclass(frozen=True)
class _Walk:
    """A walk: its worth less its prices, where it goes, its driving."""

    worth: float
    opening: int | None
    visits: tuple[int, ...]
    closing: int | None
    drive_s: float

    @property
    def stations(self) -> list[int]:
        """All stations, one as often as it is seen."""
        ends = [end for end in (self.opening, self.closing) if end is not None]
        return [*self.visits, *ends]


class _Table:
    """The best walks to every state under prices, by visits made.

    Parameters
    ----------
    price
        Price of each station, shape (stations,).
    each_s
        Price of a second of driving, shape (kinds,).
    """

    def __init__(self, walks: Walks, price: FloatArray, each_s: FloatArray) -> None:
        self.graph = graph = walks.graph
        self.kinds = len(each_s)

        def gain(nodes: Nodes) -> FloatArray:
            return nodes.worth - price[nodes.station]

        opened = gain(graph.openings) - _paid(each_s[graph.openings.kind], graph.openings.first_s)
        closed = gain(graph.closings) - _paid(each_s[graph.closings.kind], graph.closings.home_s)
        masks = graph.masks
        states = len(graph.visits) * masks
        self.visit = np.repeat(gain(graph.visits), masks)
        first = np.full(states, NOWHERE)
        first[::masks] = -_paid(each_s[graph.visits.kind], graph.visits.first_s)
        self.begin = opened[graph.begin.tail] - each_s[graph.begin.kind] * graph.begin.drive_s
        self.from_hub = first
        best = np.maximum(first, graph.begin.best(self.begin, states, NOWHERE)) + self.visit
        self.cost = each_s[graph.go.kind] * graph.go.drive_s
        self.close = closed[graph.close.head] - each_s[graph.close.kind] * graph.close.drive_s
        self.home = np.repeat(
            -_paid(each_s[graph.visits.kind], graph.visits.home_s), masks
        )
        self.end = np.maximum(self.home, graph.close.best(self.close, states, NOWHERE))
        self.best = [best] if walks.most else []
        for _ in range(1, walks.most):
            before = self.best[-1]
            best = graph.go.best(before[graph.go.tail] - self.cost, states, NOWHERE) + self.visit
            self.best.append(best)
        self._without(opened, closed, each_s)

    def _without(self, opened: FloatArray, closed: FloatArray, each_s: FloatArray) -> None:
        """Value the days without visits: an opening, a closing, or both."""
        graph = self.graph
        arcs = graph.straight
        self.both = opened[arcs.tail] + closed[arcs.head] - each_s[arcs.kind] * arcs.drive_s
        self.opening = opened - _paid(each_s[graph.openings.kind], graph.openings.home_s)
        self.closing = closed - _paid(each_s[graph.closings.kind], graph.closings.first_s)

    def walk(self, kind: int) -> _Walk:
        """Return a kind's best walk, that of a day at home if none is worth its prices."""
        graph = self.graph
        found = [_Walk(0.0, None, (), None, 0.0), *self._short(kind)]
        here = np.flatnonzero(graph.visits.kind == kind)
        if len(here) and self.best:
            states = slice(int(here[0]) * graph.masks, (int(here[-1]) + 1) * graph.masks)
            ends = np.stack([best[states] for best in self.best]) + self.end[states]
            level, state = np.unravel_index(int(ends.argmax()), ends.shape)
            worth = float(ends[level, state])
            if worth > max(walk.worth for walk in found):
                found.append(self._traced(int(level), int(state) + states.start, worth))
        return max(found, key=lambda walk: walk.worth)

    def _short(self, kind: int) -> Iterator[_Walk]:
        """Yield the best walks without visits."""
        graph = self.graph
        openings, closings, arcs = graph.openings, graph.closings, graph.straight
        at = _best_of(kind, openings.kind, self.opening)
        if at is not None:
            drive_s = float(openings.first_s[at] + openings.home_s[at])
            opening = int(openings.station[at])
            yield _Walk(float(self.opening[at]), opening, (), None, drive_s)
        at = _best_of(kind, closings.kind, self.closing)
        if at is not None:
            drive_s = float(closings.first_s[at] + closings.home_s[at])
            closing = int(closings.station[at])
            yield _Walk(float(self.closing[at]), None, (), closing, drive_s)
        at = _best_of(kind, arcs.kind, self.both)
        if at is not None:
            tail, head = int(arcs.tail[at]), int(arcs.head[at])
            drive_s = float(arcs.drive_s[at] + openings.first_s[tail] + closings.home_s[head])
            ends = int(openings.station[tail]), int(closings.station[head])
            yield _Walk(float(self.both[at]), ends[0], (), ends[1], drive_s)

    def _traced(self, level: int, state: int, worth: float) -> _Walk:
        """Follow a walk back from its last visit."""
        graph = self.graph
        visits = graph.visits
        opening = closing = None
        drive_s = float(visits.home_s[state // graph.masks])
        if self.end[state] > self.home[state]:
            arcs = graph.close.of(state)
            at = arcs.start + int(self.close[arcs].argmax())
            head = int(graph.close.head[at])
            closing = int(graph.closings.station[head])
            drive_s = float(graph.close.drive_s[at] + graph.closings.home_s[head])
        stations = [int(visits.station[state // graph.masks])]
        for before in reversed(self.best[:level]):
            arcs = graph.go.of(state)
            gain = before[graph.go.tail[arcs]] - self.cost[arcs]
            at = arcs.start + int(gain.argmax())
            drive_s += float(graph.go.drive_s[at])
            state = int(graph.go.tail[at])
            stations.append(int(visits.station[state // graph.masks]))
        arcs = graph.begin.of(state)
        at = arcs.start + int(self.begin[arcs].argmax()) if arcs.stop > arcs.start else -1
        if at >= 0 and self.begin[at] > self.from_hub[state]:
            tail = int(graph.begin.tail[at])
            opening = int(graph.openings.station[tail])
            drive_s += float(graph.begin.drive_s[at] + graph.openings.first_s[tail])
        else:
            drive_s += float(visits.first_s[state // graph.masks])
        return _Walk(worth, opening, tuple(reversed(stations)), closing, drive_s)


def _best_of(kind: int, kinds: IntArray, gain: FloatArray) -> int | None:
    """Return where a kind gains most, None where it has nothing."""
    here = np.flatnonzero(kinds == kind)
    return int(here[gain[here].argmax()]) if len(here) else None
