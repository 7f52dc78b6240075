"""Neighbouring districts of a mission: shared borders, and the exceptions with their reasons."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from planner.domain.finding import Finding
from planner.domain.ids import DistrictId
from planner.domain.place import Adjacency, District, Station
from planner.intake.boundary_file import DistrictPolygon
from planner.intake.notes import remark

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


def derive_adjacency(
    districts: Sequence[District],
    polygons: Mapping[str, DistrictPolygon],
    stations: Sequence[Station],
    explicit: Sequence[Adjacency],
) -> tuple[tuple[Adjacency, ...], list[Finding]]:
    """Return all neighbours: explicit ones, shared borders, and what joins separate parts.

    Where districts have no polygons, cells around the stations stand in for them (Voronoi,
    dissolved by district); a district without stations is a point, joined to its nearest one.

    Returns
    -------
    tuple
        Neighbours with ``a < b``, sorted; and one finding about the joined parts, if any.
    """
    import shapely  # noqa: PLC0415 - heavy import

    from geodata.adjacency import adjacency, join_components  # noqa: PLC0415 - heavy import

    shapes: dict[str, BaseGeometry] = {
        district.id: shapely.Point(district.lon, district.lat) for district in districts
    }
    shapes |= outlines([district.id for district in districts], polygons, stations)
    pairs = {(min(pair.a, pair.b), max(pair.a, pair.b)): pair.reason for pair in explicit}
    for a, b in adjacency(shapes):
        pairs.setdefault((DistrictId(a), DistrictId(b)), "")
    regions = {str(district.id): str(district.region) for district in districts}
    joined = join_components(shapes, [*pairs], regions)
    for join in joined:
        pairs.setdefault((DistrictId(join.a), DistrictId(join.b)), join.reason)
    findings = []
    if joined:
        shown = "; ".join(f"{join.a} - {join.b}: {join.reason}" for join in joined[:5])
        findings.append(
            remark(
                "IN-JOINED",
                "adjacency.csv",
                f"{len(joined)} pair(s) of districts without a shared border count as neighbours",
                value=shown + (" …" if len(joined) > 5 else ""),
                remedy="write your own exceptions into adjacency.csv (a,b,reason)",
            )
        )
    neighbours = (Adjacency(a=a, b=b, reason=reason) for (a, b), reason in sorted(pairs.items()))
    return tuple(neighbours), findings


def outlines(
    codes: Sequence[str],
    polygons: Mapping[str, DistrictPolygon],
    stations: Sequence[Station],
) -> dict[str, "BaseGeometry"]:
    """Return a polygon for each district: its own, or the cells around its stations.

    A district with neither is left out.
    """
    known = {code: polygons[code].geometry for code in codes if code in polygons}
    if len(known) == len(codes):
        return known
    return {**_cells(stations, codes), **known}


def _cells(stations: Sequence[Station], codes: Sequence[str]) -> dict[str, "BaseGeometry"]:
    from geodata.districts import voronoi_districts  # noqa: PLC0415 - heavy import

    wanted = frozenset(codes)
    inside = [station for station in stations if station.district in wanted]
    points = [(station.lat, station.lon) for station in inside]
    return dict(voronoi_districts(points, [station.district for station in inside]))
