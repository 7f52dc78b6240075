"""Allocation against every way to share out pairs and to place them in towns."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np
import pytest
from hypothesis import given

from planner.domain.decision import DecisionKind
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.place import Town
from planner.domain.plan import Area, StageStatus
from planner.objective.allocation import (
    UNSERVED_REACHES,
    AreaDemand,
    allocation_value,
    area_demands,
    basis_weights,
    drive_min,
    fair_shares,
    pair_capacity,
    reach_min,
    service_cost,
    shares_part,
)
from planner.optimizer.allocation import AllocationResult, solve_allocation
from planner.optimizer.allocation.hubs import GAP
from planner.optimizer.areas import solve_areas
from planner.optimizer.stage import Effort, Silent
from tests.fuzz.missions import missions, roads
from tests.fuzz.profile import examples
from tests.fuzz.roads import Roads

small = missions(stations=12, lto_teams=3, sto_pairs=4, people=0, decided=3)


def rooms(mission: MissionInput, areas: Sequence[Area]) -> dict[str, int]:
    """Return the most pairs that sleep in each town, all of them where nobody knows the beds."""
    policy = mission.mission.policies.allocation
    wanted = mission.teams_wanted(Role.STO)
    bases = {area.base_town for area in areas if area.lto_team}
    found = {}
    for town in mission.towns:
        if town.beds is None or not policy.beds_per_pair:
            found[town.id] = wanted
            continue
        free = town.beds - (policy.beds_per_lto_team if town.id in bases else 0)
        found[town.id] = min(wanted, max(0, free) // policy.beds_per_pair)
    return found


def vectors(limits: Sequence[int], total: int) -> Iterator[tuple[int, ...]]:
    """Yield all whole vectors within ``limits`` that sum to ``total``."""
    for vector in product(*(range(limit + 1) for limit in limits)):
        if sum(vector) == total:
            yield vector


def least_deviation(
    mission: MissionInput, areas: Sequence[Area], demands: Sequence[AreaDemand]
) -> float:
    """Return the best first part of the objective over all shares that floors and beds allow."""
    wanted = mission.teams_wanted(Role.STO)
    policy = mission.mission.policies.allocation
    room = rooms(mission, areas)
    caps = [
        min(wanted, sum(room[t.id] for t in mission.towns if t.district in set(area.districts)))
        for area in areas
    ]
    floors = [
        min(policy.floor_pairs_per_area, cap) if demand.stations else 0
        for cap, demand in zip(caps, demands, strict=True)
    ]
    exact = fair_shares(basis_weights(mission, demands, policy.basis), wanted)
    placed = min(wanted, sum(caps))
    if sum(floors) > placed:
        allowed = list(vectors(floors, placed))
    else:
        allowed = [
            vector
            for vector in vectors(caps, placed)
            if all(given >= floor for given, floor in zip(vector, floors, strict=True))
        ]
    return min(shares_part(exact, vector) for vector in allowed)


def least_service(
    mission: MissionInput,
    travel: Roads,
    area: Area,
    demand: AreaDemand,
    room: dict[str, int],
    pinned: Counter[str],
) -> float:
    """Return the least station-minutes over all ways to place an area's pairs in its towns.

    A town that is known to have no bed is a last resort, also where the policy counts no beds.
    """
    least = max(1, mission.mission.policies.allocation.beds_per_pair)
    towns: list[Town] = [t for t in mission.towns if t.district in set(area.districts)]
    able = [t for t in towns if t.beds is None or t.beds >= least or pinned[t.id]]
    if sum(room[t.id] for t in able) >= area.sto_pairs:
        towns = able
    reach = reach_min(mission)
    minutes = drive_min(travel, towns, demand.points, reach)
    return min(
        service_cost(
            minutes,
            demand.demand,
            np.array(counts, dtype=np.int64),
            pair_capacity(demand, area.sto_pairs),
            UNSERVED_REACHES * reach,
        )
        for counts in vectors([min(room[t.id], area.sto_pairs) for t in towns], area.sto_pairs)
        if all(count >= pinned[t.id] for t, count in zip(towns, counts, strict=True))
    )


def kept_towns(mission: MissionInput, result: AllocationResult) -> dict[str, str]:
    """Return the towns of pairs whose pin was not refused."""
    refused = {entry.subject for entry in result.notes.unassigned if entry.kind == "decision"}
    found: dict[str, str] = {}
    for decision in mission.decisions:
        if decision.kind is DecisionKind.TEAM_TOWN and decision.subject not in refused:
            found[str(decision.team)] = str(decision.town)
    return found


@examples(50)
@given(small, roads)
def test_no_allocation_is_better(mission: MissionInput, travel: Roads) -> None:
    made = solve_areas(mission, travel, Effort(), Silent())
    result = solve_allocation(mission, travel, made.areas, Effort(), Silent())
    report = result.report
    if report.status is StageStatus.SKIPPED:
        assert not mission.teams_wanted(Role.STO) or not made.areas
        return
    assert report.objective is not None
    assert report.bound is not None
    demands = area_demands(mission, result.areas, travel)
    weights = basis_weights(mission, demands, mission.mission.policies.allocation.basis)
    exact = fair_shares(weights, mission.teams_wanted(Role.STO))
    shares = shares_part(exact, [area.sto_pairs for area in result.areas])
    assert shares == pytest.approx(least_deviation(mission, result.areas, demands))
    towns = kept_towns(mission, result)
    sleeps = {team.id: team.base_town for team in result.teams if team.kind is Role.STO}
    assert all(sleeps[team] == town for team, town in towns.items())
    room = rooms(mission, result.areas)
    area_of = {team.id: team.area for team in result.teams}
    best = shares
    for area, demand in zip(result.areas, demands, strict=True):
        pinned = Counter(town for team, town in towns.items() if area_of[team] == area.id)
        best += least_service(mission, travel, area, demand, room, pinned)
    assert report.bound <= best + 1e-6 * max(1.0, best)
    assert best <= report.objective + 1e-6 * max(1.0, best)
    assert report.objective <= best + GAP * best + 1e-6
    value = allocation_value(mission, result.areas, result.teams, travel)
    assert report.objective == pytest.approx(value)
