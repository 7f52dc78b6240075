"""What the rest of a day can still be worth at most: a table for cutting labels short.

A day's rest is relaxed to a walk that may come back to a station, but not straight from its
neighbour (walks without 2-cycles: Houck et al., "The travelling salesman problem as a constrained
shortest path problem", Opsearch 17, 1980). Whatever is used up on the way is rounded down to
steps, so the table never promises too little.

Two tables, by what ends a day: driving and the number of visits, or the clock.
"""

from typing import Protocol

import numpy as np
import numpy.typing as npt

from planner.optimizer.days.cluster import IntArray
from planner.optimizer.days.network import CLOSING, NEVER, VISIT, Network

FloatArray = npt.NDArray[np.float64]
DRIVE_STEPS = 120
"""Steps of the limit of driving: two minutes each of four hours."""
CLOCK_STEPS, MOST_CLOCK_STEPS = 300, 2_000
"""Steps of the clock wanted, and the most that a table may have where stays are very short."""
NOWHERE = -1e18


class Completion(Protocol):
    """A bound on the rest of a day."""

    def rest(
        self, node: IntArray, drive_s: IntArray, ready_s: IntArray, visits: IntArray
    ) -> tuple[FloatArray, IntArray, FloatArray]:
        """Return for each label the most that can follow, the station that would come next (-1:
        the way home), and the most that can follow if any other station comes next.
        """

    def whole(self) -> float:
        """Return the most that a day from the hub can be worth, 0 for a day at home."""


def completion(network: Network, reward: FloatArray) -> Completion:
    """Return the table that fits what ends the days of a network.

    Parameters
    ----------
    reward
        Worth of each node less its price, shape (nodes,).
    """
    if network.caps_drive and network.limits.max_visits <= network.stations:
        return _ByDriving(network, reward)
    return _ByClock(network, reward)


def _two_best(gain: FloatArray, station: IntArray) -> tuple[FloatArray, IntArray, FloatArray]:
    """Best of each row, the station it leads to, and the best that leads to another station.

    ``gain`` has shape (rows, nodes); rows without a way get ``NOWHERE`` and station -2.
    """
    rows = np.arange(len(gain))
    first = gain.argmax(axis=1)
    best = gain[rows, first]
    leads = np.where(best > NOWHERE / 2, station[first], -2)
    other = np.where(station[None, :] == leads[:, None], NOWHERE, gain).max(axis=1)
    return best, leads, other


