"""What a district in another area, or another base town, would do to load, drives and rules."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geodata.travel.provider import TravelProvider
from planner.domain.ids import AreaId, DistrictId, TeamId, TownId
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.plan import Area, Plan
from planner.errors import PlannerError
from planner.objective.areas import AreasCost, areas_cost, district_load
from planner.whatif.rule_changes import RuleChange, rule_changes

RULES_OF_AREAS = ("A1", "A2", "A3", "A5", "A6", "A7", "A8")
"""Rules that speak of areas themselves; pairs find new towns in the next plan."""


@dataclass(frozen=True)
class AreaState:
    """An area in figures.

    Attributes
    ----------
    load
        In station-equivalents, as the objective of the areas stage counts it.
    stations, voters
        Numbers; voters None where nobody knows any.
    longest_min, mean_min
        Drive from the base town to the district centres in minutes, the mean over districts;
        ``inf`` where there is no way, None without a base town.
    farthest
        The district of the longest drive.
    """

    area: AreaId
    base_town: TownId | None
    districts: int
    load: float
    stations: int
    voters: int | None
    sto_pairs: int
    longest_min: float | None
    mean_min: float | None
    farthest: DistrictId | None


@dataclass(frozen=True)
class AreasEffect:
    """What a change of areas would do.

    Attributes
    ----------
    before, after
        The areas that differ, in the order of the plan.
    cost_before, cost_after
        The objective of all areas, in station-minutes.
    rules
        Rules that would be broken or mended.
    displaced
        STO pairs whose town would lie outside their area: the next plan finds them another.
    """

    before: tuple[AreaState, ...]
    after: tuple[AreaState, ...]
    cost_before: AreasCost
    cost_after: AreasCost
    rules: tuple[RuleChange, ...]
    displaced: tuple[TeamId, ...]


def drives_min(
    mission: MissionInput, area: Area, travel: TravelProvider
) -> dict[DistrictId, float]:
    """Return minutes from an area's base town to each of its district centres.

    Empty without a base town; ``inf`` where there is no way.
    """
    town = mission.town_of.get(area.base_town) if area.base_town else None
    known = [mission.district_of[d] for d in area.districts if d in mission.district_of]
    if town is None or not known:
        return {}
    duration_s = travel.matrix(
        np.array([(town.lat, town.lon)]), np.array([(d.lat, d.lon) for d in known])
    ).duration_s[0]
    return {
        district.id: seconds / 60 if seconds >= 0 else float("inf")
        for district, seconds in zip(known, duration_s.tolist(), strict=True)
    }


def area_states(
    mission: MissionInput, areas: Sequence[Area], travel: TravelProvider
) -> dict[AreaId, AreaState]:
    """Return the figures of each area."""
    load = district_load(mission)
    count = dict.fromkeys(load, 0)
    voters: dict[DistrictId, int] = {}
    for station in mission.stations:
        count[station.district] += 1
        if station.voters is not None:
            voters[station.district] = voters.get(station.district, 0) + station.voters
    return {area.id: _state(mission, area, travel, load, count, voters) for area in areas}


def _state(
    mission: MissionInput,
    area: Area,
    travel: TravelProvider,
    load: dict[DistrictId, float],
    count: dict[DistrictId, int],
    voters: dict[DistrictId, int],
) -> AreaState:
    drives = drives_min(mission, area, travel)
    farthest = max(drives, key=lambda district: (drives[district], district), default=None)
    known = [voters[district] for district in area.districts if district in voters]
    return AreaState(
        area=area.id,
        base_town=area.base_town,
        districts=len(area.districts),
        load=sum(load.get(district, 0.0) for district in area.districts),
        stations=sum(count.get(district, 0) for district in area.districts),
        voters=sum(known) if known else None,
        sto_pairs=area.sto_pairs,
        longest_min=None if farthest is None else drives[farthest],
        mean_min=sum(drives.values()) / len(drives) if drives else None,
        farthest=farthest,
    )


def with_district(plan: Plan, district: DistrictId, area: AreaId) -> Plan:
    """Return the plan with a district in another area; everything else as it was.

    Raises
    ------
    PlannerError
        ``WHATIF-AREA`` if the plan has no such area.
    """
    _known(plan, area)
    return plan.model_copy(
        update={
            "areas": tuple(
                one.model_copy(
                    update={
                        "districts": tuple(
                            sorted({*one.districts, district})
                            if one.id == area
                            else (d for d in one.districts if d != district)
                        )
                    }
                )
                for one in plan.areas
            )
        }
    )


def with_base_town(plan: Plan, area: AreaId, town: TownId) -> Plan:
    """Return the plan with an area's LTO team in another town.

    Raises
    ------
    PlannerError
        ``WHATIF-AREA`` if the plan has no such area.
    """
    _known(plan, area)
    return plan.model_copy(
        update={
            "areas": tuple(
                one.model_copy(update={"base_town": town}) if one.id == area else one
                for one in plan.areas
            ),
            "teams": tuple(
                team.model_copy(update={"base_town": town})
                if team.kind is Role.LTO and team.area == area
                else team
                for team in plan.teams
            ),
        }
    )


def areas_effect(
    mission: MissionInput, before: Plan, after: Plan, travel: TravelProvider
) -> AreasEffect:
    """Return what differs between two plans of one mission, as far as areas go.

    The STO pairs of each area are shared out anew by the mission's allocation policy, as the next
    plan will do; where they sleep is left to that plan.
    """
    after = _shared_out(mission, before, after, travel)
    old = area_states(mission, before.areas, travel)
    new = area_states(mission, after.areas, travel)
    changed = [area.id for area in before.areas if old[area.id] != new.get(area.id)]
    return AreasEffect(
        before=tuple(old[area] for area in changed),
        after=tuple(new[area] for area in changed if area in new),
        cost_before=areas_cost(mission, before.areas, travel),
        cost_after=areas_cost(mission, after.areas, travel),
        rules=rule_changes(mission, _led(before), _led(after), travel, RULES_OF_AREAS),
        displaced=_displaced(mission, after),
    )


def _shared_out(mission: MissionInput, before: Plan, after: Plan, travel: TravelProvider) -> Plan:
    same = [one.districts for one in before.areas] == [one.districts for one in after.areas]
    if same or not any(area.sto_pairs for area in before.areas):
        return after
    from planner.objective.allocation import area_demands  # noqa: PLC0415 - only where needed
    from planner.optimizer.allocation.shares import share_pairs  # noqa: PLC0415 - heavy import

    demands = area_demands(mission, after.areas, travel)
    basis = mission.mission.policies.allocation.basis
    pairs = share_pairs(mission, after.areas, demands, basis).pairs.tolist()
    shared = zip(after.areas, pairs, strict=True)
    return after.model_copy(
        update={"areas": tuple(one.model_copy(update={"sto_pairs": n}) for one, n in shared)}
    )


def _led(plan: Plan) -> Plan:
    return plan.model_copy(
        update={"teams": tuple(team for team in plan.teams if team.kind is Role.LTO)}
    )


def _displaced(mission: MissionInput, plan: Plan) -> tuple[TeamId, ...]:
    inside = {area.id: frozenset(area.districts) for area in plan.areas}
    return tuple(
        team.id
        for team in plan.teams
        if team.kind is Role.STO
        and team.base_town in mission.town_of
        and mission.town_of[team.base_town].district not in inside.get(team.area, frozenset())
    )


def _known(plan: Plan, area: AreaId) -> None:
    if not any(one.id == area for one in plan.areas):
        raise PlannerError(
            "WHATIF-AREA",
            f"the plan has no area {area}",
            "choose one of " + ", ".join(one.id for one in plan.areas),
        )
