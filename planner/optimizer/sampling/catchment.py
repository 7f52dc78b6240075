"""Which stations belong to which hub: the nearest one with pairs, if it is within reach."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geodata.travel.provider import TravelProvider
from planner.domain.decision import DecisionKind
from planner.domain.ids import AreaId, StationId, TeamId, TownId
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.place import Station
from planner.domain.plan import Area, Team, TeamMode
from planner.travel import points_of


@dataclass(frozen=True)
class Catchment:
    """A hub with its pairs and the stations that they draw from, sorted by id.

    ``pinned`` are stations that a decision sends somebody to; they are drawn with certainty.
    """

    area: AreaId
    hub: TownId
    mobile: int
    static: int
    stations: tuple[Station, ...]
    pinned: tuple[Station, ...]


def catchments(
    mission: MissionInput, travel: TravelProvider, areas: Sequence[Area], teams: Sequence[Team]
) -> list[Catchment]:
    """Return a catchment for every hub where STO pairs sleep, by area and hub.

    A station is within reach of a hub if the drive there takes no longer than both
    ``allocation.reach_min`` and ``day.max_leg_min``.
    """
    policies = mission.mission.policies
    reach_s = 60 * min(policies.allocation.reach_min, policies.day.max_leg_min)
    never, pins = _pins(mission)
    found = []
    for area in areas:
        here = [team for team in teams if team.kind is Role.STO and team.area == area.id]
        hubs = sorted({team.base_town for team in here})
        districts = set(area.districts)
        stations = [
            station
            for station in mission.stations
            if station.district in districts and station.id not in never
        ]
        if not hubs or not stations:
            found += [_catchment(area, hub, here, [], []) for hub in hubs]
            continue
        drive = travel.matrix(
            points_of(mission.town_of[hub] for hub in hubs), points_of(stations)
        ).duration_s.astype(float)
        drive[drive < 0] = np.inf
        nearest = drive.argmin(axis=0)
        reached = drive.min(axis=0) <= reach_s
        home = {team.id: hubs.index(team.base_town) for team in here}
        mine: list[list[Station]] = [[] for _ in hubs]
        pinned: list[list[Station]] = [[] for _ in hubs]
        for index, station in enumerate(stations):
            if station.id in pins:
                team = pins[station.id]
                pinned[nearest[index] if team is None else home.get(team, 0)].append(station)
            elif reached[index]:
                mine[nearest[index]].append(station)
        found += [
            _catchment(area, hub, here, mine[index], pinned[index])
            for index, hub in enumerate(hubs)
        ]
    return found


def _pins(mission: MissionInput) -> tuple[set[StationId], dict[StationId, TeamId | None]]:
    never: set[StationId] = set()
    visit: dict[StationId, TeamId | None] = {}
    for decision in mission.decisions:
        if decision.station is None:
            continue
        if decision.kind is DecisionKind.NEVER_STATION:
            never.add(decision.station)
        else:
            visit[decision.station] = decision.team
    return never, visit


def _catchment(
    area: Area,
    hub: TownId,
    teams: Sequence[Team],
    stations: Sequence[Station],
    pinned: Sequence[Station],
) -> Catchment:
    modes = [team.mode for team in teams if team.base_town == hub]
    return Catchment(
        area.id,
        hub,
        modes.count(TeamMode.MOBILE),
        modes.count(TeamMode.STATIC),
        tuple(stations),
        tuple(pinned),
    )
