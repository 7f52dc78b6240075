"""What the rest of a day can be worth at most, by walks: a bound for labels, cheap for all kinds.

Under prices of stations and of driving the best rest of a walk is a table by place and visits that
are left. What driving costs in it is paid back for all the driving that a pair still may do, so a
rest that keeps the limit is never worth more.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from planner.optimizer.days.cluster import IntArray
from planner.optimizer.days.network import CLOSING, OPENING, VISIT, Network
from planner.optimizer.days.walk_graph import Arcs, WalkGraph
from planner.optimizer.days.walk_table import NOWHERE, WalkTable

FloatArray = npt.NDArray[np.float64]


class WalkRests:
    """Rests of one kind's days; fits the protocol of :mod:`completion`.

    Parameters
    ----------
    most
        What a day of the kind is worth at most under these prices.
    rests
        Best rests by visits left and node of the network, shape (visits + 1, nodes).
    each_s
        Price of a second of driving.
    """

    def __init__(self, network: Network, most: float, rests: FloatArray, each_s: float) -> None:
        self.network = network
        self.most = most
        self.rests = rests
        self.each_s = each_s

    def rest(
        self,
        node: IntArray,
        drive_s: IntArray,
        ready_s: IntArray,  # noqa: ARG002 - one signature for all bounds
        visits: IntArray,
    ) -> tuple[FloatArray, IntArray, FloatArray]:
        """Look the rest of each label up; which station comes next is not known."""
        left = np.clip(len(self.rests) - 1 - visits, 0, len(self.rests) - 1)
        spare_s = self.network.limits.max_drive_s - drive_s
        most: FloatArray = self.rests[left, node] + self.each_s * spare_s
        return most, np.full(len(node), -2), most

    def whole(self) -> float:
        """Return the most that a day from the hub can be worth."""
        return self.most


def walk_rests(
    graph: WalkGraph, table: WalkTable, networks: Sequence[Network], most: Sequence[float]
) -> list[WalkRests]:
    """Return the rests of every kind under the prices of a table.

    Parameters
    ----------
    most
        What a day of each kind is worth at most.
    """
    levels = [table.end]
    order = np.argsort(graph.go.tail, kind="stable")
    ends, begins = np.unique(graph.go.tail[order], return_index=True)
    tails = Arcs(
        graph.go.tail[order],
        graph.go.head[order],
        graph.go.drive_s[order],
        graph.go.kind[order],
        ends,
        begins,
    )
    cost = table.cost[order]
    for _ in table.best:
        onward = (table.visit + levels[-1])[tails.head] - cost
        levels.append(np.maximum(table.end, tails.best(onward, len(table.end), NOWHERE)))
    rests = []
    for kind, network in enumerate(networks):
        found = np.full((len(levels), network.nodes), NOWHERE)
        visited = np.flatnonzero(graph.visits.kind == kind) * graph.masks
        found[:, network.role == VISIT] = np.stack([level[visited] for level in levels])
        closed = network.role == CLOSING
        each_s = float(table.each_s[kind])
        found[:, closed] = -each_s * network.last_drive_s[closed].astype(np.float64)
        opened = np.flatnonzero(network.role == OPENING)
        found[:, opened] = _after_openings(graph, table, levels[max(0, len(levels) - 2)], kind)
        rests.append(WalkRests(network, most[kind], found, each_s))
    return rests


def _after_openings(graph: WalkGraph, table: WalkTable, rest: FloatArray, kind: int) -> FloatArray:
    """Return what can follow each opening of a kind: visits, a closing, or the way home."""
    openings, begin, straight = graph.openings, graph.begin, graph.straight
    each_s = float(table.each_s[kind])
    home = np.where(np.isfinite(openings.home_s), -each_s * _finite(openings.home_s), NOWHERE)
    found = home.copy()
    if table.best:
        gain = (table.visit + rest)[begin.head] - each_s * begin.drive_s
        np.maximum.at(found, begin.tail, gain)
    gain = table.closed[straight.head] - each_s * straight.drive_s
    np.maximum.at(found, straight.tail, gain)
    here: FloatArray = found[openings.kind == kind]
    return here


def _finite(part: FloatArray) -> FloatArray:
    return np.where(np.isfinite(part), part, 0.0)
