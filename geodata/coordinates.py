"""Points that cannot be right, and the district that each point lies in. All vectorised."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.adjacency import KM_PER_DEGREE
from geodata.districts import checked_points

Floats = npt.NDArray[np.float64]
EARTH_RADIUS_KM = 6_371.0


class PointCheck(IntEnum):
    """What a point looks like, best first."""

    INSIDE = 0
    """In the country, or within the margin around it."""
    SWAPPED = 1
    """Not in the country, but would be with latitude and longitude exchanged."""
    OUTSIDE = 2
    """A place on Earth outside the country."""
    ZERO = 3
    """(0, 0) or within 0.01 degrees of it: somebody's empty cell."""
    IMPOSSIBLE = 4
    """Latitude beyond 90 or longitude beyond 180 degrees, and no exchange helps."""
    MISSING = 5
    """Latitude or longitude is not a number."""


@dataclass(frozen=True)
class Located:
    """Districts of points.

    Parameters
    ----------
    codes
        District code of each point, shape (n,).
    distance_km
        Shape (n,): 0 inside the district, else kilometres to the nearest one.
    """

    codes: npt.NDArray[np.str_]
    distance_km: Floats


def classify_points(
    lat: npt.ArrayLike, lon: npt.ArrayLike, country: BaseGeometry
) -> npt.NDArray[np.int8]:
    """Return a :class:`PointCheck` for each point.

    Parameters
    ----------
    lat, lon
        Shape (n,) in degrees; NaN where a value is missing, any number is allowed.
    country
        Outline in longitude and latitude with the margin already in it: from
        :func:`country_outline` where there are district polygons, else from
        :func:`geodata.nations.nation_outline`, else from :func:`outline_of_points`; or
        ``shapely.box(west, south, east, north)``.

    Returns
    -------
    int8 array of shape (n,)
    """
    y, x = np.asarray(lat, dtype=np.float64), np.asarray(lon, dtype=np.float64)
    shapely.prepare(country)
    finite = np.isfinite(y) & np.isfinite(x)
    with np.errstate(invalid="ignore"):
        possible = (np.abs(y) <= 90) & (np.abs(x) <= 180)
        zero = (np.abs(y) < 0.01) & (np.abs(x) < 0.01)
    inside = finite & shapely.intersects_xy(country, x, y)
    turned = finite & shapely.intersects_xy(country, y, x)
    choices = [
        (~finite, PointCheck.MISSING),
        (inside, PointCheck.INSIDE),
        (zero, PointCheck.ZERO),
        (turned, PointCheck.SWAPPED),
        (~possible, PointCheck.IMPOSSIBLE),
    ]
    found = np.select(
        [mask for mask, _ in choices],
        [np.int8(check) for _, check in choices],
        default=np.int8(PointCheck.OUTSIDE),
    )
    return found.astype(np.int8)


def swapped_as_a_whole(lat: npt.ArrayLike, lon: npt.ArrayLike, country: BaseGeometry) -> bool:
    """Tell whether a list has latitude and longitude exchanged throughout.

    Where a country's latitudes and longitudes are alike (Georgia), swapped points may still fall
    inside it; but then more of them do when they are exchanged back.

    Parameters
    ----------
    lat, lon
        Shape (n,) in degrees, NaN where missing.
    country
        Outline, see :func:`classify_points`; not one made of these very points.
    """
    y, x = np.asarray(lat, dtype=np.float64), np.asarray(lon, dtype=np.float64)
    shapely.prepare(country)
    as_given = int(np.count_nonzero(shapely.intersects_xy(country, x, y)))
    exchanged = int(np.count_nonzero(shapely.intersects_xy(country, y, x)))
    return exchanged > as_given and exchanged > len(y) / 2


def country_outline(
    polygons: Mapping[str, BaseGeometry], *, margin_km: float = 5.0
) -> BaseGeometry:
    """Return the union of districts, grown by a margin for coarse borders and coasts.

    Parameters
    ----------
    polygons
        Valid polygons in degrees by code.
    margin_km
        Margin in kilometres.
    """
    whole = shapely.union_all([polygons[code] for code in sorted(polygons)])
    if whole.is_empty or margin_km <= 0:
        return whole
    squeeze = _squeeze(float(whole.centroid.y))
    flat = shapely.transform(whole, lambda xy: xy * [squeeze, 1.0])
    # A rough line is enough under a margin, and much faster to grow.
    flat = shapely.simplify(flat, 0.2 * margin_km / KM_PER_DEGREE)
    grown = shapely.buffer(flat, 1.2 * margin_km / KM_PER_DEGREE, quad_segs=4)
    return shapely.transform(grown, lambda xy: xy / [squeeze, 1.0])


