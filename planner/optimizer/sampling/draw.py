"""The seeded draw: neighbourhoods with probability proportional to size, stations within them."""

from dataclasses import dataclass

import numpy as np

from geodata.travel.provider import Points
from planner.optimizer.sampling.neighbourhoods import IntArray, neighbourhoods


@dataclass(frozen=True)
class Draw:
    """A drawn sample of one stratum at one hub.

    Parameters
    ----------
    primaries, substitutes
        Indices of stations, in the order of their rank.
    probability
        Inclusion probability of every station of the stratum as a primary.
    """

    primaries: IntArray
    substitutes: IntArray
    probability: float


def draw(
    points: Points, wanted: int, spare: int, per_cluster: int, rng: np.random.Generator
) -> Draw:
    """Draw stations in two stages so that each has the same inclusion probability.

    First ``a`` neighbourhoods are drawn by systematic sampling with probability proportional to
    their number of stations ``M`` (``a M / N``), then ``wanted / a`` stations on average by simple
    random sampling in each: together ``wanted / N`` for every station. Where sizes do not allow
    this (a stratum hardly larger than its sample) it is one simple random sample of the stratum,
    with the same probability. Source: Cochran, Sampling Techniques, 3rd ed., sections 9A and 11.

    Substitutes come from the drawn neighbourhoods first, then from the others, in random order.

    Parameters
    ----------
    points
        Shape (n, 2), the stratum's stations.
    wanted, spare
        Number of primaries and of substitutes; fewer if there are not so many stations.
    per_cluster
        Stations to draw from one neighbourhood.
    rng
        Source of randomness; equal generators give equal draws.
    """
    n = len(points)
    wanted = min(wanted, n)
    if not wanted:
        return Draw(np.zeros(0, np.int64), rng.permutation(n)[:spare], 0.0)
    groups, number = _plan(points, wanted, per_cluster)
    if number == 0:
        order = rng.permutation(n)
        return Draw(order[:wanted], order[wanted : wanted + spare], wanted / n)
    chosen = _systematic(np.array([len(group) for group in groups]), number, rng)
    takes = np.full(number, wanted // number)
    takes[rng.permutation(number)[: wanted % number]] += 1
    primaries, near = [], []
    for index, take in zip(chosen.tolist(), takes.tolist(), strict=True):
        order = rng.permutation(groups[index])
        primaries.append(order[:take])
        near.append(order[take:])
    rest = [group for index, group in enumerate(groups) if index not in set(chosen.tolist())]
    spares = np.concatenate([rng.permutation(np.concatenate(near)), *map(rng.permutation, rest)])
    return Draw(np.concatenate(primaries), spares[:spare], wanted / n)


def _plan(points: Points, wanted: int, per_cluster: int) -> tuple[list[IntArray], int]:
    """Return neighbourhoods and how many to draw; 0 where one simple random sample is drawn.

    No neighbourhood may be smaller than the stations drawn from it, nor so large that it would be
    drawn with a probability above one.
    """
    n = len(points)
    most = -(-wanted // per_cluster)
    for number in range(most, 1, -1):
        take = -(-wanted // number)
        groups = neighbourhoods(points, take)
        sizes = [len(group) for group in groups]
        if min(sizes) >= take and max(sizes) * number <= n:
            return groups, number
    return [], 0


def _systematic(sizes: IntArray, number: int, rng: np.random.Generator) -> IntArray:
    """Draw ``number`` groups without repetition, with probability proportional to ``sizes``.

    The groups lie in the order of the halving, so that the draw is spread over the map.
    """
    step = sizes.sum() / number
    marks = rng.uniform(0, step) + step * np.arange(number)
    found: IntArray = np.searchsorted(np.cumsum(sizes), marks, side="right").astype(np.int64)
    return np.minimum(found, len(sizes) - 1)
