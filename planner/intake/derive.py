"""What a folder leaves out and its records imply: regions, districts, towns."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from statistics import median

from planner.domain.finding import Finding
from planner.domain.ids import DistrictId, RegionId, TownId
from planner.domain.mission import Mission
from planner.domain.place import DataStatus, District, Region, Station, Town
from planner.intake.boundary_file import DistrictPolygon
from planner.intake.notes import remark, weakness
from planner.intake.records import Records


def _usual(values: Sequence[str]) -> str:
    """Return the most frequent value that is not empty, the smallest of equals."""
    counts = Counter(value for value in values if value)
    return min(counts, key=lambda value: (-counts[value], value)) if counts else ""


def derive_districts(
    stations: Records[Station],
    polygons: Mapping[str, DistrictPolygon],
    mission: Mission,
    region_polygons: Mapping[str, DistrictPolygon] | None = None,
) -> tuple[tuple[District, ...], list[Finding]]:
    """Return a district for every polygon, and for every district code of the stations.

    A district's point is the median of its stations' points, else a point inside its polygon. The
    region is that of the polygon, else the most frequent one of its stations, else that of the
    region outline around its point, else the country.
    """
    members: dict[str, list[int]] = defaultdict(list)
    for index, station in enumerate(stations.values):
        members[station.district].append(index)
    told = {polygon.region for polygon in polygons.values()}
    told |= {cells["region"] or cells["region_name"] for cells in stations.beside}
    told.discard("")
    # A country with one region has one, whether or not each district says so.
    usual = next(iter(told)) if len(told) == 1 else mission.country
    districts = []
    for code in sorted({*members, *polygons}):
        inside = members.get(code, [])
        beside = [stations.beside[index] for index in inside]
        polygon = polygons.get(code)
        name = _usual([cells["district_name"] for cells in beside])
        region = _usual([cells["region"] or cells["region_name"] for cells in beside])
        if inside:
            lat = median(stations.values[index].lat for index in inside)
            lon = median(stations.values[index].lon for index in inside)
        else:
            lat, lon = polygons[code].point
        districts.append(
            District(
                id=DistrictId(code),
                name=(polygon.name if polygon else "") or name or code,
                region=RegionId((polygon.region if polygon else "") or region or usual),
                lat=lat,
                lon=lon,
                status=DataStatus.OFFICIAL if polygon else DataStatus.ESTIMATE,
            )
        )
    if region_polygons:
        districts = _in_regions(districts, region_polygons, usual)
    outside = sorted(set(members) - set(polygons))
    findings = []
    if outside:
        findings.append(
            remark(
                "IN-DISTRICTS",
                stations.file,
                f"{len(outside)} district(s) were derived from the stations' district codes",
                value=", ".join(outside[:5]) + (" …" if len(outside) > 5 else ""),
                remedy="bring districts.csv or boundaries to name and outline them",
                file=stations.file,
            )
        )
    return tuple(districts), findings


def _in_regions(
    districts: Sequence[District], outlines: Mapping[str, DistrictPolygon], usual: str
) -> list[District]:
    """Return districts with the region around their point where only the usual one is known."""
    import numpy as np  # noqa: PLC0415 - only where there are outlines of regions

    from geodata.coordinates import locate_points  # noqa: PLC0415 - heavy import

    points = np.array([(district.lat, district.lon) for district in districts])
    shapes = {code: outline.geometry for code, outline in outlines.items()}
    regions = locate_points(points, shapes).codes.tolist()
    return [
        district.model_copy(update={"region": RegionId(region)})
        if district.region == usual
        else district
        for district, region in zip(districts, regions, strict=True)
    ]


def derive_regions(
    districts: Sequence[District],
    polygons: Mapping[str, DistrictPolygon],
    stations: Records[Station],
    mission: Mission,
    region_polygons: Mapping[str, DistrictPolygon] | None = None,
) -> tuple[tuple[Region, ...], list[Finding]]:
    """Return a region for every region id of the districts, in the mission's own time zone."""
    names: dict[str, list[str]] = defaultdict(list)
    for polygon in polygons.values():
        names[polygon.region].append(polygon.region_name)
    for code, outline in (region_polygons or {}).items():
        names[code].append(outline.name)
    for cells in stations.beside:
        names[cells["region"] or cells["region_name"]].append(cells["region_name"])
    regions = tuple(
        Region(
            id=RegionId(code),
            name=_usual(names[code]) or (mission.name if code == mission.country else code),
            time_zone=mission.time_zone,
        )
        for code in sorted({district.region for district in districts})
    )
    finding = remark(
        "IN-REGIONS",
        "regions",
        f"{len(regions)} region(s) were derived, all in the time zone of the mission",
        value=mission.time_zone,
        remedy="bring regions.csv with time zones and local languages",
    )
    return regions, [finding]


def derive_towns(
    stations: Sequence[Station], districts: Sequence[District]
) -> tuple[tuple[Town, ...], list[Finding]]:
    """Return one candidate base town for each district: where its stations are densest."""
    from geodata.towns import densest_places  # noqa: PLC0415 - only where towns are missing

    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    weights: dict[str, list[float]] = defaultdict(list)
    for station in stations:
        points[station.district].append((station.lat, station.lon))
        weights[station.district].append(float(station.voters or 0))
    places = densest_places(points, weights)
    towns = tuple(
        Town(
            id=TownId(f"T-{district.id}"),
            name=district.name,
            district=district.id,
            lat=places[district.id][0] if district.id in places else district.lat,
            lon=places[district.id][1] if district.id in places else district.lon,
            status=DataStatus.ESTIMATE,
        )
        for district in districts
    )
    finding = weakness(
        "IN-TOWNS",
        "towns.csv",
        f"there is no towns.csv: {len(towns)} base towns were put where stations are densest",
        remedy="bring towns.csv with names and beds before anybody books a room",
        file="towns.csv",
    )
    return towns, [finding]
