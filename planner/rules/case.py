"""A case: a mission, a plan and travel times, with the indexes that rules look things up in.

A plan under judgement may hold anything. Indexes therefore leave unknown ids out, and no rule
fails on them: the referee reports them once, as broken references.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property

from geodata.clock import local_datetime
from geodata.travel.provider import TravelProvider
from planner.domain.decision import Decision
from planner.domain.ids import (
    AreaId,
    CommissionId,
    DistrictId,
    ObserverId,
    StationId,
    TeamId,
    TownId,
)
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Observer, Role
from planner.domain.place import Commission, Station, Town
from planner.domain.plan import Area, Day, Plan, StageName, Stop, Team
from planner.domain.policy import Policies
from planner.objective.registry import Recomputed, recompute

AROUND = timedelta(days=7)
"""How far from election day the times of a day may lie at most, and how long a leg may last."""


@dataclass(frozen=True)
class Case:
    """What a rule judges.

    Parameters
    ----------
    mission
        The input; its references hold (intake's promise).
    plan
        The plan under judgement; nothing about it is taken for granted.
    travel
        Travel times, or None where the provider cannot be reached.
    """

    mission: MissionInput
    plan: Plan
    travel: TravelProvider | None = None

    @property
    def policies(self) -> Policies:
        """The policies of the mission."""
        return self.mission.mission.policies

    @cached_property
    def area_of(self) -> dict[AreaId, Area]:
        """Areas by id in plan order; the first of a duplicated id."""
        found: dict[AreaId, Area] = {}
        for area in self.plan.areas:
            found.setdefault(area.id, area)
        return found

    @cached_property
    def team_of(self) -> dict[TeamId, Team]:
        """Teams by id in plan order; the first of a duplicated id."""
        found: dict[TeamId, Team] = {}
        for team in self.plan.teams:
            found.setdefault(team.id, team)
        return found

    @property
    def areas(self) -> Collection[Area]:
        """The areas of the plan, each id once."""
        return self.area_of.values()

    @property
    def teams(self) -> Collection[Team]:
        """The teams of the plan, each id once."""
        return self.team_of.values()

    @cached_property
    def districts_of_area(self) -> dict[AreaId, frozenset[DistrictId]]:
        """The districts of each area."""
        return {area.id: frozenset(area.districts) for area in self.areas}

    @cached_property
    def areas_of_district(self) -> dict[DistrictId, tuple[AreaId, ...]]:
        """The areas that name each district, once for every time they do."""
        areas: defaultdict[DistrictId, list[AreaId]] = defaultdict(list)
        for area in self.areas:
            for district in area.districts:
                areas[district].append(area.id)
        return {district: tuple(named) for district, named in areas.items()}

    @cached_property
    def pairs(self) -> tuple[tuple[Team, tuple[Observer, Observer]], ...]:
        """Named teams of exactly two different, known observers."""
        known = self.mission.observer_of
        return tuple(
            (team, (known[team.members[0]], known[team.members[1]]))
            for team in self.teams
            if len(team.members) == 2
            and team.members[0] != team.members[1]
            and all(member in known for member in team.members)
        )

    @cached_property
    def deployed(self) -> tuple[tuple[Team, Observer], ...]:
        """Every known observer of every team with that team, each once a team."""
        known = self.mission.observer_of
        return tuple(
            (team, known[member])
            for team in self.teams
            for member in dict.fromkeys(team.members)
            if member in known
        )

    @cached_property
    def teams_of_observer(self) -> dict[ObserverId, tuple[Team, ...]]:
        """The teams that each deployed observer is in."""
        teams: defaultdict[ObserverId, list[Team]] = defaultdict(list)
        for team, observer in self.deployed:
            teams[observer.id].append(team)
        return {observer: tuple(found) for observer, found in teams.items()}

    @cached_property
    def named_roles(self) -> frozenset[Role]:
        """Roles of which at least one team has members: pairing has been done for them."""
        return frozenset(team.kind for team in self.teams if team.members)

    @cached_property
    def days(self) -> tuple[Day, ...]:
        """The days that lie around election day; rules can reckon with their times."""
        return tuple(day for day in self.plan.days if self._lies_around(day))

    @cached_property
    def far_days(self) -> tuple[Day, ...]:
        """The other days: a document may hold the year 9999. The referee reports them."""
        return tuple(day for day in self.plan.days if not self._lies_around(day))

    def _lies_around(self, day: Day) -> bool:
        e_day = datetime.combine(self.mission.mission.e_day, time(12), tzinfo=UTC)
        times = [day.leave_base, day.reach_base]
        times += [at for stop in day.stops for at in (stop.arrive, stop.leave)]
        longest_s = max([day.return_travel_s, *(stop.travel_s for stop in day.stops)])
        return longest_s <= AROUND / timedelta(seconds=1) and all(
            abs(at - e_day) <= AROUND for at in times
        )

    @cached_property
    def teams_of_station(self) -> dict[StationId, tuple[TeamId, ...]]:
        """The teams that stop at each station of the mission, each once, in plan order."""
        teams: defaultdict[StationId, dict[TeamId, None]] = defaultdict(dict)
        for day in self.plan.days:
            for _, station in self.station_stops(day):
                teams[station.id][day.team] = None
        return {station: tuple(found) for station, found in teams.items()}

    @cached_property
    def visited(self) -> tuple[Station, ...]:
        """The stations of the mission that some pair stops at, by id."""
        known = self.mission.station_of
        return tuple(known[station] for station in sorted(self.teams_of_station))

    @cached_property
    def excused(self) -> frozenset[str]:
        """Subjects of the decisions that the plan declares impossible, with a reason."""
        return frozenset(
            left.subject for left in self.plan.unassigned if left.kind == "decision" and left.reason
        )

    def is_excused(self, decision: Decision) -> bool:
        """Tell whether the plan says why ``decision`` could not be kept."""
        return decision.subject in self.excused

    def station_stops(self, day: Day) -> Iterator[tuple[Stop, Station]]:
        """Yield the stops of ``day`` at known stations, in order."""
        known = self.mission.station_of
        for stop in day.stops:
            station = known.get(StationId(stop.place)) if stop.place_kind == "station" else None
            if station is not None:
                yield stop, station

    def place(self, stop: Stop) -> Station | Commission | None:
        """Return where ``stop`` is, or None if its id is unknown."""
        if stop.place_kind == "station":
            return self.mission.station_of.get(StationId(stop.place))
        return self.mission.commission_of.get(CommissionId(stop.place))

    def base(self, team: TeamId) -> Town | None:
        """Return the town that ``team`` starts from, or None if team or town is unknown."""
        found = self.team_of.get(team)
        return None if found is None else self.mission.town_of.get(TownId(found.base_town))

    def objective(self, stage: StageName) -> Recomputed:
        """Return the objective of ``stage``, computed once from the documents."""
        if stage not in self._objectives:
            self._objectives[stage] = recompute(stage, self.mission, self.plan, self.travel)
        return self._objectives[stage]

    @cached_property
    def _objectives(self) -> dict[StageName, Recomputed]:
        return {}

    @cached_property
    def _hours(self) -> dict[StationId, tuple[datetime, datetime]]:
        return {}

    def hours(self, station: Station) -> tuple[datetime, datetime]:
        """Return when ``station`` opens and closes on election day, in its own time zone."""
        if station.id not in self._hours:
            mission = self.mission.mission
            zone = self.mission.time_zone(station.district)
            self._hours[station.id] = (
                local_datetime(mission.e_day, station.opens or mission.hours.opens, zone),
                local_datetime(mission.e_day, station.closes or mission.hours.closes, zone),
            )
        return self._hours[station.id]

    def window(self, role: Role) -> tuple[date, date]:
        """Return the first and the last day that observers of ``role`` are needed."""
        mission = self.mission.mission
        calendar = mission.calendar
        if role is Role.LTO:
            return mission.day(calendar.lto_from_day), mission.day(calendar.lto_to_day)
        return mission.day(calendar.sto_from_day), mission.day(calendar.sto_to_day)
