"""KML for a globe: a folder of areas, one of base towns, and one a pair.

Written element by element: GDAL makes one folder a layer and reads the file anew for each, which
takes minutes for 150 pairs.
"""

from collections.abc import Iterable
from datetime import UTC
from pathlib import Path
from xml.etree import ElementTree as ET

import shapely

from planner.domain.plan import Day, Phase
from planner.export.gis.layers import area_shape
from planner.export.gis.scope import Scope
from planner.export.gis.xml import add, short, write_xml
from planner.export.view import clock, drive_m, drive_s, zone

_NAMESPACE = "http://www.opengis.net/kml/2.2"
_COLOURS: dict[str, str] = {
    Phase.OPENING: "ff3c8cf0",
    Phase.VOTING: "ff53b24c",
    Phase.CLOSING: "ff3b3bd6",
    Phase.COUNTING: "ff8a2be2",
    Phase.TABULATION: "ff7b5a24",
    "base": "ff533b24",
}
"""Colours of the points, as KML writes them: alpha, blue, green, red."""


def write_kml(scope: Scope, path: Path) -> None:
    """Write areas (where polygons are known), base towns, and every pair's election day.

    Raises
    ------
    PlannerError
        ``EX-WRITE`` if the file cannot be written.
    """
    root = ET.Element("kml", {"xmlns": _NAMESPACE})
    document = add(root, "Document")
    add(document, "name", short(scope.view.mission.mission.name))
    add(document, "description", _notice(scope))
    _styles(document)
    if scope.polygons:
        _areas(document, scope)
    _towns(document, scope)
    for day in scope.days:
        _day(document, scope, day)
    write_xml(root, path)


def _notice(scope: Scope, *lines: str) -> str:
    return "\n".join([*lines, scope.view.banner, f"Data: {scope.credit['attribution']}"])


def _styles(document: ET.Element) -> None:
    for name, colour in _COLOURS.items():
        style = add(document, "Style", id=name)
        icon = add(style, "IconStyle")
        add(icon, "color", colour)
        add(icon, "scale", "1.1" if name == "base" else "0.8")
    route = add(add(document, "Style", id="route"), "LineStyle")
    add(route, "color", "c0533b24")
    add(route, "width", "2")
    area = add(document, "Style", id="area")
    line, fill = add(area, "LineStyle"), add(area, "PolyStyle")
    add(line, "color", "ff533b24")
    add(line, "width", "1.5")
    add(fill, "color", "30c8a078")


def _areas(document: ET.Element, scope: Scope) -> None:
    folder = _folder(document, "Areas of responsibility")
    shown = {team.area for team in scope.teams}
    for area in scope.view.plan.areas:
        shape = area_shape(scope, area)
        if shape is None or area.id not in shown:
            continue
        town = scope.view.town_name(area.base_town)
        about = f"{area.lto_team or 'no LTO team'} in {town}, {area.sto_pairs} STO pairs"
        placemark = _placemark(folder, area.id, _notice(scope, about), "area")
        multi = add(placemark, "MultiGeometry")
        for part in shapely.get_parts(shape):
            if part.geom_type == "Polygon":
                polygon = add(multi, "Polygon")
                _ring(polygon, "outerBoundaryIs", part.exterior.coords)
                for hole in part.interiors:
                    _ring(polygon, "innerBoundaryIs", hole.coords)


def _towns(document: ET.Element, scope: Scope) -> None:
    folder = _folder(document, "Base towns")
    for town in scope.towns:
        teams = ", ".join(team.id for team in scope.teams if team.base_town == town.id)
        about = _notice(scope, f"Base of {teams}", f"Data status: {town.status}")
        placemark = _placemark(folder, town.name, about, "base")
        _geometry(placemark, "Point", [(town.lon, town.lat)])


def _day(document: ET.Element, scope: Scope, day: Day) -> None:
    folder = _folder(document, day.team)
    about = (
        f"{len(day.stops)} stops, {drive_s(day) / 60:.0f} min and {drive_m(day) / 1000:.0f} km "
        "of driving; straight lines, not roads"
    )
    path = scope.path(day)
    if len(path) > 1:
        route = _placemark(folder, f"{day.team} route", _notice(scope, about), "route")
        _geometry(route, "LineString", path)
    for number, stop in enumerate(day.stops, start=1):
        place = scope.view.place(stop)
        if place is None:
            continue
        times = f"{clock(stop.arrive)} to {clock(stop.leave)} local time ({zone(stop.arrive)})"
        name = f"{number} {stop.phase} {clock(stop.arrive)}"
        lines = (f"{stop.place} {place.name}", times, f"Data status: {place.status}")
        placemark = add(folder, "Placemark")
        add(placemark, "name", short(name))
        add(placemark, "description", _notice(scope, *lines))
        span = add(placemark, "TimeSpan")
        for tag, at in (("begin", stop.arrive), ("end", stop.leave)):
            add(span, tag, at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
        add(placemark, "styleUrl", f"#{stop.phase}")
        _geometry(placemark, "Point", [(place.lon, place.lat)])


def _folder(document: ET.Element, name: str) -> ET.Element:
    folder = add(document, "Folder")
    add(folder, "name", short(name))
    return folder


def _placemark(folder: ET.Element, name: str, about: str, style: str) -> ET.Element:
    placemark = add(folder, "Placemark")
    add(placemark, "name", short(name))
    add(placemark, "description", about)
    add(placemark, "styleUrl", f"#{style}")
    return placemark


def _ring(polygon: ET.Element, tag: str, points: Iterable[tuple[float, ...]]) -> None:
    _geometry(add(polygon, tag), "LinearRing", points)


def _geometry(parent: ET.Element, tag: str, points: Iterable[tuple[float, ...]]) -> None:
    text = " ".join(f"{point[0]:.6f},{point[1]:.6f}" for point in points)
    add(add(parent, tag), "coordinates", text)
