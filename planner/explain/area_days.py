"""The days of one area as routes again, rebuilt from the plan document, with stations to try."""

from collections.abc import Iterable
from dataclasses import dataclass

from geodata.travel.provider import TravelProvider
from planner.domain.decision import DecisionKind
from planner.domain.ids import StationId
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.plan import Area, Day, Phase, Plan, SampledStation, SampleRole, Team, TeamMode
from planner.explain.variant import changed
from planner.objective.sampling import stratum
from planner.optimizer.days.assemble import Scene, build_scene
from planner.optimizer.days.cluster import Route
from planner.optimizer.days.hours import Hours


@dataclass(frozen=True, eq=False)
class AreaDays:
    """The mobile pairs of an area with their routes.

    Parameters
    ----------
    mission
        The mission whose limits hold.
    scene
        One cluster of all mobile pairs of the area: what they visit, and what is to be tried.
    routes
        The route of each pair, in the order of ``scene.teams``.
    static
        Pairs that stay at one station; nothing can be put into their days.
    number
        Position of each station in the scene.
    """

    mission: MissionInput
    scene: Scene
    routes: tuple[Route, ...]
    static: tuple[Team, ...]
    number: dict[StationId, int]

    @property
    def hours(self) -> Hours:
        """The clock of the day."""
        return Hours(self.mission)


def area_pairs(mission: MissionInput, plan: Plan, area: Area) -> list[Team]:
    """Return the STO pairs of an area whose base town is known, in plan order."""
    return [
        team
        for team in plan.teams
        if team.kind is Role.STO and team.area == area.id and team.base_town in mission.town_of
    ]


def area_days(
    mission: MissionInput,
    plan: Plan,
    travel: TravelProvider,
    area: Area,
    tried: Iterable[StationId],
) -> AreaDays:
    """Rebuild the routes of an area's mobile pairs, and make room for stations to try.

    Decisions to leave stations alone are set aside: whoever tries a station asks what would be
    without them.

    Parameters
    ----------
    tried
        Stations of the mission that are to be tried, visited ones included.
    """
    pairs = area_pairs(mission, plan, area)
    mobile = [team for team in pairs if team.mode is TeamMode.MOBILE]
    day_of = {day.team: day for day in plan.days}
    named = {team.id: _named(mission, day_of.get(team.id)) for team in mobile}
    wanted = {station for stops in named.values() for station, _ in stops} | set(tried)
    sampled = {entry.station: entry for entry in plan.sample}
    entries = [
        sampled.get(station) or _entry(mission, area, station, rank)
        for rank, station in enumerate(sorted(wanted), start=1)
    ]
    kept = tuple(d for d in mission.decisions if d.kind is not DecisionKind.NEVER_STATION)
    hubs = tuple(sorted({team.base_town for team in mobile}))
    scene = build_scene(changed(mission, decisions=kept), travel, area.id, hubs, mobile, entries)
    number = {station.id: index for index, station in enumerate(scene.stations)}
    routes = tuple(_route(index, named[team.id], number) for index, team in enumerate(mobile))
    static = tuple(team for team in pairs if team.mode is TeamMode.STATIC)
    return AreaDays(mission, scene, routes, static, number)


def _named(mission: MissionInput, day: Day | None) -> list[tuple[StationId, Phase]]:
    """Return the stations of a day with their phases; unknown ones are the referee's matter."""
    stops = () if day is None else day.stops
    return [
        (StationId(stop.place), stop.phase)
        for stop in stops
        if stop.place_kind == "station" and stop.place in mission.station_of
    ]


def _entry(mission: MissionInput, area: Area, station: StationId, rank: int) -> SampledStation:
    """Return what a station that was not drawn would stand in the sample as."""
    return SampledStation(
        station=station,
        area=area.id,
        hub=mission.towns[0].id,
        stratum=stratum(mission.station_of[station]),
        role=SampleRole.PRIMARY,
        rank=rank,
        probability=None,
    )


def _route(team: int, stops: list[tuple[StationId, Phase]], number: dict[StationId, int]) -> Route:
    opening = next((number[s] for s, phase in stops if phase is Phase.OPENING), None)
    closing = next((number[s] for s, phase in stops if phase is Phase.CLOSING), None)
    visits = dict.fromkeys(number[s] for s, phase in stops if phase is Phase.VOTING)
    return Route(team, opening, tuple(v for v in visits if v not in (opening, closing)), closing)
