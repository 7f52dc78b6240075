"""Inclusion probabilities of a draw proportional to size."""

import math
from collections.abc import Sequence

from planner.precision import checks


def pps_inclusion(sizes: Sequence[float], n: int) -> tuple[float, ...]:
    """Return the probability of every unit to be drawn, ``n M / ΣM``, at most 1.

    Units that would pass 1 are certain; they are taken out first and the rest is computed anew
    until none passes. The probabilities sum to n. Source: Cochran, Sampling Techniques, 3rd ed.
    1977, chapter 9A; Särndal, Swensson and Wretman 1992, section 3.6.2.

    Parameters
    ----------
    sizes
        Measure of size of every unit (voters, stations), 0 or more; 0 is never drawn.
    n
        Units to draw.

    Raises
    ------
    ValueError
        Expected sizes of 0 or more, and n from 0 to the number of units with a size.
    """
    known = [checks.number("size", size, least=0) for size in sizes]
    drawable = [unit for unit, size in enumerate(known) if size]
    if not 0 <= n <= len(drawable):
        raise ValueError(f"Expected n from 0 to {len(drawable)} units with a size, got {n}.")
    chances = [0.0] * len(known)
    open_units, left = drawable, n
    while left:
        total = math.fsum(known[unit] for unit in open_units)
        certain = {unit for unit in open_units if left * known[unit] >= total}
        for unit in open_units:
            chances[unit] = 1.0 if unit in certain else left * known[unit] / total
        if not certain:
            break
        open_units = [unit for unit in open_units if unit not in certain]
        left -= len(certain)
        if not left:
            for unit in open_units:
                chances[unit] = 0.0
    return tuple(chances)
