"""Which stations belong to which hub: the nearest one with pairs, if it is within reach."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geodata.travel.provider import TravelProvider
from planner.domain.ids import AreaId, TownId
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.place import Station
from planner.domain.plan import Area, Team, TeamMode, Unassigned
from planner.optimizer.sampling.pins import StationPins
from planner.travel import points_of


@dataclass(frozen=True)
class Catchment:
    """A hub with its pairs and the stations that they draw from, sorted by id.

    ``pinned`` are stations that a decision sends a mobile pair to, ``pinned_static`` those for a
    static pair; they are not drawn by lot.
    """

    area: AreaId
    hub: TownId
    mobile: int
    static: int
    stations: tuple[Station, ...]
    pinned: tuple[Station, ...]
    pinned_static: tuple[Station, ...] = ()


def catchments(
    mission: MissionInput, travel: TravelProvider, areas: Sequence[Area], teams: Sequence[Team]
) -> tuple[list[Catchment], list[Unassigned]]:
    """Return a catchment for every hub where STO pairs sleep, by area and hub, and refused pins.

    A station is within reach of a hub if the drive there takes no longer than both
    ``allocation.reach_min`` and ``day.max_leg_min``.
    """
    policies = mission.mission.policies
    reach_s = 60 * min(policies.allocation.reach_min, policies.day.max_leg_min)
    pins = StationPins(mission, areas, teams)
    found = []
    for area in areas:
        here = [team for team in teams if team.kind is Role.STO and team.area == area.id]
        hubs = sorted({team.base_town for team in here})
        districts = set(area.districts)
        stations = [
            station
            for station in mission.stations
            if station.district in districts and station.id not in pins.never
        ]
        if not hubs or not stations:
            found += [_catchment(area, hub, here, [], [], []) for hub in hubs]
            continue
        drive = travel.matrix(
            points_of(mission.town_of[hub] for hub in hubs), points_of(stations)
        ).duration_s.astype(float)
        drive[drive < 0] = np.inf
        nearest = drive.argmin(axis=0)
        reached = drive.min(axis=0) <= reach_s
        mine: list[list[Station]] = [[] for _ in hubs]
        mobile: list[list[Station]] = [[] for _ in hubs]
        static: list[list[Station]] = [[] for _ in hubs]
        for index, station in enumerate(stations):
            pin = pins.visit.get(station.id)
            if pin is None:
                if reached[index]:
                    mine[nearest[index]].append(station)
                continue
            team = pin.team
            hub = int(nearest[index]) if team is None else hubs.index(team.base_town)
            if drive[hub, index] > reach_s:
                pins.refuse(pin.decision, f"it is more than {reach_s // 60} min from the hub")
                continue
            modes = {t.mode for t in ([team] if team else here) if t.base_town == hubs[hub]}
            (mobile if TeamMode.MOBILE in modes else static)[hub].append(station)
        found += [
            _catchment(area, hub, here, mine[index], mobile[index], static[index])
            for index, hub in enumerate(hubs)
        ]
    return found, pins.refused


def _catchment(
    area: Area,
    hub: TownId,
    teams: Sequence[Team],
    stations: Sequence[Station],
    pinned: Sequence[Station],
    pinned_static: Sequence[Station],
) -> Catchment:
    modes = [team.mode for team in teams if team.base_town == hub]
    return Catchment(
        area.id,
        hub,
        modes.count(TeamMode.MOBILE),
        modes.count(TeamMode.STATIC),
        tuple(stations),
        tuple(pinned),
        tuple(pinned_static),
    )
