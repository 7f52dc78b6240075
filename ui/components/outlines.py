"""District outlines as small GeoJSON, and colours for areas so that neighbours differ."""

from collections.abc import Mapping, Sequence
from typing import Any

import shapely

from planner.domain.ids import AreaId, DistrictId
from planner.export.registry import Polygons
from planner.export.view import PlanView
from ui.components.palette import AREAS

TOLERANCE_DEG = 0.02
"""About 2 km: less than a pixel on a map of a large country."""
SHARE_OF_WIDTH = 1 / 1500
DIGITS = 4


def thin_outlines(polygons: Polygons) -> dict[DistrictId, Any]:
    """Return simplified outlines as GeoJSON geometries; shared borders stay shared."""
    return {district: _geometry(shape) for district, shape in _thinned(polygons).items()}


def _thinned(polygons: Polygons) -> dict[DistrictId, Any]:
    ids = sorted(polygons)
    if not ids:
        return {}
    shapes = [polygons[district] for district in ids]
    west, _south, east, _north = shapely.total_bounds(shapes)
    tolerance = min(TOLERANCE_DEG, (east - west) * SHARE_OF_WIDTH)
    thin = shapely.coverage_simplify(shapes, tolerance)
    return dict(zip(ids, thin, strict=True))


def _geometry(shape: Any) -> dict[str, Any]:  # noqa: ANN401 - shapely has no types
    found = shapely.geometry.mapping(shape)
    return {"type": found["type"], "coordinates": _rounded(found["coordinates"])}


def _rounded(node: Any) -> Any:  # noqa: ANN401 - nested coordinates
    if isinstance(node, float):
        return round(node, DIGITS)
    return [_rounded(each) for each in node]


def area_colours(view: PlanView) -> dict[AreaId, str]:
    """Return a colour for each area; areas that touch differ as long as there are colours."""
    neighbours: dict[AreaId, set[AreaId]] = {area.id: set() for area in view.plan.areas}
    of = view.area_of_district
    for pair in view.mission.adjacency:
        a, b = of.get(pair.a), of.get(pair.b)
        if a and b and a.id != b.id:
            neighbours[a.id].add(b.id)
            neighbours[b.id].add(a.id)
    return _coloured(sorted(neighbours, key=lambda a: (-len(neighbours[a]), a)), neighbours)


def _coloured(
    order: Sequence[AreaId], neighbours: Mapping[AreaId, set[AreaId]]
) -> dict[AreaId, str]:
    chosen: dict[AreaId, str] = {}
    used = dict.fromkeys(AREAS, 0)
    for area in order:
        taken = {chosen[other] for other in neighbours[area] if other in chosen}
        free = [colour for colour in AREAS if colour not in taken] or list(AREAS)
        chosen[area] = min(free, key=lambda colour: (used[colour], AREAS.index(colour)))
        used[chosen[area]] += 1
    return chosen


def borders_of(polygons: Polygons, group: Mapping[DistrictId, str]) -> Any:  # noqa: ANN401 - shapely has no types
    """Return the borders of groups of districts as one geometry, each shared border once.

    Parameters
    ----------
    group
        The group of each district, e.g. its area; districts without one are left out.
    """
    thin = _thinned({district: polygons[district] for district in group if district in polygons})
    members: dict[str, list[Any]] = {}
    for district, shape in thin.items():
        members.setdefault(group[district], []).append(shape)
    wholes = [shapely.union_all(members[name]) for name in sorted(members)]
    return shapely.line_merge(shapely.union_all([shape.boundary for shape in wholes]))


def as_lines(borders: Any) -> list[list[list[float]]]:  # noqa: ANN401 - shapely has no types
    """Return borders as lists of points, longitude and latitude in degrees."""
    return [
        _rounded([list(point) for point in line.coords])
        for line in shapely.get_parts(borders)
        if line.geom_type == "LineString"
    ]
