"""Walks that remember the stations nearest to where they are, of all kinds of pairs in one graph.

A state is a place and which of its nearest stations the walk has seen; a walk may come back to a
station only after it has been where that one is not near (ng-routes: Baldacci et al., "New route
relaxation and pricing strategies for the vehicle routing problem", Operations Research 59, 2011).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from planner.optimizer.days.cluster import BoolArray, IntArray
from planner.optimizer.days.network import CLOSING, NEVER, OPENING, VISIT, Network

FloatArray = npt.NDArray[np.float64]
NEAR = 4
"""Stations that a state remembers beside its own."""


@dataclass(frozen=True)
class Arcs:
    """Arcs sorted by one of their ends, so that the best of each end is found in one pass.

    Parameters
    ----------
    tail, head
        Numbers of the states, openings or closings at both ends, shape (arcs,).
    drive_s
        Driving, shape (arcs,).
    kind
        Kind of pair, shape (arcs,).
    ends, begins
        Each end that occurs, and where its arcs begin, shape (ends,).
    """

    tail: IntArray
    head: IntArray
    drive_s: FloatArray
    kind: IntArray
    ends: IntArray
    begins: IntArray

    def best(self, gain: FloatArray, number: int, nothing: float) -> FloatArray:
        """Return the best gain of each of ``number`` ends, ``nothing`` where there is no arc."""
        result = np.full(number, nothing)
        if len(self.ends):
            result[self.ends] = np.maximum.reduceat(gain, self.begins)
        return result

    def of(self, end: int) -> slice:
        """Return where the arcs of an end are."""
        at = int(np.searchsorted(self.ends, end))
        if at == len(self.ends) or self.ends[at] != end:
            return slice(0, 0)
        stop = self.begins[at + 1] if at + 1 < len(self.ends) else len(self.tail)
        return slice(int(self.begins[at]), int(stop))


@dataclass(frozen=True)
class Nodes:
    """Roles of stations for each kind: all networks one after another.

    ``first_s`` and ``home_s`` are the driving from the hub and home, ``inf`` where there is none.
    """

    kind: IntArray
    station: IntArray
    worth: FloatArray
    first_s: FloatArray
    home_s: FloatArray

    def __len__(self) -> int:
        """Return the number of nodes."""
        return len(self.kind)


@dataclass(frozen=True)
class WalkGraph:
    """States of walks and the arcs between them; a visit has ``masks`` states.

    Parameters
    ----------
    openings, visits, closings
        Nodes by role.
    begin
        From openings to the states after a first visit, by state.
    go
        From state to state, by the state that is reached.
    close
        From states to closings, by state.
    straight
        From openings to closings, by opening.
    """

    openings: Nodes
    visits: Nodes
    closings: Nodes
    masks: int
    begin: Arcs
    go: Arcs
    close: Arcs
    straight: Arcs


def walk_graph(networks: Sequence[Network], near: int = NEAR) -> WalkGraph:
    """Return the graph of all networks.

    Parameters
    ----------
    near
        Stations that a state remembers beside its own.
    """
    masks = 1 << near
    number = dict.fromkeys((OPENING, VISIT, CLOSING), 0)
    parts: dict[str, list[tuple[IntArray, ...]]] = {
        name: [] for name in ("begin", "go", "close", "straight")
    }
    for kind, network in enumerate(networks):
        made = _One(network, near)
        base = {role: number[role] for role in number}
        shift = {
            "begin": (base[OPENING], base[VISIT] * masks),
            "go": (base[VISIT] * masks, base[VISIT] * masks),
            "close": (base[VISIT] * masks, base[CLOSING]),
            "straight": (base[OPENING], base[CLOSING]),
        }
        for name, (tail, head, leg_s) in made.arcs().items():
            kinds = np.full(len(tail), kind)
            parts[name].append((tail + shift[name][0], head + shift[name][1], leg_s, kinds))
        for role in number:
            number[role] += int((network.role == role).sum())
    nodes = [_nodes(networks, role) for role in (OPENING, VISIT, CLOSING)]
    by_head = {"begin": True, "go": True, "close": False, "straight": False}
    arcs = {name: _sorted(parts[name], by_head=by_head[name]) for name in parts}
    return WalkGraph(
        nodes[0],
        nodes[1],
        nodes[2],
        masks,
        arcs["begin"],
        arcs["go"],
        arcs["close"],
        arcs["straight"],
    )


def _nodes(networks: Sequence[Network], role: int) -> Nodes:
    picked = [(kind, network, network.role == role) for kind, network in enumerate(networks)]

    def joined(part: str) -> IntArray:
        return np.concatenate([getattr(network, part)[at] for _, network, at in picked])

    first, last, last_drive = joined("first_s"), joined("last_s"), joined("last_drive_s")
    return Nodes(
        np.concatenate([np.full(int(at.sum()), kind) for kind, _, at in picked]),
        joined("station"),
        joined("worth").astype(np.float64),
        np.where(first < NEVER, first, np.inf),
        np.where((last < NEVER) & (last >= 0), last_drive, np.inf),
    )


def _sorted(parts: Sequence[tuple[IntArray, ...]], *, by_head: bool) -> Arcs:
    tail, head, leg_s, kind = (np.concatenate(some) for some in zip(*parts, strict=True))
    key = head if by_head else tail
    order = np.argsort(key, kind="stable")
    ends, begins = np.unique(key[order], return_index=True)
    return Arcs(
        tail[order], head[order], leg_s[order].astype(np.float64), kind[order], ends, begins
    )


class _One:
    """States and arcs of one network, numbered from 0."""

    def __init__(self, network: Network, near: int) -> None:
        self.network = network
        self.near = near
        self.opened, self.visited, self.closed = (
            np.flatnonzero(network.role == role) for role in (OPENING, VISIT, CLOSING)
        )
        self.station = network.station[self.visited]
        legs = network.leg_s[np.ix_(self.visited, self.visited)]
        around = np.minimum(legs, legs.T)
        order = np.argsort(around, axis=1, kind="stable")[:, :near]
        there = np.take_along_axis(around, order, axis=1) < NEVER
        self.memory = np.full((len(self.visited), near), -1, dtype=np.int64)
        self.memory[:, : order.shape[1]] = np.where(there, self.station[order], -1)
        # Bit of a station in the memory of a place, -1 where it is not near.
        self.bit = np.full((len(self.visited), network.stations), -1, dtype=np.int64)
        rows, columns = np.nonzero(self.memory >= 0)
        self.bit[rows, self.memory[rows, columns]] = columns

    def arcs(self) -> dict[str, tuple[IntArray, IntArray, IntArray]]:
        """Return tails, heads and driving of all arcs by their name in :class:`WalkGraph`."""
        return {
            "begin": self._begin(),
            "go": self._go(),
            "close": self._close(),
            "straight": self._between(self.opened, self.closed),
        }

    def _between(self, tails: IntArray, heads: IntArray) -> tuple[IntArray, IntArray, IntArray]:
        legs = self.network.leg_s[np.ix_(tails, heads)]
        tail, head = np.nonzero(legs < NEVER)
        return tail, head, legs[tail, head]

    def _begin(self) -> tuple[IntArray, IntArray, IntArray]:
        tail, head, leg_s = self._between(self.opened, self.visited)
        bit = self.bit[head, self.network.station[self.opened[tail]]]
        return tail, (head << self.near) + _flag(bit), leg_s

    def _go(self) -> tuple[IntArray, IntArray, IntArray]:
        tail, head, leg_s = self._between(self.visited, self.visited)
        masks = np.arange(1 << self.near)
        seen = self._seen(tail, head, masks)
        after = np.broadcast_to(_flag(self.bit[head, self.station[tail]])[:, None], seen.shape)
        after = after.copy()
        for place in range(self.near):
            station = self.memory[tail, place]
            kept = np.where(station >= 0, self.bit[head, station], -1)
            after |= np.where((masks >> place) & 1 == 1, _flag(kept)[:, None], 0)
        rows, mask = np.nonzero(~seen)
        states = (tail[rows] << self.near) + mask, (head[rows] << self.near) + after[rows, mask]
        return *states, leg_s[rows]

    def _seen(self, tail: IntArray, head: IntArray, masks: IntArray) -> BoolArray:
        """Tell in which states the next station has been seen, shape (arcs, masks)."""
        bit = self.bit[tail, self.station[head]]
        seen: BoolArray = (bit[:, None] >= 0) & ((masks >> np.maximum(bit, 0)[:, None]) & 1 == 1)
        return seen

    def _close(self) -> tuple[IntArray, IntArray, IntArray]:
        tail, head, leg_s = self._between(self.visited, self.closed)
        masks = np.arange(1 << self.near)
        bit = self.bit[tail, self.network.station[self.closed[head]]]
        seen = (bit[:, None] >= 0) & ((masks >> np.maximum(bit, 0)[:, None]) & 1 == 1)
        rows, mask = np.nonzero(~seen)
        return (tail[rows] << self.near) + mask, head[rows], leg_s[rows]


def _flag(bit: IntArray) -> IntArray:
    """Return the mask of one bit, 0 for none."""
    flag: IntArray = np.where(bit >= 0, 1 << np.maximum(bit, 0), 0)
    return flag
