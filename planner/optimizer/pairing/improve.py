"""Improvement by exchange: any two pairs, all ways to pair and place their four people anew."""

import numpy as np

from planner.optimizer.pairing.construct import place
from planner.optimizer.pairing.problem import Ints, Pairing, PairingProblem

_BLOCK = 1_000_000
"""Exchanges that are valued at a time."""


def improve(problem: PairingProblem, solution: Pairing) -> Pairing:
    """Exchange between pairs, and place anew, until neither gains.

    Each pass values all exchanges of two pairs and makes the best ones that have no pair in
    common. The value rises in every pass, so that the loop ends.
    """
    best, value = solution, problem.value(solution)
    while True:
        again = _exchange(problem, best)
        again = place(problem, again.first, again.second)
        found = problem.value(again)
        if found <= value:
            return best
        best, value = again, found


def _exchange(problem: PairingProblem, solution: Pairing) -> Pairing:
    first, second, area = (x.copy() for x in (solution.first, solution.second, solution.area))
    while True:
        gain, one, other, way = _gains(problem, Pairing(first, second, area))
        if not len(gain):
            return Pairing(first, second, area)
        touched = np.zeros(len(first), dtype=bool)
        for k in np.lexsort((other, one, -gain)).tolist():
            p, q = int(one[k]), int(other[k])
            if not (touched[p] or touched[q]):
                touched[[p, q]] = True
                _make(first, second, area, p, q, int(way[k]))


def _gains(problem: PairingProblem, now: Pairing) -> tuple[Ints, Ints, Ints, Ints]:
    """Return the gain, the two pairs and the best way of every exchange that gains."""
    count = len(now.first)
    value = problem.points(now.first, now.second, now.area)
    parts = []
    rows = max(1, _BLOCK // max(1, count))
    for start in range(0, count, rows):
        one, other = np.triu_indices(min(rows, count - start), 1 + start, count)
        parts.append(_block(problem, now, value, one + start, other))
    gain, first, second, way = (np.concatenate(part) for part in zip(*parts, strict=True))
    return gain, first, second, way


def _block(
    problem: PairingProblem, now: Pairing, value: Ints, one: Ints, other: Ints
) -> tuple[Ints, Ints, Ints, Ints]:
    a, b, here = now.first[one], now.second[one], now.area[one]
    c, d, there = now.first[other], now.second[other], now.area[other]
    ways = [
        problem.points(a, b, there) + problem.points(c, d, here),
        problem.points(a, c, here) + problem.points(b, d, there),
        problem.points(a, c, there) + problem.points(b, d, here),
        problem.points(a, d, here) + problem.points(b, c, there),
        problem.points(a, d, there) + problem.points(b, c, here),
    ]
    stacked = np.stack(ways)
    way = stacked.argmax(axis=0)
    gain = stacked.max(axis=0, initial=-(2**60)) - value[one] - value[other]
    useful = gain > 0
    return gain[useful], one[useful], other[useful], way[useful]


def _make(first: Ints, second: Ints, area: Ints, p: int, q: int, way: int) -> None:
    """Make one exchange in place; ``way`` counts as in :func:`_block`."""
    a, b, c, d = int(first[p]), int(second[p]), int(first[q]), int(second[q])
    if way in {1, 2}:
        first[p], second[p], first[q], second[q] = a, c, b, d
    elif way in {3, 4}:
        first[p], second[p], first[q], second[q] = a, d, b, c
    if way in {0, 2, 4}:
        area[p], area[q] = area[q], area[p]
