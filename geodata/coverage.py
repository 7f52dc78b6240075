"""Polygons that divide a country together: gaps and overlaps closed, simplified as one."""

from collections.abc import Mapping

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry


def simplify(
    polygons: Mapping[str, BaseGeometry],
    *,
    tolerance_deg: float = 0.005,
    gap_width_deg: float = 0.0,
    decimals: int = 4,
) -> dict[str, BaseGeometry]:
    """Clean, simplify and round polygons together, so that shared borders stay shared.

    Parameters
    ----------
    polygons
        Valid polygons or multipolygons by code, in degrees. Where two overlap, the smaller one
        keeps the area: a city that was drawn over its region stays a city.
    tolerance_deg
        Tolerance of the simplification (Visvalingam-Whyatt on shared edges) in degrees.
    gap_width_deg
        Gaps up to this width go to a neighbour; 0 keeps lakes and other holes as they are.
    decimals
        Digits of the coordinates; 4 are about 10 m.

    Returns
    -------
    dict
        Polygons by code, sorted by code. A polygon that the tolerance would make vanish keeps
        its unsimplified shape.
    """
    codes = sorted(polygons)
    if not codes:
        return {}
    shapes = np.array([polygons[code] for code in codes], dtype=object)
    clean = shapely.coverage_clean(shapes, gap_width=gap_width_deg, merge_strategy="min_area")
    simple = shapely.coverage_simplify(clean, tolerance_deg)
    rounded = shapely.transform(simple, lambda xy: np.round(xy, decimals))
    result: dict[str, BaseGeometry] = {}
    for code, before, after in zip(codes, shapes, rounded, strict=True):
        whole = polygonal(after if after.is_valid else shapely.make_valid(after))
        result[code] = before if whole.is_empty else whole
    return result


def overlaps(
    polygons: Mapping[str, BaseGeometry], *, min_share: float = 0.01
) -> tuple[tuple[str, str, float], ...]:
    """Return pairs of polygons that overlap, with the share of the smaller one.

    Parameters
    ----------
    polygons
        Valid polygons by code, in degrees.
    min_share
        Overlaps below this share of the smaller polygon are drawing errors and not returned.

    Returns
    -------
    tuple of (code, code, share)
        Sorted by codes; share from 0 to 1, in square degrees over square degrees.
    """
    codes = sorted(polygons)
    shapes = np.array([polygons[code] for code in codes], dtype=object)
    if len(shapes) < 2:
        return ()
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    keep = first < second
    first, second = first[keep], second[keep]
    common = shapely.area(shapely.intersection(shapes[first], shapes[second]))
    areas = shapely.area(shapes)
    share = common / np.maximum(np.minimum(areas[first], areas[second]), 1e-18)
    found = share >= min_share
    return tuple(
        sorted(
            (codes[i], codes[j], float(part))
            for i, j, part in zip(first[found], second[found], share[found], strict=True)
        )
    )


def polygonal(shape: BaseGeometry | None) -> BaseGeometry:
    """Return only the polygons of a shape: lines and points that a repair left are dropped."""
    if shape is None:
        return Polygon()
    if isinstance(shape, Polygon | MultiPolygon):
        return shape
    parts = [
        part
        for item in shapely.get_parts(shape)
        for part in shapely.get_parts(item)
        if part.geom_type == "Polygon" and not part.is_empty
    ]
    return shapely.union_all(parts) if parts else Polygon()
