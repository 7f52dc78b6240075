"""A closer bound on a cluster whose routes are known, by pricing days without a clock."""

from collections.abc import Sequence

import numpy as np

from planner.optimizer.days.cluster import Cluster, Route, value
from planner.optimizer.days.generate import EPSILON, Effortful, Generator
from planner.optimizer.days.network import Network, networks
from planner.optimizer.days.pool import Pool
from planner.optimizer.stage import Effort, Progress

WORK, WIDTH = 250_000, 1_000
"""Squares of nodes that pricing may look at, over all its rounds and kinds of pairs, and labels a
layer; both at scale 1 and without a clock."""
FEWEST_ROUNDS = 25
"""With fewer rounds the bound hardly moves, so that nothing is priced."""


def tightened(
    cluster: Cluster, routes: Sequence[Route], bound: int, effort: Effort, progress: Progress
) -> int:
    """Return a closer upper bound than ``bound``, by pricing days.

    Without a clock, and only where the effort allows enough rounds; else ``bound`` itself.

    Parameters
    ----------
    routes
        Known routes: the bound is not lowered below their value.
    """
    known = sum(value(cluster, route) for route in routes)
    if known >= bound:
        return bound
    ways = networks(cluster)
    rounds = rounds_of(WORK * effort.scale, ways)
    if rounds < FEWEST_ROUNDS:
        return bound
    pool = Pool(cluster, ways)
    pool.add(routes)
    how = Effortful(rounds, int(WIDTH * max(1.0, effort.scale)), lambda: progress.cancelled)
    priced = Generator(pool, known).run(how).bound
    return max(known, min(bound, int(np.floor(priced + EPSILON))))


def rounds_of(work: float, ways: Sequence[Network]) -> int:
    """Return how many rounds of pricing ``work`` squares of nodes are enough for."""
    return int(work / max(1, sum(network.nodes**2 for network in ways)))
