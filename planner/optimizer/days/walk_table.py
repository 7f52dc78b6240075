"""The best walks of every kind of pair under given prices, by state and visits made."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from planner.optimizer.days.cluster import IntArray
from planner.optimizer.days.walk_graph import Nodes, WalkGraph

FloatArray = npt.NDArray[np.float64]
NOWHERE = -1e15


@dataclass(frozen=True)
class Walk:
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


class WalkTable:
    """The best walks to every state under prices, by visits made.

    Parameters
    ----------
    graph, most
        Where walks can go, and with how many visits at most.
    price
        Price of each station, shape (stations,).
    each_s
        Price of a second of driving, shape (kinds,).
    """

    def __init__(self, graph: WalkGraph, most: int, price: FloatArray, each_s: FloatArray) -> None:
        self.graph = graph
        self.each_s = each_s

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
        self.closed = closed
        self.close = closed[graph.close.head] - each_s[graph.close.kind] * graph.close.drive_s
        self.home = np.repeat(-_paid(each_s[graph.visits.kind], graph.visits.home_s), masks)
        self.end = np.maximum(self.home, graph.close.best(self.close, states, NOWHERE))
        self.best = [best] if most else []
        for _ in range(1, most):
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

    def walk(self, kind: int) -> Walk:
        """Return a kind's best walk, that of a day at home if none is worth its prices."""
        graph = self.graph
        found = [Walk(0.0, None, (), None, 0.0), *self._short(kind)]
        here = np.flatnonzero(graph.visits.kind == kind)
        if len(here) and self.best:
            states = slice(int(here[0]) * graph.masks, (int(here[-1]) + 1) * graph.masks)
            ends = np.stack([best[states] for best in self.best]) + self.end[states]
            level, state = np.unravel_index(int(ends.argmax()), ends.shape)
            worth = float(ends[level, state])
            if worth > max(walk.worth for walk in found):
                found.append(self._traced(int(level), int(state) + states.start, worth))
        return max(found, key=lambda walk: walk.worth)

    def _short(self, kind: int) -> Iterator[Walk]:
        """Yield the best walks without visits."""
        graph = self.graph
        openings, closings, arcs = graph.openings, graph.closings, graph.straight
        at = _best_of(kind, openings.kind, self.opening)
        if at is not None:
            drive_s = float(openings.first_s[at] + openings.home_s[at])
            opening = int(openings.station[at])
            yield Walk(float(self.opening[at]), opening, (), None, drive_s)
        at = _best_of(kind, closings.kind, self.closing)
        if at is not None:
            drive_s = float(closings.first_s[at] + closings.home_s[at])
            closing = int(closings.station[at])
            yield Walk(float(self.closing[at]), None, (), closing, drive_s)
        at = _best_of(kind, arcs.kind, self.both)
        if at is not None:
            tail, head = int(arcs.tail[at]), int(arcs.head[at])
            drive_s = float(arcs.drive_s[at] + openings.first_s[tail] + closings.home_s[head])
            ends = int(openings.station[tail]), int(closings.station[head])
            yield Walk(float(self.both[at]), ends[0], (), ends[1], drive_s)

    def _traced(self, level: int, state: int, worth: float) -> Walk:
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
        return Walk(worth, opening, tuple(reversed(stations)), closing, drive_s)


def _best_of(kind: int, kinds: IntArray, gain: FloatArray) -> int | None:
    """Return where a kind gains most, None where it has nothing."""
    here = np.flatnonzero(kinds == kind)
    return int(here[gain[here].argmax()]) if len(here) else None


def _paid(each_s: FloatArray, seconds: FloatArray) -> FloatArray:
    """Return what driving costs; a way that does not exist costs more than anything is worth."""
    exists = np.isfinite(seconds)
    cost: FloatArray = np.where(exists, each_s * np.where(exists, seconds, 0.0), -NOWHERE)
    return cost
