"""Which districts are neighbours: a shared border, or an explicit exception with its reason."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

KM_PER_DEGREE = 111.195
"""Kilometres of one degree of latitude on a sphere of 6,371 km."""

Pair = tuple[str, str]
"""Two district codes, the smaller first."""


@dataclass(frozen=True)
class JoinedPair:
    """Two districts without a shared border that count as neighbours.

    Parameters
    ----------
    a, b
        District codes, ``a < b``.
    reason
        Why they are joined, with the distance.
    distance_km
        Shortest distance between the two polygons in kilometres.
    """

    a: str
    b: str
    reason: str
    distance_km: float


def adjacency(
    polygons: Mapping[str, BaseGeometry], *, tolerance_deg: float = 1e-6
) -> tuple[Pair, ...]:
    """Return all pairs of polygons that share a border of some length.

    Two polygons that only touch in a point (four districts around one corner) are no neighbours.
    Overlapping polygons and a polygon inside another's hole are.

    Parameters
    ----------
    polygons
        Valid polygons or multipolygons by code, in degrees.
    tolerance_deg
        Borders that run closer than this count as one. The shared border must be longer than
        20 times this, so that a corner within tolerance is not taken for a border.

    Returns
    -------
    tuple of pairs
        Sorted; within a pair the smaller code comes first.
    """
    codes = sorted(code for code, polygon in polygons.items() if not polygon.is_empty)
    shapes = np.array([polygons[code] for code in codes], dtype=object)
    if len(shapes) < 2:
        return ()
    first, second = shapely.STRtree(shapes).query(
        shapes, predicate="dwithin", distance=tolerance_deg
    )
    keep = first < second
    first, second = first[keep], second[keep]
    grown = shapely.buffer(shapes, tolerance_deg, quad_segs=1, join_style="mitre")
    # The border of one inside the slightly grown other: as long as the border that they share.
    lengths = shapely.length(
        shapely.intersection(shapely.boundary(shapes[first]), grown[second])
    ) + shapely.length(shapely.intersection(shapely.boundary(shapes[second]), grown[first]))
    found = lengths > 40 * tolerance_deg
    pairs = zip(first[found].tolist(), second[found].tolist(), strict=True)
    return tuple(sorted((codes[i], codes[j]) for i, j in pairs))


def components(codes: Iterable[str], pairs: Iterable[Pair]) -> tuple[tuple[str, ...], ...]:
    """Return the connected parts of a neighbourhood graph, largest first, then by code.

    Parameters
    ----------
    codes
        All district codes. Pairs with other codes are ignored.
    pairs
        Neighbours.
    """
    neighbours: dict[str, set[str]] = {code: set() for code in codes}
    for a, b in pairs:
        if a in neighbours and b in neighbours:
            neighbours[a].add(b)
            neighbours[b].add(a)
    seen: set[str] = set()
    parts: list[tuple[str, ...]] = []
    for start in sorted(neighbours):
        if start in seen:
            continue
        part, stack = {start}, [start]
        while stack:
            fresh = neighbours[stack.pop()] - part
            part |= fresh
            stack += sorted(fresh)
        seen |= part
        parts.append(tuple(sorted(part)))
    return tuple(sorted(parts, key=lambda part: (-len(part), part)))


def join_components(
    polygons: Mapping[str, BaseGeometry],
    pairs: Iterable[Pair],
    regions: Mapping[str, str] | None = None,
) -> tuple[JoinedPair, ...]:
    """Return the explicit exceptions that make the country, and each region, one piece.

    Parameters
    ----------
    polygons
        Polygons (or points, where there are none) by district code, in degrees.
    pairs
        Neighbours by shared border.
    regions
        Region by district code. Where given, the separate parts of a region are joined as well
        (an exclave behind another region belongs to its region).

    Returns
    -------
    tuple of JoinedPair
        Nearest districts of the parts, joined like a minimum spanning tree; sorted by codes.
    """
    known = list(pairs)
    joined: list[JoinedPair] = []
    by_region: dict[str, list[str]] = defaultdict(list)
    for code in sorted(polygons):
        by_region[(regions or {}).get(code, "")].append(code)
    if regions is not None:
        for region, codes in sorted(by_region.items()):
            new = _join(polygons, codes, known, f"exclave: part of region {region}")
            joined += new
            known += [(join.a, join.b) for join in new]
    joined += _join(polygons, sorted(polygons), known, "island: no shared border")
    return tuple(sorted(joined, key=lambda join: (join.a, join.b)))


def _join(
    polygons: Mapping[str, BaseGeometry], codes: Sequence[str], pairs: list[Pair], why: str
) -> list[JoinedPair]:
    """Join the parts among ``codes``: the smallest part to its nearest district, until one is left.

    Longitudes are shrunk by the cosine of the mean latitude, so that "nearest" is nearest on the
    ground.
    """
    joined: list[JoinedPair] = []
    parts = components(codes, pairs)
    if len(parts) < 2:
        return joined
    shapes = np.array([polygons[code] for code in codes], dtype=object)
    squeeze = float(np.cos(np.radians(np.mean(shapely.get_y(shapely.centroid(shapes))))))
    flat = dict(zip(codes, shapely.transform(shapes, lambda xy: xy * [squeeze, 1.0]), strict=True))
    while len(parts) > 1:
        part = parts[-1]
        others = [code for code in codes if code not in set(part)]
        tree = shapely.STRtree([flat[code] for code in others])
        near, distance = tree.query_nearest(
            np.array([flat[code] for code in part], dtype=object), return_distance=True
        )
        best = min(
            (float(d), part[i], others[j])
            for i, j, d in zip(near[0].tolist(), near[1].tolist(), distance.tolist(), strict=True)
        )
        a, b = sorted(best[1:])
        distance_km = round(best[0] * KM_PER_DEGREE, 1)
        reason = f"{why}; joined to the nearest district at {distance_km} km"
        joined.append(JoinedPair(a, b, reason, distance_km))
        pairs = [*pairs, (a, b)]
        parts = components(codes, pairs)
    return joined
