"""Candidate towns where nobody brings any: the densest place of each district."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from geodata.adjacency import KM_PER_DEGREE
from geodata.districts import checked_points

Place = tuple[float, float]
"""Latitude and longitude in degrees."""


def densest_places(
    points: Mapping[str, Sequence[Place]],
    weights: Mapping[str, Sequence[float]] | None = None,
    *,
    cell_km: float = 2.0,
) -> dict[str, Place]:
    """Return the densest place of each district: a station in the middle of the most voters.

    Counts on a grid of ``cell_km``, summed over each cell with its eight neighbours; the place is
    the station nearest to the weighted middle of the best neighbourhood. Nothing is random.

    Parameters
    ----------
    points
        Station points (latitude, longitude) in degrees by district code.
    weights
        Weight of each point, e.g. its voters, by district code; all zero or missing: every point
        counts the same.
    cell_km
        Side of a grid cell in kilometres.

    Returns
    -------
    dict
        One of the given points for each district that has points, sorted by code.

    Raises
    ------
    CoordinateError
        If a point is not finite or not in degrees.
    ValueError
        If weights and points of a district differ in number.
    """
    return {
        code: _densest(
            checked_points(points[code]), np.asarray((weights or {}).get(code, ())), cell_km
        )
        for code in sorted(points)
        if len(points[code])
    }


def _densest(
    places: npt.NDArray[np.float64], weights: npt.NDArray[np.float64], cell_km: float
) -> Place:
    if weights.size not in {0, len(places)}:
        msg = f"Expected a weight for each of {len(places)} points, got {weights.size}."
        raise ValueError(msg)
    weight = weights.astype(np.float64) if weights.size else np.ones(len(places))
    if not weight.sum() > 0:
        weight = np.ones(len(places))
    squeeze = np.cos(np.radians(np.median(places[:, 0])))
    xy = places[:, ::-1] * [squeeze * KM_PER_DEGREE, KM_PER_DEGREE]
    cells = np.floor((xy - xy.min(axis=0)) / cell_km).astype(np.int64)
    near = _neighbourhood_sums(cells, weight)
    best = cells[np.lexsort((cells[:, 1], cells[:, 0], -near))[0]]
    around = np.flatnonzero((np.abs(cells - best) <= 1).all(axis=1))
    share = weight[around] if weight[around].sum() > 0 else np.ones(len(around))
    middle = np.average(xy[around], axis=0, weights=share)
    away = np.round(np.hypot(*(xy[around] - middle).T), 6)
    chosen = around[np.lexsort((places[around, 1], places[around, 0], away))[0]]
    return float(places[chosen, 0]), float(places[chosen, 1])


def _neighbourhood_sums(
    cells: npt.NDArray[np.int64], weight: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Return, for each point, the weight in its cell and the eight cells around it."""
    stride = int(cells[:, 1].max()) + 3
    keys = (cells[:, 0] + 1) * stride + cells[:, 1] + 1
    used, position = np.unique(keys, return_inverse=True)
    sums = np.bincount(position, weights=weight)
    total = np.zeros(len(used))
    for step in (dx * stride + dy for dx in (-1, 0, 1) for dy in (-1, 0, 1)):
        found = np.searchsorted(used, used + step)
        found = np.minimum(found, len(used) - 1)
        total += np.where(used[found] == used + step, sums[found], 0.0)
    return np.asarray(np.round(total[position], 6))