def outline_of_points(lat: npt.ArrayLike, lon: npt.ArrayLike) -> BaseGeometry:
    """Return an outline that holds the bulk of the points: what lies beyond it is an outlier.

    A circle around the median point, cut to a box. The radius is the largest of median + 10
    robust standard deviations (1.4826 x MAD) of the distances, three times their third quartile,
    and 50 km. The box leaves four interquartile ranges (at least 0.5 degrees) beyond the
    quartiles of latitude and of longitude. So up to a quarter of the points may be wrong.

    It cannot see what :func:`geodata.nations.nation_outline` sees: a list that is swapped as a
    whole, or swapped points of a country whose latitudes and longitudes are alike (Georgia).

    Parameters
    ----------
    lat, lon
        Shape (n,) in degrees; missing, impossible and zero points are ignored.

    Returns
    -------
    polygon
        Longitude and latitude; empty if no point is usable.
    """
    y, x = np.asarray(lat, dtype=np.float64), np.asarray(lon, dtype=np.float64)
    use = np.isfinite(y) & np.isfinite(x)
    with np.errstate(invalid="ignore"):
        use &= (np.abs(y) <= 90) & (np.abs(x) <= 180) & ((np.abs(y) > 0.01) | (np.abs(x) > 0.01))
    if not use.any():
        return shapely.Polygon()
    y, x = y[use], x[use]
    middle = float(np.median(y)), float(np.median(x))
    away = great_circle_km(y, x, np.full_like(y, middle[0]), np.full_like(x, middle[1]))
    spread = 1.4826 * float(np.median(np.abs(away - np.median(away))))
    radius_km = max(float(np.median(away)) + 10 * spread, 3 * float(np.quantile(away, 0.75)), 50.0)
    circle = shapely.Point(0.0, 0.0).buffer(radius_km / KM_PER_DEGREE, quad_segs=16)
    squeeze = _squeeze(middle[0])
    around = shapely.transform(circle, lambda xy: xy / [squeeze, 1.0] + [middle[1], middle[0]])
    (south, north), (west, east) = _usual_range(y), _usual_range(x)
    return shapely.intersection(around, shapely.box(west, south, east, north))


def locate_points(points: npt.ArrayLike, polygons: Mapping[str, BaseGeometry]) -> Located:
    """Return the district of each point: the one that holds it, else the nearest.

    Parameters
    ----------
    points
        Shape (n, 2): latitude and longitude in degrees.
    polygons
        Valid polygons by district code. Where two overlap, the smaller one has the point: a city
        drawn over its region.

    Raises
    ------
    CoordinateError
        If a point is not finite or not in degrees.
    ValueError
        If there are points but no polygons.
    """
    places = checked_points(points)
    if len(places) == 0:
        return Located(np.empty(0, dtype=np.str_), np.empty(0))
    if not polygons:
        msg = f"Expected at least one polygon for {len(places)} points, got none."
        raise ValueError(msg)
    order = sorted(polygons, key=lambda code: (polygons[code].area, code))
    squeeze = _squeeze(float(np.median(places[:, 0])))
    shapes = shapely.transform(
        np.array([polygons[code] for code in order], dtype=object), lambda xy: xy * [squeeze, 1.0]
    )
    spots = shapely.points(places[:, 1] * squeeze, places[:, 0])
    tree = shapely.STRtree(shapes)
    inside, holder = tree.query(spots, predicate="intersects")
    district = np.full(len(places), len(order), dtype=np.int64)
    np.minimum.at(district, inside, holder)
    distance_km = np.zeros(len(places))
    lost = np.flatnonzero(district == len(order))
    if lost.size:
        (asked, nearest), far = tree.query_nearest(
            spots[lost], return_distance=True, all_matches=True
        )
        np.minimum.at(district, lost[asked], nearest)
        distance_km[lost[asked]] = far * KM_PER_DEGREE
    return Located(np.array(order, dtype=np.str_)[district], distance_km)


def great_circle_km(lat_a: Floats, lon_a: Floats, lat_b: Floats, lon_b: Floats) -> Floats:
    """Return great-circle distances in kilometres (haversine, sphere of 6,371 km).

    Parameters
    ----------
    lat_a, lon_a, lat_b, lon_b
        Degrees; shapes that broadcast.
    """
    phi_a, phi_b = np.radians(lat_a), np.radians(lat_b)
    half = (
        np.sin((phi_b - phi_a) / 2) ** 2
        + np.cos(phi_a) * np.cos(phi_b) * np.sin(np.radians(lon_b - lon_a) / 2) ** 2
    )
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1))))


def _usual_range(values: Floats) -> tuple[float, float]:
    """Return limits that leave four interquartile ranges beyond the quartiles."""
    low, high = np.quantile(values, [0.25, 0.75]).tolist()
    margin = max(4 * (high - low), 0.5)
    return low - margin, high + margin


def _squeeze(lat: float) -> float:
    """Return the width of a degree of longitude relative to one of latitude."""
    return float(np.cos(np.radians(np.clip(lat, -85, 85))))
