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
from planner.optimizer.days.network import CLOSING, NEVER, OPENING, VISIT, Network

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
        """Bound the rest of each label.

        Returns
        -------
        tuple
            The most that can follow; the station that would come next, -1 for the way home; and
            the most that can follow if any other comes next.
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
    """Best over the middle axis, the station it leads to, and the best to another station.

    ``gain`` has shape (rows, ways, columns), the results (rows, columns); where there is no way
    they are ``NOWHERE`` and -2. ``station`` has shape (ways,); ``gain`` is used up.
    """
    first = gain.argmax(axis=1)
    best = np.take_along_axis(gain, first[:, None, :], axis=1)[:, 0]
    leads = np.where(best > NOWHERE / 2, station[first], -2)
    if gain.shape[1] < 2:
        return best, leads, np.full_like(best, NOWHERE)
    if len(np.unique(station)) == len(station):
        np.put_along_axis(gain, first[:, None, :], NOWHERE, axis=1)
    else:
        # A station that can be visited and closed is two ways.
        gain[station[None, :, None] == leads[:, None, :]] = NOWHERE
    return best, leads, gain.max(axis=1)


def _merged(
    one: tuple[FloatArray, IntArray, FloatArray], two: tuple[FloatArray, IntArray, FloatArray]
) -> tuple[FloatArray, IntArray, FloatArray]:
    """Return the two best of two pairs of bests that lead to different stations."""
    ahead = one[0] >= two[0]
    best = np.where(ahead, one[0], two[0])
    leads = np.where(ahead, one[1], two[1])
    behind = np.where(ahead, two[0], one[0])
    other = np.where(ahead, one[2], two[2])
    apart = np.where(ahead, two[1], one[1]) != leads
    # The loser's best counts as the other if it leads elsewhere, else its own other does.
    other = np.maximum(other, np.where(apart, behind, np.where(ahead, two[2], one[2])))
    return best, leads, other


class _ByDriving:
    """Rests by visits left, node and driving left, shape (visits + 1, nodes, steps + 1)."""

    def __init__(self, network: Network, reward: FloatArray) -> None:
        self.network = network
        self.reward = reward
        self.step_s = max(1, -(-network.limits.max_drive_s // DRIVE_STEPS))
        self.steps = network.limits.max_drive_s // self.step_s
        self.most = min(network.limits.max_visits, int((network.role == VISIT).sum()))
        shape = (self.most + 1, network.nodes, self.steps + 1)
        self.best = np.full(shape, NOWHERE)
        self.leads = np.full(shape, -2, dtype=np.int64)
        self.other = np.full(shape, NOWHERE)
        home = np.minimum(network.last_drive_s // self.step_s, self.steps + 1)
        self._ends = np.where(np.arange(self.steps + 1)[None, :] >= home[:, None], 0.0, NOWHERE)
        opening, visit, closing = (
            np.flatnonzero(network.role == role) for role in (OPENING, VISIT, CLOSING)
        )
        self.best[:, closing] = self._ends[closing]
        self.leads[:, closing] = -1
        after = self._last(visit, closing)
        at = self._at(visit, visit)
        for left in range(self.most + 1):
            self._fill(left, visit, after, visit if left else visit[:0], at)
        # An opening is the first stop of a day: all visits are still left.
        some = visit if self.most else visit[:0]
        last = self._last(opening, closing)
        self._fill(self.most, opening, last, some, self._at(opening, some))

    def _last(self, nodes: IntArray, closing: IntArray) -> tuple[FloatArray, IntArray, FloatArray]:
        """Return the two best ways to end a day: home, or with one of the closings."""
        gain = self._ways(nodes, closing, self._ends[closing])
        gain = np.concatenate([self._ends[nodes][:, None, :], gain], axis=1)
        return _two_best(gain, np.concatenate([[-1], self.network.station[closing]]))

    def _at(self, nodes: IntArray, to: IntArray) -> IntArray:
        """Where the ways from ``nodes`` to ``to`` are found in a flat padded table of ``to``."""
        width = self.steps + 1
        step = np.minimum(self.network.leg_s[np.ix_(nodes, to)] // self.step_s, width)
        begin = np.arange(len(to)) * 2 * width + width
        at: IntArray = (begin[None, :] - step)[:, :, None] + np.arange(width)
        return at

    def _padded(self, table: FloatArray) -> FloatArray:
        """Return a table of rests, shape (to, steps + 1), flat and with no way before each row."""
        width = self.steps + 1
        padded = np.full((len(table), 2 * width), NOWHERE)
        padded[:, width:] = table
        return padded.ravel()

    def _ways(self, nodes: IntArray, to: IntArray, rest: FloatArray) -> FloatArray:
        """Gain of going from ``nodes`` to ``to``, shape (nodes, to, steps + 1).

        ``rest`` is what follows there, shape (to, steps + 1).
        """
        gain: FloatArray = self._padded(rest + self.reward[to][:, None])[self._at(nodes, to)]
        return gain

    def _fill(
        self,
        left: int,
        nodes: IntArray,
        last: tuple[FloatArray, IntArray, FloatArray],
        visit: IntArray,
        at: IntArray,
    ) -> None:
        """Compute the rests of some nodes with a number of visits left."""
        best, leads, other = last
        if len(visit) and len(nodes):
            before, pay = left - 1, self.reward[visit][:, None]
            gain = self._padded(self.best[before, visit] + pay)[at]
            # Straight back to the station that one comes from does not count.
            leading = self._padded(self.leads[before, visit].astype(np.float64))[at]
            back = leading == self.network.station[nodes][:, None, None]
            gain[back] = self._padded(self.other[before, visit] + pay)[at[back]]
            first = _two_best(gain, self.network.station[visit])
            best, leads, other = _merged(first, last)
        self.best[left, nodes], self.leads[left, nodes] = best, leads
        self.other[left, nodes] = other

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
        have = np.minimum(
            -(-(self.network.limits.max_drive_s - drive_s) // self.step_s), self.steps
        )
        return (
            self.best[left, node, have],
            self.leads[left, node, have],
            self.other[left, node, have],
        )

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
        n, width = network.nodes, self.steps + 2
        # The last column stands for ways that windows do not allow.
        best = np.full(n * width, NOWHERE)
        other = np.full(n * width, NOWHERE)
        leads = np.full(n * width, -2, dtype=np.int64)
        begin = np.arange(n) * width
        tables = best.reshape(n, width), leads.reshape(n, width), other.reshape(n, width)
        stations = np.concatenate([[-1], network.station])
        gain = np.empty((n, n + 1))
        for step in range(self.steps, -1, -1):
            clock = self.begin_s + step * self.step_s
            at = self._then(clock, arcs) + begin[None, :]
            rest = best[at]
            back = np.flatnonzero(leads[at] == network.station[:, None])
            rest.ravel()[back] = other[at.ravel()[back]]
            gain[:, 0] = ends
            gain[:, 1:] = rest
            gain[:, 1:] += self.reward
            found = _two_best(gain[:, :, None], stations)
            for table, column in zip(tables, found, strict=True):
                table[:, step] = column[:, 0]
        self.best, self.leads, self.other = tables

    def _then(self, clock: int, arcs: npt.NDArray[np.bool_]) -> IntArray:
        """Return the steps at which a pair that leaves at ``clock`` can leave the next node."""
        network = self.network
        begins = np.maximum(network.early_s[None, :], clock + network.leg_s)
        fits = arcs & (begins <= network.late_s[None, :])
        then = (begins + (network.stay_s - self.begin_s)[None, :]) // self.step_s
        result: IntArray = np.where(fits, np.minimum(then, self.steps), self.steps + 1)
        return result

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
