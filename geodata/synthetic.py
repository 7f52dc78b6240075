"""Made-up districts and points for demonstrations: seeded, inside real outlines, never real places.

All randomness comes from the generator that is passed in.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely
from scipy.cluster.vq import kmeans2
from shapely.geometry.base import BaseGeometry

from geodata.adjacency import KM_PER_DEGREE
from geodata.voronoi import voronoi_cells

Floats = npt.NDArray[np.float64]


def choose_seats(lat: Floats, lon: Floats, weight: Floats, count: int) -> list[int]:
    """Choose towns that become district seats: heavy ones, kept apart from each other.

    Parameters
    ----------
    lat, lon
        Arrays of shape (n,) in degrees.
    weight
        Array of shape (n,), e.g. populations; ties go to the first.
    count
        Wanted number of seats; at most n are returned.

    Returns
    -------
    list of int
        Positions of the seats, heaviest first.
    """
    x, y = lon * np.cos(np.radians(lat.mean())) * KM_PER_DEGREE, lat * KM_PER_DEGREE
    apart = np.hypot(x[:, None] - x, y[:, None] - y)
    order = np.argsort(-weight, kind="stable").tolist()
    distance_km = float(apart.max()) / max(1.0, np.sqrt(count))
    while True:
        seats: list[int] = []
        for town in order:
            if len(seats) < count and all(apart[town, seat] > distance_km for seat in seats):
                seats.append(town)
        if len(seats) >= min(count, len(order)):
            return seats
        distance_km = distance_km * 0.85 if distance_km > 0.1 else -1.0


def spread_centres(
    polygon: BaseGeometry, count: int, centre: tuple[float, float], rng: np.random.Generator
) -> Floats:
    """Return ``count`` centres of made-up city districts, closer together around ``centre``.

    Parameters
    ----------
    polygon
        Outline of the city in degrees.
    count
        Number of districts.
    centre
        Latitude and longitude of the middle of the city.
    rng
        Source of randomness.

    Returns
    -------
    array of shape (count, 2)
        Latitude and longitude, sorted from north to south.
    """
    west, south, east, north = polygon.bounds
    wide = np.column_stack([rng.uniform(south, north, 4000), rng.uniform(west, east, 4000)])
    dense = rng.normal(centre, [(north - south) / 6, (east - west) / 6], (4000, 2))
    points = np.vstack([wide, dense])
    points = points[shapely.contains_xy(polygon, points[:, 1], points[:, 0])]
    centres, _ = kmeans2(points, count, minit="++", rng=rng, iter=30)
    return np.asarray(centres[np.lexsort((centres[:, 1], -centres[:, 0]))], dtype=np.float64)


def seat_cells(lat: Floats, lon: Floats, outline: BaseGeometry) -> list[BaseGeometry]:
    """Divide an outline among seats: each gets what is nearest to it, in one piece where possible.

    Voronoi cells clipped to the outline. A bent outline cuts some cells apart; a piece away from
    its seat goes to the cell with which it shares the longest border. Islands stay with the
    nearest seat.

    Parameters
    ----------
    lat, lon
        Seats, arrays of shape (n,) in degrees; different points, n >= 1.
    outline
        Valid polygon or multipolygon in degrees.

    Returns
    -------
    list of polygons or multipolygons
        In the order of the seats; together they are the outline.
    """
    if len(lat) == 1:
        return [outline]
    squeeze = float(np.cos(np.radians(lat.mean())))
    xy = np.column_stack([lon * squeeze, lat])
    seats = shapely.points(xy)
    flat = shapely.transform(outline, lambda xy: xy * [squeeze, 1.0])
    cells = voronoi_cells(xy, flat)
    pieces = [_pieces(shapely.intersection(cell, flat)) for cell in cells]
    homes = [_home(parts, seat) for parts, seat in zip(pieces, seats, strict=True)]
    for seat, parts in enumerate(pieces):
        for part in parts:
            if part is not homes[seat]:
                new = _longest_border(part, homes, seat)
                homes[new] = shapely.union(homes[new], part)
    return [shapely.transform(home, lambda xy: xy / [squeeze, 1.0]) for home in homes]


def scatter(
    centre: tuple[float, float], radius_km: Floats, outline: BaseGeometry, rng: np.random.Generator
) -> Floats:
    """Return points at given distances from a centre, in random directions, inside an outline.

    Parameters
    ----------
    centre
        Latitude and longitude.
    radius_km
        Distances, array of shape (n,).
    outline
        Where the points must lie. A direction that leaves it is drawn again, up to 30 times with
        shrinking distance; then the point falls on the centre.
    rng
        Source of randomness.

    Returns
    -------
    array of shape (n, 2)
        Latitude and longitude in degrees.
    """
    points = np.tile(np.asarray(centre, dtype=np.float64), (len(radius_km), 1))
    todo = np.arange(len(radius_km))
    squeeze = np.cos(np.radians(centre[0]))
    for attempt in range(30):
        if todo.size == 0:
            break
        angle = rng.uniform(0, 2 * np.pi, todo.size)
        reach = radius_km[todo] * 0.93**attempt / KM_PER_DEGREE
        lat = centre[0] + reach * np.sin(angle)
        lon = centre[1] + reach * np.cos(angle) / squeeze
        inside = shapely.contains_xy(outline, lon, lat)
        points[todo[inside]] = np.column_stack([lat, lon])[inside]
        todo = todo[~inside]
    return points


def integers_with_sum(
    values: Sequence[float] | Floats, total: int, low: int, high: int
) -> npt.NDArray[np.int64]:
    """Scale and round values to integers in ``[low, high]`` that sum to ``total`` exactly.

    Parameters
    ----------
    values
        Positive numbers, shape (n,); their proportions are kept where the limits allow it.
    total
        Wanted sum.
    low, high
        Inclusive limits.

    Raises
    ------
    ValueError
        If ``total`` is not in ``[n * low, n * high]``.
    """
    wanted = np.asarray(values, dtype=np.float64)
    count = len(wanted)
    if not count * low <= total <= count * high:
        msg = f"Expected total in [{count * low}, {count * high}], got {total}."
        raise ValueError(msg)
    small, large = 0.0, high * 2 / max(float(wanted.min(initial=1.0)), 1e-9)
    for _ in range(200):
        middle = (small + large) / 2
        if np.clip(wanted * middle, low, high).sum() < total:
            small = middle
        else:
            large = middle
    exact = np.clip(wanted * large, low, high)
    whole = np.floor(exact).astype(np.int64)
    missing = total - int(whole.sum())
    order = np.argsort(-(exact - whole), kind="stable")
    room = order[whole[order] < high]
    whole[room[:missing]] += 1
    return whole


def _pieces(shape: BaseGeometry) -> list[BaseGeometry]:
    return [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]


def _home(parts: Sequence[BaseGeometry], seat: BaseGeometry) -> BaseGeometry:
    """Return the piece that holds the seat, or the nearest piece."""
    return min(parts, key=lambda part: (part.distance(seat), -part.area))


def _longest_border(part: BaseGeometry, homes: Sequence[BaseGeometry], own: int) -> int:
    """Return the position of the home with the longest border to ``part``, ``own`` without any."""
    lengths = shapely.length(shapely.intersection(shapely.boundary(part), np.array(homes)))
    best = int(np.argmax(lengths))
    return best if lengths[best] > 1e-9 else own
