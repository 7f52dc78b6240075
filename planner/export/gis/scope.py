"""Which teams a map shows: routes are sensitive, so a map can be cut to its reader."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import shapely

from planner.domain.ids import DistrictId, TeamId, TownId
from planner.domain.mission_input import MissionInput
from planner.domain.place import Station, Town
from planner.domain.plan import Day, Plan, Team
from planner.errors import PlannerError
from planner.export.classification import attribution
from planner.export.view import PlanView

Polygons = Mapping[DistrictId, shapely.Geometry]
"""Polygons of districts, longitude and latitude in degrees (WGS 84)."""


@dataclass(frozen=True)
class Scope:
    """A plan as one reader may see it.

    Parameters
    ----------
    view
        The whole plan.
    only
        The teams to show; None for all of them and for the whole frame of stations.
    polygons
        Polygons of districts where they are known.
    """

    view: PlanView
    only: frozenset[TeamId] | None
    polygons: Polygons

    @cached_property
    def teams(self) -> tuple[Team, ...]:
        """The teams that are shown, in the order of the plan."""
        return tuple(
            team for team in self.view.plan.teams if self.only is None or team.id in self.only
        )

    @cached_property
    def days(self) -> tuple[Day, ...]:
        """Their election days."""
        shown = {team.id for team in self.teams}
        return tuple(day for day in self.view.plan.days if day.team in shown)

    @cached_property
    def towns(self) -> tuple[Town, ...]:
        """Their base towns, by id."""
        used = {team.base_town for team in self.teams}
        return tuple(town for town in self.view.mission.towns if town.id in used)

    @cached_property
    def stations(self) -> tuple[Station, ...]:
        """The whole frame, or the stations that the chosen teams visit, by id."""
        stations = self.view.mission.stations
        if self.only is None:
            return stations
        visited = {stop.place for day in self.days for stop in day.stops}
        return tuple(station for station in stations if station.id in visited)

    @cached_property
    def credit(self) -> dict[str, str]:
        """What every feature says: who made the data, and who may read it."""
        return {
            "attribution": attribution(self.view.mission, self.view.plan),
            "notice": self.view.banner,
        }

    def base_point(self, town: TownId) -> tuple[float, float] | None:
        """Return longitude and latitude of a base town if it is known."""
        known = self.view.mission.town_of.get(town)
        return (known.lon, known.lat) if known else None

    def path(self, day: Day) -> tuple[tuple[float, float], ...]:
        """Return the points of a day from base to base, each place once in a row.

        Straight lines between them are no roads: the plan knows times and distances only.
        """
        team = self.view.teams.get(day.team)
        base = self.base_point(team.base_town) if team else None
        places = [self.view.place(stop) for stop in day.stops]
        points = [base, *((place.lon, place.lat) if place else None for place in places), base]
        known = [point for point in points if point is not None]
        return tuple(point for i, point in enumerate(known) if i == 0 or point != known[i - 1])


def scope(
    mission: MissionInput,
    plan: Plan,
    teams: Sequence[TeamId] | None = None,
    polygons: Polygons | None = None,
) -> Scope:
    """Cut a plan to ``teams``.

    Raises
    ------
    PlannerError
        ``EX-TEAM`` if a team is not in the plan.
    """
    unknown = sorted(set(teams or ()) - {team.id for team in plan.teams})
    if unknown:
        raise PlannerError(
            "EX-TEAM",
            f"The plan of mission {plan.mission} has no team {', '.join(unknown)}.",
            "Name teams as the plan does, e.g. STO-001.",
        )
    only = None if teams is None else frozenset(teams)
    return Scope(PlanView(mission, plan), only, polygons or {})
