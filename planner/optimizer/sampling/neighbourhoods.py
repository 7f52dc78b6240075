"""Neighbourhoods: compact groups of stations that are drawn together."""

import numpy as np
import numpy.typing as npt

from geodata.travel.provider import Points

IntArray = npt.NDArray[np.int64]


def neighbourhoods(points: Points, smallest: int) -> list[IntArray]:
    """Cut stations into compact groups by halving the longer side of their box.

    Parameters
    ----------
    points
        Shape (n, 2): latitude and longitude in degrees.
    smallest
        No group gets smaller than this, unless there are fewer stations in all.

    Returns
    -------
    list of arrays
        Indices into ``points``; every index in exactly one group. Sizes lie between ``smallest``
        and ``2 * smallest - 1``.

    Raises
    ------
    ValueError
        Expected smallest of 1 or more.
    """
    if smallest < 1:
        msg = f"Expected smallest of 1 or more, got {smallest}."
        raise ValueError(msg)
    groups: list[IntArray] = []
    waiting = [np.arange(len(points), dtype=np.int64)] if len(points) else []
    while waiting:
        group = waiting.pop()
        if len(group) < 2 * smallest:
            groups.append(group)
            continue
        here = points[group]
        spread = np.ptp(here, axis=0)
        spread[1] *= np.cos(np.radians(here[:, 0].mean()))
        axis = int(np.argmax(spread))
        # Ties (stations in one school) are broken by the other axis and then by their order.
        order = np.lexsort((group, here[:, 1 - axis], here[:, axis]))
        half = len(group) // 2
        waiting += [group[order[half:]], group[order[:half]]]
    return groups
