"""What another town for an STO pair would do: who is near, who is left beyond reach, beds."""

from dataclasses import dataclass

import numpy as np

from geodata.travel.provider import TravelProvider
from planner.domain.ids import TeamId, TownId
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.place import Station
from planner.domain.plan import Plan, Team
from planner.errors import PlannerError
from planner.objective.allocation import drive_min, reach_min
from planner.whatif.rule_changes import RuleChange, rule_changes


@dataclass(frozen=True)
class TownState:
    """A pair's town in figures.

    Attributes
    ----------
    near
        Stations of the pair's area within reach of the town.
    mean_min
        Mean drive to them in minutes; None if there are none.
    beyond
        Stations of the area beyond the reach of every town where its pairs sleep.
    """

    town: TownId
    near: int
    mean_min: float | None
    beyond: int


@dataclass(frozen=True)
class TownEffect:
    """What another town for a pair would do.

    Attributes
    ----------
    reach_min
        How far a station may be from its hub, in minutes.
    rules
        Rule A3 (inside the area, with beds), broken or mended.
    """

    reach_min: float
    before: TownState
    after: TownState
    rules: tuple[RuleChange, ...]


def team_town_effect(
    mission: MissionInput, plan: Plan, travel: TravelProvider, team: TeamId, town: TownId
) -> TownEffect:
    """Return what happens if a pair sleeps in another town.

    Raises
    ------
    PlannerError
        ``WHATIF-TEAM`` or ``WHATIF-TOWN`` if there is no such STO pair or town.
    """
    record = next((t for t in plan.teams if t.id == team and t.kind is Role.STO), None)
    if record is None:
        raise PlannerError("WHATIF-TEAM", f"the plan has no STO pair {team}", "choose another")
    if town not in mission.town_of:
        raise PlannerError("WHATIF-TOWN", f"the mission has no town {town}", "choose another")
    moved = record.model_copy(update={"base_town": town})
    after = plan.model_copy(
        update={"teams": tuple(moved if one.id == team else one for one in plan.teams)}
    )
    districts = next((a.districts for a in plan.areas if a.id == record.area), ())
    inside = frozenset(districts)
    stations = [station for station in mission.stations if station.district in inside]
    return TownEffect(
        reach_min(mission),
        _state(mission, plan, travel, record, stations),
        _state(mission, after, travel, moved, stations),
        rule_changes(mission, plan, after, None, ("A3",)),
    )


def _state(
    mission: MissionInput,
    plan: Plan,
    travel: TravelProvider,
    team: Team,
    stations: list[Station],
) -> TownState:
    hubs = {one.base_town for one in plan.teams if one.kind is Role.STO and one.area == team.area}
    towns = [mission.town_of[hub] for hub in sorted(hubs) if hub in mission.town_of]
    points = np.array([(s.lat, s.lon) for s in stations], dtype=np.float64).reshape(-1, 2)
    minutes = drive_min(travel, towns, points, reach_min(mission))
    own = next((i for i, town in enumerate(towns) if town.id == team.base_town), None)
    row = minutes[own] if own is not None else np.full(len(stations), np.inf)
    near = row[np.isfinite(row)]
    return TownState(
        team.base_town,
        len(near),
        float(near.mean()) if len(near) else None,
        int((~np.isfinite(minutes).any(axis=0)).sum()),
    )
