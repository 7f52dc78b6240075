"""A mission and its plan, looked up by id: what every export reads from.

Look-ups of names never fail: a plan that names an unknown record is refused by the referee, and an
export still shows the bare id.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from planner.domain.ids import AreaId, CommissionId, DistrictId, StationId, TeamId, TownId
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Observer, Role
from planner.domain.place import Commission, District, Region, Station
from planner.domain.plan import Area, Day, Plan, SampledStation, Stop, Team
from planner.export.classification import SYNTHETIC, classification, synthetic_parts


@dataclass(frozen=True)
class PlanView:
    """Read-only look-ups over a mission and one of its plans."""

    mission: MissionInput
    plan: Plan

    @property
    def name(self) -> str:
        """Name of the mission."""
        return self.mission.mission.name

    @property
    def document(self) -> str:
        """What a page's footer calls this document."""
        return "plan"

    @cached_property
    def classification(self) -> str:
        """The line about who may read this."""
        return classification(self.mission.mission)

    @cached_property
    def synthetic(self) -> tuple[str, ...]:
        """What is invented, in words."""
        return synthetic_parts(self.mission, self.plan)

    @cached_property
    def banner(self) -> str:
        """What stands under every heading: who may read it, and whether it is invented."""
        return f"{self.classification} · {SYNTHETIC}" if self.synthetic else self.classification

    @cached_property
    def areas(self) -> Mapping[AreaId, Area]:
        """Areas by id."""
        return {area.id: area for area in self.plan.areas}

    @cached_property
    def teams(self) -> Mapping[TeamId, Team]:
        """Teams by id, in the order of the plan."""
        return {team.id: team for team in self.plan.teams}

    @cached_property
    def days(self) -> Mapping[TeamId, Day]:
        """Election days by team."""
        return {day.team: day for day in self.plan.days}

    @cached_property
    def area_of_district(self) -> Mapping[DistrictId, Area]:
        """The area that each district belongs to."""
        return {district: area for area in self.plan.areas for district in area.districts}

    @cached_property
    def stations_of_district(self) -> Mapping[DistrictId, tuple[Station, ...]]:
        """Stations by district."""
        found: dict[DistrictId, list[Station]] = {}
        for station in self.mission.stations:
            found.setdefault(station.district, []).append(station)
        return {district: tuple(stations) for district, stations in found.items()}

    @cached_property
    def visits(self) -> Mapping[str, tuple[tuple[TeamId, Stop], ...]]:
        """Stops by place id (station or commission), in the order of the plan."""
        found: dict[str, list[tuple[TeamId, Stop]]] = {}
        for day in self.plan.days:
            for stop in day.stops:
                found.setdefault(stop.place, []).append((day.team, stop))
        return {place: tuple(stops) for place, stops in found.items()}

    @cached_property
    def sampled(self) -> Mapping[StationId, SampledStation]:
        """Sampled stations by station."""
        return {drawn.station: drawn for drawn in self.plan.sample}

    @cached_property
    def visited_stations(self) -> tuple[Station, ...]:
        """Stations where somebody is in any phase, by id."""
        return tuple(station for station in self.mission.stations if station.id in self.visits)

    def teams_of(self, kind: Role) -> tuple[Team, ...]:
        """Return the LTO or the STO teams."""
        return tuple(team for team in self.plan.teams if team.kind is kind)

    def members(self, team: Team) -> tuple[Observer | None, ...]:
        """Return the members of a team; None for one whom the roster does not know."""
        return tuple(self.mission.observer_of.get(member) for member in team.members)

    def town_name(self, town: TownId | None) -> str:
        """Return the name of a town, its id if it is unknown, or nothing."""
        if town is None:
            return ""
        known = self.mission.town_of.get(town)
        return known.name if known else town

    def district(self, district: DistrictId) -> District | None:
        """Return a district if it is known."""
        return self.mission.district_of.get(district)

    def district_name(self, district: DistrictId) -> str:
        """Return the name of a district, or its id."""
        known = self.district(district)
        return known.name if known else district

    def region(self, district: DistrictId) -> Region | None:
        """Return the region of a district if it is known."""
        known = self.district(district)
        return self.mission.region_of.get(known.region) if known else None

    def region_name(self, district: DistrictId) -> str:
        """Return the name of the region of a district, or nothing."""
        region = self.region(district)
        return region.name if region else ""

    def place(self, stop: Stop) -> Station | Commission | None:
        """Return the station or commission of a stop if it is known."""
        if stop.place_kind == "station":
            return self.mission.station_of.get(StationId(stop.place))
        return self.mission.commission_of.get(CommissionId(stop.place))


def clock(at: datetime) -> str:
    """Return the wall clock as ``hh:mm``."""
    return f"{at:%H:%M}"


def zone(at: datetime) -> str:
    """Return the offset of a local time as ``UTC+5`` or ``UTC+5:30``."""
    offset_min = int((at.utcoffset() or timedelta()).total_seconds()) // 60
    hours, minutes = divmod(abs(offset_min), 60)
    sign = "-" if offset_min < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{minutes:02d}" if minutes else "")


def e_day_label(e_day: date, at: datetime) -> str:
    """Return the day of a local time relative to election day: ``E``, ``E+1``, ``E-1``."""
    offset = (at.date() - e_day).days
    return f"E{offset:+d}" if offset else "E"


def drive_s(day: Day) -> int:
    """Return the driving time of a whole day in seconds, the way back included."""
    return sum(stop.travel_s for stop in day.stops) + day.return_travel_s


def drive_m(day: Day) -> int:
    """Return the driving distance of a whole day in metres, the way back included."""
    return sum(stop.distance_m for stop in day.stops) + day.return_distance_m


def longest_leg_s(day: Day) -> int:
    """Return the longest single drive of a day in seconds."""
    return max((*(stop.travel_s for stop in day.stops), day.return_travel_s))


def languages(observer: Observer) -> str:
    """Return languages and levels as ``en C1, ru B2``."""
    return ", ".join(f"{skill.language} {skill.level}" for skill in observer.languages)
