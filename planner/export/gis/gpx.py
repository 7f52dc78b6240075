"""GPX for a phone: one route a pair, with places named and timed.

Written element by element: GDAL writes either the routes or the waypoints of a GPX file, and no
metadata; a phone needs all of them in one file.
"""

from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

from planner.domain.plan import Day, Stop
from planner.export.gis.scope import Scope
from planner.export.gis.xml import add, short, write_xml
from planner.export.view import clock, drive_m, drive_s, zone

_NAMESPACE = "http://www.topografix.com/GPX/1/1"


def write_gpx(scope: Scope, path: Path) -> None:
    """Write base towns as waypoints and every election day as a route, times in UTC.

    Raises
    ------
    PlannerError
        ``EX-WRITE`` if the file cannot be written.
    """
    root = ET.Element("gpx", {"xmlns": _NAMESPACE, "version": "1.1", "creator": "mission-planner"})
    metadata = add(root, "metadata")
    add(metadata, "name", short(scope.view.mission.mission.name))
    add(metadata, "desc", f"{scope.view.banner}. Data: {scope.credit['attribution']}")
    for town in scope.towns:
        point = _point(root, "wpt", town.lon, town.lat)
        teams = ", ".join(team.id for team in scope.teams if team.base_town == town.id)
        add(point, "name", short(town.name))
        add(point, "desc", f"Base of {teams}. {scope.view.banner}")
        add(point, "sym", "Lodging")
    for day in scope.days:
        _route(root, scope, day)
    write_xml(root, path)


def _route(root: ET.Element, scope: Scope, day: Day) -> None:
    view = scope.view
    route = add(root, "rte")
    add(route, "name", day.team)
    add(
        route,
        "desc",
        f"{len(day.stops)} stops, {drive_s(day) / 60:.0f} min and {drive_m(day) / 1000:.0f} km "
        f"of driving. Straight lines, not roads. {view.banner}. "
        f"Data: {scope.credit['attribution']}",
    )
    team = view.teams.get(day.team)
    town = team.base_town if team else None
    base = scope.base_point(town) if town else None
    name = view.town_name(town)
    if base:
        _route_point(route, base, day.leave_base, f"{clock(day.leave_base)} {name}", "leave base")
    for number, stop in enumerate(day.stops, start=1):
        place = view.place(stop)
        if place:
            label = f"{number} {clock(stop.arrive)} {stop.phase} {place.name or stop.place}"
            _route_point(route, (place.lon, place.lat), stop.arrive, label, _about(stop))
    if base:
        _route_point(route, base, day.reach_base, f"{clock(day.reach_base)} {name}", "back at base")


def _about(stop: Stop) -> str:
    return (
        f"{stop.place_kind} {stop.place}, {stop.phase}: {clock(stop.arrive)} to "
        f"{clock(stop.leave)} local time ({zone(stop.arrive)})"
    )


def _route_point(
    route: ET.Element, at: tuple[float, float], when: datetime, name: str, about: str
) -> None:
    point = _point(route, "rtept", *at)
    add(point, "time", when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    add(point, "name", short(name))
    add(point, "desc", about)


def _point(parent: ET.Element, tag: str, lon: float, lat: float) -> ET.Element:
    return add(parent, tag, "", lat=f"{lat:.6f}", lon=f"{lon:.6f}")
