"""Districts where there are no polygons: what is nearest to a district's stations belongs to it."""

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.adjacency import KM_PER_DEGREE
from geodata.coverage import polygonal
from geodata.errors import CoordinateError
from geodata.voronoi import dissolve, voronoi_cells

_APART_DEG = 1e-4
"""Points of different districts on one spot are moved apart by this (about 10 m)."""
_GRID_DEG = 0.01
_MANY_POINTS = 20_000


def voronoi_districts(
    points: npt.ArrayLike,
    codes: Sequence[str],
    *,
    outline: BaseGeometry | None = None,
    margin_km: float = 10.0,
) -> dict[str, BaseGeometry]:
    """Return a polygon for each district code: the Voronoi cells of its points, dissolved.

    Together the polygons fill the outline without gaps or overlaps. A district whose stations
    lie among another's has several parts.

    Parameters
    ----------
    points
        Array of shape (n, 2): latitude and longitude in degrees, WGS 84. Points that several
        districts share are moved apart by about 10 m, so that every code gets a polygon. Of more
        than 20,000 points one per code and square of 0.01 degrees is used; if that is still too
        many, each square of a coarser grid goes to the code with most points in it.
    codes
        District code of each point.
    outline
        Where the polygons must stay; default is the convex hull of the points with a margin.
    margin_km
        Margin around the hull in kilometres; used without ``outline`` only.

    Returns
    -------
    dict
        Valid polygons or multipolygons by code, sorted by code; empty for no points.

    Raises
    ------
    CoordinateError
        If the shape is wrong, a coordinate is not finite or not in degrees.
    """
    places = checked_points(points, len(codes))
    if len(places) == 0:
        return {}
    squeeze = float(np.cos(np.radians(np.clip(np.median(places[:, 0]), -85, 85))))
    spots, owners = _distinct(places[:, ::-1] * [squeeze, 1.0], np.asarray(codes, dtype=str))
    if len(spots) > _MANY_POINTS:
        spots, owners = _thinned(spots, owners)
    if outline is None:
        hull = shapely.convex_hull(shapely.multipoints(spots))
        frame = shapely.buffer(hull, margin_km / KM_PER_DEGREE, quad_segs=4)
    else:
        frame = shapely.transform(outline, lambda xy: xy * [squeeze, 1.0])
    cells = voronoi_cells(spots, frame)
    found = sorted(set(owners.tolist()))
    clipped = [shapely.intersection(dissolve(cells[owners == code]), frame) for code in found]
    # Edges that should be equal may differ in the last digit; cleaning makes them equal.
    clean = shapely.coverage_clean(np.array([polygonal(part) for part in clipped], dtype=object))
    return {
        code: shapely.transform(part, lambda xy: xy / [squeeze, 1.0])
        for code, part in zip(found, clean, strict=True)
        if not part.is_empty
    }


def checked_points(points: npt.ArrayLike, count: int | None = None) -> npt.NDArray[np.float64]:
    """Return points as a float array of shape (n, 2), latitude and longitude in degrees.

    Parameters
    ----------
    points
        Anything that NumPy can make such an array of.
    count
        Expected n, or None.

    Raises
    ------
    CoordinateError
        If the shape is wrong, a coordinate is not finite or not in degrees.
    """
    places = np.asarray(points, dtype=np.float64).reshape(-1, 2)
    if count is not None and len(places) != count:
        msg = f"Expected one code for each point, got {len(places)} points and {count} codes."
        raise CoordinateError(msg)
    good = np.isfinite(places).all(axis=1) & (np.abs(places) <= [90, 180]).all(axis=1)
    if not good.all():
        first = int(np.argmin(good))
        msg = (
            f"point {first} is {places[first].tolist()}; expected latitude in [-90, 90] and "
            "longitude in [-180, 180]; leave such points out or correct them"
        )
        raise CoordinateError(msg)
    return places


def _distinct(
    xy: npt.NDArray[np.float64], codes: npt.NDArray[np.str_]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.str_]]:
    """Return each spot once for each code on it; spots of several codes are moved apart."""
    keys = np.round(xy / (_GRID_DEG if len(xy) > _MANY_POINTS else 1e-7)).astype(np.int64)
    named = sorted({(code, *key): i for i, (code, key) in _indexed(codes, keys)}.items())
    order = np.array([i for _, i in named], dtype=np.int64)
    spots, owners = xy[order].copy(), codes[order]
    on_spot: dict[tuple[float, float], list[int]] = defaultdict(list)
    for position, key in enumerate(np.round(spots, 7).tolist()):
        on_spot[key[0], key[1]].append(position)
    for members in on_spot.values():
        if len(members) > 1:
            angle = 2 * np.pi * np.arange(len(members)) / len(members)
            spots[members] += _APART_DEG * np.column_stack([np.cos(angle), np.sin(angle)])
    return spots, owners


def _thinned(
    spots: npt.NDArray[np.float64], owners: npt.NDArray[np.str_]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.str_]]:
    """Keep one spot a square, of the code that has most there, and at least one of every code.

    Codes that are scattered at random (a wrong column) make a coverage of as many shreds as there
    are points, which takes hours to clean; the grid is coarsened until that cannot happen.
    """
    grid = _GRID_DEG
    squares = np.round(spots / grid).astype(np.int64)
    while len(np.unique(squares, axis=0)) > _MANY_POINTS:
        grid *= 2
        squares = np.round(spots / grid).astype(np.int64)
    cells: defaultdict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    for (column, row), code in zip(squares.tolist(), owners.tolist(), strict=True):
        cells[column, row][code] += 1
    kept, seen, having = [], set(), set()
    for position, ((column, row), code) in enumerate(
        zip(squares.tolist(), owners.tolist(), strict=True)
    ):
        most = min(cells[column, row].items(), key=lambda entry: (-entry[1], entry[0]))[0]
        if code == most and (column, row) not in seen:
            seen.add((column, row))
            having.add(code)
            kept.append(position)
    for position, code in enumerate(owners.tolist()):
        if code not in having:
            having.add(code)
            kept.append(position)
    order = np.array(sorted(kept), dtype=np.int64)
    return spots[order], owners[order]


def _indexed(
    codes: npt.NDArray[np.str_], keys: npt.NDArray[np.int64]
) -> list[tuple[int, tuple[str, list[int]]]]:
    """Return positions with code and grid square, last first: the first of equals wins."""
    pairs = list(zip(codes.tolist(), keys.tolist(), strict=True))
    return list(reversed(list(enumerate(pairs))))
