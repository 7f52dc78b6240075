"""The layers of a map as plain records: names, attributes with their types, geometry."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

import shapely

from planner.domain.observer import Role
from planner.domain.place import DataStatus
from planner.domain.plan import Area, Day
from planner.export.gis.scope import Scope
from planner.export.view import clock, drive_m, drive_s, zone

FieldType = Literal["text", "integer", "real", "datetime"]
Attribute = str | int | float | datetime | None


@dataclass(frozen=True)
class Layer:
    """One layer.

    Parameters
    ----------
    fields
        Types by name, in order. Units stand in the names. Datetimes are in UTC.
    features
        Geometry (WGS 84, longitude and latitude in degrees) with attributes in the order of
        ``fields``.
    """

    name: str
    geometry_type: Literal["Point", "LineString", "MultiPolygon"]
    fields: dict[str, FieldType]
    features: tuple[tuple[shapely.Geometry, tuple[Attribute, ...]], ...]


_CREDIT: dict[str, FieldType] = {"status": "text", "attribution": "text", "notice": "text"}


def layers(scope: Scope) -> tuple[Layer, ...]:
    """Return the layers of a map, polygons first so that points are drawn over them."""
    shapes = (_areas(scope), _districts(scope)) if scope.polygons else ()
    return (
        *shapes,
        _routes(scope),
        _stations(scope),
        _stops(scope),
        _commissions(scope),
        _base_towns(scope),
    )


def area_shape(scope: Scope, area: Area) -> shapely.Geometry | None:
    """Return the dissolved districts of an area, or None where no polygon is known."""
    known = [scope.polygons[d] for d in area.districts if d in scope.polygons]
    return shapely.union_all(known) if known else None


def _credits(scope: Scope, status: str) -> tuple[str, str, str]:
    return (status, scope.credit["attribution"], scope.credit["notice"])


def _plan_status(scope: Scope) -> str:
    """Return the status of what follows from several records."""
    return (DataStatus.SYNTHETIC if scope.view.synthetic else DataStatus.UNKNOWN).value


def _multi(shape: shapely.Geometry) -> shapely.Geometry:
    """Return a multipolygon; lines and points that a union may leave are dropped."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    return shapely.MultiPolygon(parts)


def _areas(scope: Scope) -> Layer:
    view = scope.view
    shown = {team.area for team in scope.teams}
    features = []
    for area in view.plan.areas:
        shape = area_shape(scope, area)
        if shape is not None and (scope.only is None or area.id in shown):
            town = view.town_name(area.base_town)
            names = ", ".join(view.district_name(district) for district in area.districts)
            values = (area.id, area.lto_team, town, area.sto_pairs, names)
            features.append((_multi(shape), (*values, *_credits(scope, _plan_status(scope)))))
    return Layer(
        "areas",
        "MultiPolygon",
        {
            "area": "text",
            "lto_team": "text",
            "base_town": "text",
            "sto_pairs": "integer",
            "districts": "text",
            **_CREDIT,
        },
        tuple(features),
    )


def _districts(scope: Scope) -> Layer:
    view = scope.view
    features = []
    for district in view.mission.districts:
        if district.id in scope.polygons:
            area = view.area_of_district.get(district.id)
            values = (
                district.id,
                district.name,
                view.region_name(district.id),
                area.id if area else None,
                len(view.stations_of_district.get(district.id, ())),
            )
            credit = _credits(scope, district.status.value)
            features.append((_multi(scope.polygons[district.id]), (*values, *credit)))
    return Layer(
        "districts",
        "MultiPolygon",
        {
            "district": "text",
            "name": "text",
            "region": "text",
            "area": "text",
            "stations": "integer",
            **_CREDIT,
        },
        tuple(features),
    )


def _routes(scope: Scope) -> Layer:
    features = []
    for day in scope.days:
        path = scope.path(day)
        if path:
            line = shapely.LineString(path if len(path) > 1 else path * 2)
            features.append((line, (*_route(scope, day), *_credits(scope, _plan_status(scope)))))
    return Layer(
        "routes",
        "LineString",
        {
            "team": "text",
            "area": "text",
            "members": "text",
            "stops": "integer",
            "drive_min": "real",
            "drive_km": "real",
            "leave_base_local": "text",
            "reach_base_local": "text",
            "zone": "text",
            "leave_base_utc": "datetime",
            "reach_base_utc": "datetime",
            "geometry_is": "text",
            **_CREDIT,
        },
        tuple(features),
    )


