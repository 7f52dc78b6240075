"""Whole pairs from fractional shares: the nearest possible, with floors and caps."""

import heapq
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import numpy.typing as npt


def apportion(
    weights: Sequence[float],
    seats: int,
    floors: Sequence[int] | None = None,
    caps: Sequence[int | None] | None = None,
) -> npt.NDArray[np.int64]:
    """Share out ``seats`` so that the squared distance from the exact shares is least.

    Minimises ``sum((n_i - q_i)^2)`` with ``q_i = seats * w_i / sum(w)`` over whole ``n_i`` between
    floor and cap. The function is separable and convex, so that giving seat after seat to whoever
    is furthest below its share is exact. Without floors and caps the result is Hamilton's (the
    largest remainders). Shares are compared as fractions, never rounded; ties go to the first.

    Parameters
    ----------
    weights
        Not negative; all zero means equal weights.
    seats
        How many to share out.
    floors, caps
        Least and most for each; None means 0, and no limit.

    Returns
    -------
    ndarray
        Shape (n,), whole numbers that add up to ``seats``.

    Raises
    ------
    ValueError
        Expected weights >= 0, floors within caps, and ``sum(floors) <= seats <= sum(caps)``.
    """
    count = len(weights)
    lowest = [0] * count if floors is None else [int(floor) for floor in floors]
    highest = [seats if cap is None else int(cap) for cap in caps or [None] * count]
    _check(weights, seats, lowest, highest)
    exact = [Fraction(weight) for weight in weights]
    total = sum(exact, Fraction(0))
    if not total:
        exact, total = [Fraction(1)] * count, Fraction(max(1, count))
    shares = [seats * weight / total for weight in exact]
    given = list(lowest)
    heap = [(given[i] - shares[i], i) for i in range(count) if given[i] < highest[i]]
    heapq.heapify(heap)
    for _ in range(seats - sum(given)):
        above, i = heapq.heappop(heap)
        given[i] += 1
        if given[i] < highest[i]:
            heapq.heappush(heap, (above + 1, i))
    return np.array(given, dtype=np.int64)


def _check(
    weights: Sequence[float], seats: int, floors: Sequence[int], caps: Sequence[int]
) -> None:
    if not len(weights) == len(floors) == len(caps):
        msg = f"Expected as many floors and caps as weights, got {len(floors)} and {len(caps)}."
        raise ValueError(msg)
    for i, (weight, floor, cap) in enumerate(zip(weights, floors, caps, strict=True)):
        if not 0 <= weight < float("inf"):
            msg = f"Expected weights >= 0, got {weight} at {i}."
            raise ValueError(msg)
        if not 0 <= floor <= cap:
            msg = f"Expected 0 <= floor <= cap, got floor {floor} and cap {cap} at {i}."
            raise ValueError(msg)
    if not sum(floors) <= seats <= sum(caps):
        msg = f"Expected sum(floors) <= seats <= sum(caps), got {sum(floors)}, {seats}, {sum(caps)}"
        raise ValueError(msg)
