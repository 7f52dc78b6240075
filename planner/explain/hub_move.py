"""What it would bring to let a pair sleep in another town, nearer to a station."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from geodata.travel.provider import TravelProvider
from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import StationId, TownId
from planner.domain.mission_input import MissionInput
from planner.domain.place import Station, Town
from planner.domain.plan import Area, Phase, Plan, SampledStation, SampleRole, Team, TeamMode
from planner.explain.area_days import area_pairs
from planner.explain.pinning import refusal, visit_pin
from planner.explain.variant import with_decision
from planner.objective.allocation import reach_min
from planner.optimizer.allocation.pins import pin_towns
from planner.optimizer.allocation.shares import lto_bases, pairs_that_sleep
from planner.optimizer.allocation.slots import slot_ids
from planner.optimizer.days.assemble import build_scene
from planner.optimizer.days.cluster import idle
from planner.optimizer.days.insertion import complete_phases, insert_all
from planner.travel import points_of

TOWNS_TRIED = 5
STATIONS_TRIED = 30


@dataclass(frozen=True)
class HubMove:
    """A pair that would sleep in another town.

    Parameters
    ----------
    decision
        The pin of its town.
    drive_min
        From the town to the station, in minutes.
    stations
        How many stations a day from there would see, the wanted one among them.
    lost
        Voting visits of the pair's present day.
    """

    decision: Decision
    town: Town
    team: Team
    drive_min: float
    stations: int
    lost: int


def hub_move(
    mission: MissionInput, plan: Plan, travel: TravelProvider, area: Area, station: Station
) -> HubMove | None:
    """Try the nearest towns with beds for the pair of the area that has least to lose.

    Tried are: whether allocation keeps the pin, whether sampling then keeps a pin on the station,
    and whether a day from that town reaches it within all limits.
    """
    pairs = [t for t in area_pairs(mission, plan, area) if t.mode is TeamMode.MOBILE]
    if not pairs:
        return None
    visits = {day.team: sum(stop.phase is Phase.VOTING for stop in day.stops) for day in plan.days}
    mover = min(pairs, key=lambda team: (visits.get(team.id, 0), team.id))
    for town, drive in _towns(mission, plan, travel, area, station):
        decision = Decision(kind=DecisionKind.TEAM_TOWN, team=mover.id, town=town.id)
        if town.id == mover.base_town or not _taken(mission, plan, decision):
            continue
        moved = mover.model_copy(update={"base_town": town.id})
        teams = [moved if team.id == mover.id else team for team in plan.teams]
        if refusal(mission, travel, area, teams, visit_pin(station.id, mover.id)):
            continue
        seen = _day_from(mission, travel, area, moved, station)
        if seen:
            return HubMove(decision, town, mover, drive, seen, visits.get(mover.id, 0))
    return None


def _towns(
    mission: MissionInput, plan: Plan, travel: TravelProvider, area: Area, station: Station
) -> Iterator[tuple[Town, float]]:
    """Yield towns of the area with free beds within reach of a station, the nearest first."""
    districts, bases = set(area.districts), lto_bases(plan.areas)
    slept = [team.base_town for team in plan.teams if team.kind.value == "STO"]
    towns = [
        town
        for town in mission.towns
        if town.district in districts and _has_room(mission, town, bases, slept.count(town.id))
    ]
    if not towns:
        return
    drive = travel.matrix(points_of(towns), points_of([station])).duration_s[:, 0] / 60
    order = np.argsort(np.where(drive < 0, np.inf, drive), kind="stable").tolist()
    for index in order[:TOWNS_TRIED]:
        if 0 <= drive[index] <= reach_min(mission):
            yield towns[index], float(drive[index])


def _has_room(mission: MissionInput, town: Town, bases: frozenset[TownId], slept: int) -> bool:
    room = pairs_that_sleep(mission, town, bases)
    return room is None or slept < room


def _taken(mission: MissionInput, plan: Plan, decision: Decision) -> bool:
    """Tell whether allocation would keep the pin beside all others."""
    trial = with_decision(mission, decision)
    refused = pin_towns(trial, plan.areas, slot_ids(plan.areas)).refused
    return all(entry.subject != decision.subject for entry in refused)


def _day_from(
    mission: MissionInput, travel: TravelProvider, area: Area, team: Team, station: Station
) -> int:
    """Return how many stations a day from the pair's town sees; 0 if not the wanted one."""
    districts = set(area.districts)
    around = [s for s in mission.stations if s.district in districts and s.id != station.id]
    # An area of one station has nothing else to see.
    around = around or [station]
    near = travel.matrix(points_of([mission.town_of[team.base_town]]), points_of(around))
    drive = np.where(near.duration_s[0] < 0, np.inf, near.duration_s[0])
    order = np.argsort(drive, kind="stable")[:STATIONS_TRIED].tolist()
    wanted = list(dict.fromkeys([station.id, *(around[index].id for index in order)]))
    scene = build_scene(
        mission, travel, area.id, (team.base_town,), [team], _entries(area, team, wanted)
    )
    number = {s.id: index for index, s in enumerate(scene.stations)}
    if station.id not in number:
        return 0
    first, inserted = insert_all(scene.cluster, [idle(0)], [number[station.id]])
    if not inserted:
        return 0
    others = [number[name] for name in wanted[1:] if name in number]
    routes = complete_phases(scene.cluster, first, others)
    seen = {s for route in routes for s in route.stations}
    routes, _ = insert_all(scene.cluster, routes, [s for s in others if s not in seen])
    return len({s for route in routes for s in route.stations})


def _entries(area: Area, team: Team, stations: Sequence[StationId]) -> list[SampledStation]:
    return [
        SampledStation(
            station=station,
            area=area.id,
            hub=team.base_town,
            stratum="tried",
            role=SampleRole.PRIMARY,
            rank=rank,
            probability=None,
        )
        for rank, station in enumerate(stations, start=1)
    ]