def _route(scope: Scope, day: Day) -> tuple[Attribute, ...]:
    team = scope.view.teams.get(day.team)
    return (
        day.team,
        team.area if team else None,
        " and ".join(team.members) if team and team.members else "unnamed slot",
        len(day.stops),
        round(drive_s(day) / 60, 1),
        round(drive_m(day) / 1000, 1),
        clock(day.leave_base),
        clock(day.reach_base),
        zone(day.leave_base),
        day.leave_base.astimezone(UTC),
        day.reach_base.astimezone(UTC),
        "straight lines between places, not roads",
    )


def _stops(scope: Scope) -> Layer:
    features = []
    for day in scope.days:
        for number, stop in enumerate(day.stops, start=1):
            place = scope.view.place(stop)
            if place is None:
                continue
            values = (
                *(day.team, number, stop.phase.value, stop.place_kind, stop.place, place.name),
                *(clock(stop.arrive), clock(stop.leave), zone(stop.arrive)),
                *(stop.arrive.astimezone(UTC), stop.leave.astimezone(UTC)),
                *(round(stop.travel_s / 60, 1), round(stop.distance_m / 1000, 1)),
            )
            point = shapely.Point(place.lon, place.lat)
            features.append((point, (*values, *_credits(scope, place.status.value))))
    return Layer(
        "stops",
        "Point",
        {
            "team": "text",
            "number": "integer",
            "phase": "text",
            "place_kind": "text",
            "place": "text",
            "name": "text",
            "arrive_local": "text",
            "leave_local": "text",
            "zone": "text",
            "arrive_utc": "datetime",
            "leave_utc": "datetime",
            "drive_min": "real",
            "drive_km": "real",
            **_CREDIT,
        },
        tuple(features),
    )


def _stations(scope: Scope) -> Layer:
    view = scope.view
    shown = {team.id for team in scope.teams}
    features = []
    for station in scope.stations:
        visits = [(t, stop) for t, stop in view.visits.get(station.id, ()) if t in shown]
        drawn = view.sampled.get(station.id)
        area = view.area_of_district.get(station.district)
        values = (
            *(station.id, station.name, station.district, area.id if area else None),
            *(station.kind.value, station.settlement.value, station.voters),
            station.precision.value,
            _listed([team for team, _ in visits]),
            _listed([stop.phase.value for _, stop in visits]),
            drawn.role.value if drawn else None,
            drawn.stratum if drawn else None,
            drawn.probability if drawn else None,
        )
        point = shapely.Point(station.lon, station.lat)
        features.append((point, (*values, *_credits(scope, station.status.value))))
    return Layer(
        "stations",
        "Point",
        {
            "station": "text",
            "name": "text",
            "district": "text",
            "area": "text",
            "kind": "text",
            "settlement": "text",
            "voters": "integer",
            "precision": "text",
            "visited_by": "text",
            "phases": "text",
            "sample_role": "text",
            "stratum": "text",
            "probability": "real",
            **_CREDIT,
        },
        tuple(features),
    )


def _commissions(scope: Scope) -> Layer:
    shown = {team.id for team in scope.teams}
    features = []
    for place in scope.view.mission.commissions:
        teams = [team for team, _ in scope.view.visits.get(place.id, ()) if team in shown]
        if scope.only is None or teams:
            values = (place.id, place.name, place.level.value, place.district, _listed(teams))
            point = shapely.Point(place.lon, place.lat)
            features.append((point, (*values, *_credits(scope, place.status.value))))
    return Layer(
        "commissions",
        "Point",
        {
            "commission": "text",
            "name": "text",
            "level": "text",
            "district": "text",
            "visited_by": "text",
            **_CREDIT,
        },
        tuple(features),
    )


def _base_towns(scope: Scope) -> Layer:
    features = []
    for town in scope.towns:
        teams = [team for team in scope.teams if team.base_town == town.id]
        values = (
            town.id,
            town.name,
            _listed([team.id for team in teams if team.kind is Role.LTO]),
            sum(team.kind is Role.STO for team in teams),
            _listed([team.id for team in teams if team.kind is Role.STO]),
            town.beds,
        )
        point = shapely.Point(town.lon, town.lat)
        features.append((point, (*values, *_credits(scope, town.status.value))))
    return Layer(
        "base_towns",
        "Point",
        {
            "town": "text",
            "name": "text",
            "lto_teams": "text",
            "sto_pairs": "integer",
            "sto_teams": "text",
            "beds": "integer",
            **_CREDIT,
        },
        tuple(features),
    )


def _listed(names: Sequence[str]) -> str | None:
    return ", ".join(dict.fromkeys(names)) or None