class _ByDriving:
    """Rests by visits left, node and driving left, shape (visits + 1, nodes, steps + 1)."""

    def __init__(self, network: Network, reward: FloatArray) -> None:
        self.network = network
        self.step_s = max(1, -(-network.limits.max_drive_s // DRIVE_STEPS))
        self.steps = network.limits.max_drive_s // self.step_s
        self.most = min(network.limits.max_visits, int((network.role == VISIT).sum()))
        n, width = network.nodes, self.steps + 1
        self.best = np.full((self.most + 1, n, width), NOWHERE)
        self.leads = np.full((self.most + 1, n, width), -2, dtype=np.int64)
        self.other = np.full((self.most + 1, n, width), NOWHERE)
        self.reward = reward
        home = np.where(network.last_s < NEVER, network.last_drive_s, NEVER)
        spare = np.arange(width)[None, :] - np.minimum(home // self.step_s, width)[:, None]
        ends = np.where(spare >= 0, 0.0, NOWHERE)
        closing = np.flatnonzero(network.role == CLOSING)
        visit = np.flatnonzero(network.role == VISIT)
        step = np.minimum(network.leg_s // self.step_s, width)
        for left in range(self.most + 1):
            for node in range(n):
                gains = [ends[node][:, None]]
                stations = [np.array([-1])]
                gains.append(self._via(node, closing, step, ends, None))
                stations.append(network.station[closing])
                if left:
                    gains.append(
                        self._via(node, visit, step, self.best[left - 1], left - 1)
                    )
                    stations.append(network.station[visit])
                best, leads, other = _two_best(
                    np.concatenate(gains, axis=1), np.concatenate(stations)
                )
                self.best[left, node], self.leads[left, node] = best, leads
                self.other[left, node] = other

    def _via(
        self, node: int, to: IntArray, step: IntArray, table: FloatArray, left: int | None
    ) -> FloatArray:
        """Gain of each way on to ``to``, shape (steps + 1, len(to))."""
        ways = to[step[node, to] <= self.steps]
        gain = np.full((self.steps + 1, len(to)), NOWHERE)
        if not len(ways):
            return gain
        have = np.arange(self.steps + 1)[:, None] - step[node, ways][None, :]
        at = np.maximum(have, 0)
        rest = table[ways[None, :], at]
        if left is not None:
            back = self.leads[left][ways[None, :], at] == self.network.station[node]
            rest = np.where(back, self.other[left][ways[None, :], at], rest)
        gain[:, step[node, to] <= self.steps] = np.where(
            (have >= 0) & (rest > NOWHERE / 2), rest + self.reward[ways][None, :], NOWHERE
        )
        return gain

    def rest(
        self,
        node: IntArray,
        drive_s: IntArray,
        ready_s: IntArray,  # noqa: ARG002 - one signature for both tables
        visits: IntArray,
    ) -> tuple[FloatArray, IntArray, FloatArray]:
        """Look the rest of each label up."""
        left = np.clip(self.most - visits, 0, self.most)
        # Driving left is rounded up, as each leg is rounded down.
        have = np.minimum(-(-(self.network.limits.max_drive_s - drive_s) // self.step_s), self.steps)
        return self.best[left, node, have], self.leads[left, node, have], self.other[left, node, have]

    def whole(self) -> float:
        """Return the best day from the hub."""
        network = self.network
        firsts = np.flatnonzero(network.first_s <= network.limits.max_drive_s)
        if not len(firsts):
            return 0.0
        visits = (network.role[firsts] == VISIT).astype(np.int64)
        fits = visits <= self.most
        rest, _, _ = self.rest(firsts, network.first_s[firsts], visits, visits)
        return max(0.0, float(np.where(fits, self.reward[firsts] + rest, 0.0).max()))


class _ByClock:
    """Rests by node and clock, shape (nodes, steps + 2)."""

    def __init__(self, network: Network, reward: FloatArray) -> None:
        self.network = network
        self.reward = reward
        n = network.nodes
        self.begin_s = int(network.early_s.min()) if n else 0
        self.end_s = int((network.late_s + network.stay_s).max()) if n else 0
        arcs = network.leg_s < NEVER
        takes = (network.leg_s + network.stay_s[None, :])[arcs]
        wanted = max(1, -(-(self.end_s - self.begin_s) // CLOCK_STEPS))
        self.step_s = max(1, min(wanted, int(takes.min()) if len(takes) else wanted))
        self.steps = (self.end_s - self.begin_s) // self.step_s + 1
        self.useful = self.steps <= MOST_CLOCK_STEPS and (not len(takes) or int(takes.min()) > 0)
        if self.useful:
            self._fill(np.where(network.last_s < NEVER, 0.0, NOWHERE), arcs)
        else:
            self.most = float(np.maximum(reward, 0.0).sum())

    def _fill(self, ends: FloatArray, arcs: npt.NDArray[np.bool_]) -> None:
        network = self.network
        n = network.nodes
        self.best = np.full((n, self.steps + 1), NOWHERE)
        self.leads = np.full((n, self.steps + 1), -2, dtype=np.int64)
        self.other = np.full((n, self.steps + 1), NOWHERE)
        to = np.arange(n)[None, :]
        stations = np.concatenate([[-1], network.station])
        for step in range(self.steps, -1, -1):
            clock = self.begin_s + step * self.step_s
            begins = np.maximum(network.early_s[None, :], clock + network.leg_s)
            fits = arcs & (begins <= network.late_s[None, :])
            then = (begins + network.stay_s[None, :] - self.begin_s) // self.step_s
            then = np.where(fits, np.minimum(then, self.steps), 0)
            rest = self.best[to, then]
            back = self.leads[to, then] == network.station[:, None]
            rest = np.where(back, self.other[to, then], rest)
            gain = np.where(fits & (rest > NOWHERE / 2), rest + self.reward[None, :], NOWHERE)
            best, leads, other = _two_best(
                np.concatenate([ends[:, None], gain], axis=1), stations
            )
            self.best[:, step], self.leads[:, step], self.other[:, step] = best, leads, other

    def rest(
        self,
        node: IntArray,
        drive_s: IntArray,  # noqa: ARG002 - one signature for both tables
        ready_s: IntArray,
        visits: IntArray,  # noqa: ARG002
    ) -> tuple[FloatArray, IntArray, FloatArray]:
        """Look the rest of each label up."""
        if not self.useful:
            most = np.full(len(node), self.most)
            return most, np.full(len(node), -2), most
        step = np.clip((ready_s - self.begin_s) // self.step_s, 0, self.steps)
        return self.best[node, step], self.leads[node, step], self.other[node, step]

    def whole(self) -> float:
        """Return the best day from the hub."""
        network = self.network
        firsts = np.flatnonzero(network.first_s < NEVER)
        if not len(firsts):
            return 0.0
        ready = network.early_s[firsts] + network.stay_s[firsts]
        rest, _, _ = self.rest(firsts, ready, ready, ready)
        return max(0.0, float((self.reward[firsts] + rest).max()))
